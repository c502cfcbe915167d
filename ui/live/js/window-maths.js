// Where a window lies on its input, and what a convolution or a pooling makes of what it covers; numbers only.
// Heights and widths are pairs [vertical, horizontal]; a series is an image of height 1.

/** How many windows fit along an axis: ⌊(n + 2p − d(k − 1) − 1) / s⌋ + 1. */
export function outputSize(size, kernel, stride, padding, dilation) {
  return Math.floor((size + 2 * padding - dilation * (kernel - 1) - 1) / stride) + 1;
}

/** The geometry of a layer that slides a window, from its spec: {kernel, stride, padding, dilation}; `axes`: 1 or 2. */
export function geometryOf(layer, axes) {
  const dilation = layer.dilation ?? 1;
  const zeros = layer.padding === "same" ? ((layer.kernel - 1) * dilation) / 2 : layer.padding;
  const pair = (value, none) => (axes === 1 ? [none, value] : [value, value]);
  return { kernel: pair(layer.kernel, 1), stride: pair(layer.stride ?? layer.kernel, 1), padding: pair(zeros, 0), dilation: pair(dilation, 1) };
}

/** A window that covers one place, for layers that work on every value by itself. */
export const POINT = { kernel: [1, 1], stride: [1, 1], padding: [0, 0], dilation: [1, 1] };

/** The places along one axis (0 vertical, 1 horizontal) that the window of output `at` covers; some may lie outside. */
export function taps({ kernel, stride, padding, dilation }, axis, at) {
  return Array.from({ length: kernel[axis] }, (_, k) => at * stride[axis] - padding[axis] + k * dilation[axis]);
}

/**
 * What the window of output place [y, x] covers of one channel: `values` (kernel, row by row; zero outside) and
 * `inside` (1 where the place is within the input). `input`: all channels, flat; `size`: [height, width].
 */
export function patchAt(input, size, geometry, [y, x], channel) {
  const rows = taps(geometry, 0, y);
  const columns = taps(geometry, 1, x);
  const [height, width] = size;
  const values = new Float64Array(rows.length * columns.length);
  const inside = new Uint8Array(values.length);
  let at = 0;
  for (const row of rows) {
    for (const column of columns) {
      if (row >= 0 && row < height && column >= 0 && column < width) {
        inside[at] = 1;
        values[at] = input[(channel * height + row) * width + column];
      }
      at += 1;
    }
  }
  return { values, inside };
}

/**
 * One output of a convolution with all that goes into it: `channels`, one for each input channel of its group, with
 * patch, inside, kernel, products and their sum; `sum` of all products; `value` = sum + bias.
 * `weight`: the output channel's own kernels, flat, one after the other; `first`: the first input channel they see.
 */
export function convolveAt(input, size, weight, bias, geometry, place, first = 0) {
  const taken = geometry.kernel[0] * geometry.kernel[1];
  const channels = [];
  let sum = 0;
  for (let k = 0; k * taken < weight.length; k++) {
    const { values, inside } = patchAt(input, size, geometry, place, first + k);
    const kernel = weight.subarray(k * taken, (k + 1) * taken);
    const products = values.map((value, i) => value * kernel[i]);
    const own = products.reduce((total, product) => total + product, 0);
    channels.push({ patch: values, inside, kernel, products, sum: own });
    sum += own;
  }
  return { channels, sum, bias, value: sum + bias };
}

/** The first input channel that an output channel sees, where channels are divided into groups. */
export function firstOfGroup(channel, { channels, groups = 1 }, inputs) {
  return Math.floor(channel / (channels / groups)) * (inputs / groups);
}
