// What a kernel makes of a whole image, and the numbers that a learner types; numbers only.

import { outputSize, taps } from "./window-maths.js";

/** Pixels that a kernel spans along an axis, holes included: d(k − 1) + 1. */
export function reach(kernel, dilation) {
  return dilation * (kernel - 1) + 1;
}

/** The size of what comes out, [height, width]; below 1 where the kernel does not fit. geometry as in window-maths. */
export function outputOf(size, { kernel, stride, padding, dilation }) {
  return size.map((n, axis) => outputSize(n, kernel[axis], stride[axis], padding[axis], dilation[axis]));
}

/** Σ kernel · window at every place, as convolutional layers compute it (the kernel is not turned round); Float64Array. */
export function convolve(image, size, kernel, geometry) {
  const [height, width] = size;
  const [rows, columns] = outputOf(size, geometry);
  const out = new Float64Array(rows * columns);
  const across = Array.from({ length: columns }, (_, x) => taps(geometry, 1, x));
  for (let y = 0; y < rows; y++) {
    const down = taps(geometry, 0, y);
    for (let x = 0; x < columns; x++) {
      let sum = 0;
      let at = 0;
      for (const row of down) {
        for (const column of across[x]) {
          if (row >= 0 && row < height && column >= 0 && column < width) sum += kernel[at] * image[row * width + column];
          at += 1;
        }
      }
      out[y * columns + x] = sum;
    }
  }
  return out;
}

/** The formula of the size with its numbers in it: "⌊(28 + 2·1 − 2·(3 − 1) − 1) / 2⌋ + 1 = 13". */
export function sizeFormula(n, k, s, p, d) {
  return `⌊(${n} + 2·${p} − ${d}·(${k} − 1) − 1) / ${s}⌋ + 1 = ${outputSize(n, k, s, p, d)}`;
}

const NUMBER = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?`;
const CELL = new RegExp(`^(${NUMBER})(?:/(${NUMBER}))?$`);
const MOST = 1e6;

/** The number that a text stands for: "0.5", "-1", "−1", "0,5" or a fraction "1/9". Throws: a sentence. */
export function readNumber(text) {
  const plain = text.trim().replace("−", "-").replace(",", ".").replaceAll(/\s/g, "");
  const found = CELL.exec(plain);
  const value = found && Number(found[1]) / (found[2] === undefined ? 1 : Number(found[2]));
  if (!found || !Number.isFinite(value) || Math.abs(value) > MOST) {
    throw new Error(`expected a number such as 0.5, -1 or 1/9; received ${text.trim() === "" ? "nothing" : `“${text.trim().slice(0, 20)}”`}`);
  }
  return value;
}

/** The whole number within [least, most] that a text stands for. Throws: a sentence. */
export function readWhole(text, [least, most]) {
  const plain = text.trim();
  const value = /^[+-]?\d+$/.test(plain) ? Number(plain) : NaN;
  if (!(value >= least && value <= most)) {
    throw new Error(`expected a whole number from ${least} to ${most}; received ${plain === "" ? "nothing" : `“${plain.slice(0, 20)}”`}`);
  }
  return value;
}
