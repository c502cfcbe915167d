// A loss surface from above: pale where it is low, and lines that join places of equal height.

import { alpha, mix, ramp } from "./palette.js";

const FINE = 220; // pixels a side of the shading
const LEVELS = 14;

/** How heights above the minimum are spaced: their logarithm where they differ much (`edge` > 0), else their root. */
export function spacing(edge) {
  return edge > 0 ? (height) => Math.log10(height + edge) : (height) => Math.sqrt(Math.max(0, height));
}

/** The value of a grid (rows from the smallest w2) at a place from 0 to 1 along each axis, linearly between its four neighbours. */
export function between(grid, side, u, v) {
  const at = (share) => Math.min(side - 1.000001, Math.max(0, share * (side - 1)));
  const [column, row] = [at(u), at(v)];
  const [c, r] = [Math.floor(column), Math.floor(row)];
  const k = r * side + c;
  const low = grid[k] + (grid[k + 1] - grid[k]) * (column - c);
  const high = grid[k + side] + (grid[k + side + 1] - grid[k + side]) * (column - c);
  return low + (high - low) * (row - r);
}

/** The pieces of a line of one height: [u1, v1, u2, v2, …], from 0 to 1 along each axis (marching squares). */
export function contour(grid, side, level) {
  const found = [];
  const last = side - 1;
  for (let row = 0; row < last; row++) {
    for (let column = 0; column < last; column++) {
      const k = row * side + column;
      const corners = [[column, row, grid[k]], [column + 1, row, grid[k + 1]], [column + 1, row + 1, grid[k + side + 1]], [column, row + 1, grid[k + side]]];
      const crossed = [];
      for (let edge = 0; edge < 4; edge++) {
        const [x1, y1, from] = corners[edge];
        const [x2, y2, to] = corners[(edge + 1) % 4];
        if (from < level === to < level) continue;
        const share = (level - from) / (to - from);
        crossed.push((x1 + share * (x2 - x1)) / last, (y1 + share * (y2 - y1)) / last);
      }
      found.push(...crossed); // two places, or four at a pass: then two pieces
    }
  }
  return found;
}

/** A surface ready to be drawn: `heights` is the grid as it came, (side, side). */
export class Shaded {
  constructor(heights, edge) {
    this.side = heights.shape[0];
    this.heights = heights.data;
    const space = spacing(edge);
    this.spaced = Float32Array.from(this.heights, space);
    this.low = this.spaced.reduce((least, value) => Math.min(least, value), Infinity);
    this.high = this.spaced.reduce((most, value) => Math.max(most, value), -Infinity);
    this.most = this.heights.reduce((most, value) => Math.max(most, value), 0);
    const step = (this.high - this.low) / LEVELS;
    this.lines = Array.from({ length: LEVELS - 1 }, (_, k) => contour(this.spaced, this.side, this.low + (k + 1) * step));
  }

  /** The height at a place from 0 to 1 along each axis, as the grid has it. */
  at(u, v) {
    return between(this.heights, this.side, u, v);
  }

  shade(palette) {
    if (this.version === palette.version) return this.picture;
    this.version = palette.version;
    this.picture = document.createElement("canvas");
    this.picture.width = this.picture.height = FINE;
    const table = ramp(tones(palette));
    const image = new ImageData(FINE, FINE);
    const pixels = new Uint32Array(image.data.buffer);
    const scale = 255 / (this.high - this.low || 1);
    for (let y = 0; y < FINE; y++) {
      for (let x = 0; x < FINE; x++) {
        const value = between(this.spaced, this.side, (x + 0.5) / FINE, 1 - (y + 0.5) / FINE);
        pixels[y * FINE + x] = table[Math.round((value - this.low) * scale)];
      }
    }
    this.picture.getContext("2d").putImageData(image, 0, 0);
    return this.picture;
  }

  draw(ctx, box, palette) {
    const { left, top, size } = box;
    ctx.imageSmoothingEnabled = true;
    ctx.drawImage(this.shade(palette), left, top, size, size);
    ctx.lineWidth = 1;
    ctx.strokeStyle = alpha(palette.text, palette.dark ? 0.28 : 0.22);
    ctx.beginPath();
    for (const line of this.lines) {
      for (let k = 0; k + 3 < line.length; k += 4) {
        ctx.moveTo(left + line[k] * size, top + (1 - line[k + 1]) * size);
        ctx.lineTo(left + line[k + 2] * size, top + (1 - line[k + 3]) * size);
      }
    }
    ctx.stroke();
  }
}

/** The colours from the lowest to the highest place: pale, so that ways stand out on them. */
export function tones(palette) {
  return [mix(palette.background, palette.zero, 0.35), mix(palette.zero, palette.positive, 0.16), mix(palette.zero, palette.positive, 0.5)];
}
