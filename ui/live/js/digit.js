// From ink on a drawing board to the image that a network has learned to read: scaled and centred as its data set is.

/** The smallest box around ink above `least`: {top, left, bottom, right} (ends not included), or null without any. */
export function inkBox(ink, width, least = 0.1) {
  let box = null;
  for (let i = 0; i < ink.length; i++) {
    if (ink[i] <= least) continue;
    const [y, x] = [Math.floor(i / width), i % width];
    box ??= { top: y, left: x, bottom: y + 1, right: x + 1 };
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x + 1);
    box.bottom = y + 1;
  }
  return box;
}

/** How much of each of `count` equal parts of [from, to) lies in each place: [[first place, shares …], …]. */
function shares(from, to, count) {
  const step = (to - from) / count;
  return Array.from({ length: count }, (_, k) => {
    const [low, high] = [from + k * step, from + (k + 1) * step];
    const first = Math.floor(low);
    const found = [];
    for (let at = first; at < high - 1e-9; at++) found.push((Math.min(at + 1, high) - Math.max(at, low)) / step);
    return [first, found];
  });
}

/** The part {top, left, bottom, right} of an image as rows × columns means over equal areas; outside there is no ink. */
export function shrink(ink, width, { top, left, bottom, right }, rows, columns) {
  const height = ink.length / width;
  const across = shares(left, right, columns);
  const out = new Float64Array(rows * columns);
  shares(top, bottom, rows).forEach(([y0, down], row) => {
    across.forEach(([x0, along], column) => {
      let sum = 0;
      down.forEach((high, dy) => {
        const y = y0 + dy;
        if (y < 0 || y >= height) return;
        along.forEach((wide, dx) => {
          const x = x0 + dx;
          if (x >= 0 && x < width) sum += high * wide * ink[y * width + x];
        });
      });
      out[row * columns + column] = sum;
    });
  });
  return out;
}

/** The centre of mass [y, x] of an image, where the middle of the first pixel lies at ½. */
export function centreOfMass(image, columns) {
  let [mass, y, x] = [0, 0, 0];
  image.forEach((value, i) => {
    mass += value;
    y += value * (Math.floor(i / columns) + 0.5);
    x += value * ((i % columns) + 0.5);
  });
  return [y / mass, x / mass];
}

/**
 * Ink (width × any height, 0 … 1) as an image of height × width pixels from 0 to 1; null where nothing was drawn.
 * `box`: the longer side of the ink fills so many pixels (null: the whole board becomes the image);
 * `centre`: "mass" moves its centre of mass, by whole pixels, to the pixel at the middle (of 28 × 28 the one numbered 14
 * from 0, where MNIST has it on average); "box" moves the middle of the box around it to the middle.
 */
export function imageOf(ink, inkWidth, [height, width], { box, centre }) {
  const around = inkBox(ink, inkWidth);
  if (!around) return null;
  if (!box) return Float32Array.from(shrink(ink, inkWidth, { top: 0, left: 0, bottom: ink.length / inkWidth, right: inkWidth }, height, width));
  const [high, wide] = [around.bottom - around.top, around.right - around.left];
  const rows = Math.max(1, Math.round((box * high) / Math.max(high, wide)));
  const columns = Math.max(1, Math.round((box * wide) / Math.max(high, wide)));
  const small = shrink(ink, inkWidth, around, rows, columns);
  const [y, x] = centre === "mass" ? centreOfMass(small, columns).map((at) => at - 0.5) : [rows / 2, columns / 2];
  const fit = (at, most) => Math.max(0, Math.min(most, Math.round(at))); // no ink is pushed over the border
  const top = fit(height / 2 - y, height - rows);
  const left = fit(width / 2 - x, width - columns);
  const image = new Float32Array(height * width);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) image[(top + row) * width + left + column] = Math.min(1, small[row * columns + column]);
  }
  return image;
}
