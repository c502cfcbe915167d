// The coloured surface: bytes over a grid → pixels, soft (as they are) or crisp (what the network decides).

import { rgb } from "./palette.js";

const FINE = 180; // pixels a side of a crisp picture
const SOFT = 0.3; // how far surfaces are mixed with the background, so that points stand out
const SOFT_CLASSES = 0.45; // the same for the full colours of three and more classes
const BANDS = 8; // of a crisp regression surface

const pack = (r, g, b) => ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;

function softened(table, background) {
  const back = rgb(background);
  const channel = (pixel, shift, k) => Math.round(((pixel >> shift) & 255) * (1 - SOFT) + back[k] * SOFT);
  return table.map((pixel) => pack(channel(pixel, 0, 0), channel(pixel, 8, 1), channel(pixel, 16, 2)));
}

/** The index into the diverging colours for a value where ±`most` are its ends: grey is always zero. */
export function shade(value, most) {
  return Math.max(0, Math.min(255, Math.round(127.5 + (127.5 * value) / most)));
}

/**
 * Colours of a plane view: `table` for one output as bytes of options.scale, `classes` as [r, g, b] for several.
 *
 * Two classes: the ends of the scale are the classes. Regression: blue positive, orange negative, grey zero.
 */
export function colours(options, palette) {
  const [low, high] = options.scale ?? [-1, 1];
  const most = Math.max(Math.abs(low), Math.abs(high)) || 1;
  const direct = options.classes.length > 0;
  const table = direct ? palette.diverging : palette.diverging.map((_, byte) => palette.diverging[shade(low + ((high - low) * byte) / 255, most)]);
  return {
    table: softened(table, palette.background),
    diverging: softened(palette.diverging, palette.background),
    classes: options.classes.map((_, k) => rgb(palette.classes[k % palette.classes.length])),
    background: rgb(palette.background),
    point: direct ? (target) => palette.classes[Math.round(target) % palette.classes.length] : (target) => css(palette.diverging[shade(target, most)]),
  };
}

/** A packed pixel as a CSS colour. */
export function css(pixel) {
  return `rgb(${pixel & 255}, ${(pixel >> 8) & 255}, ${(pixel >> 16) & 255})`;
}

/** One byte map (G, G), linearly interpolated to FINE × FINE. */
function enlarge(data, offset, rows, columns, out) {
  for (let y = 0; y < FINE; y++) {
    const v = (y / (FINE - 1)) * (rows - 1);
    const r = Math.min(rows - 2, Math.floor(v));
    for (let x = 0; x < FINE; x++) {
      const u = (x / (FINE - 1)) * (columns - 1);
      const c = Math.min(columns - 2, Math.floor(u));
      const at = offset + r * columns + c;
      const lower = data[at] + (data[at + 1] - data[at]) * (u - c);
      const upper = data[at + columns] + (data[at + columns + 1] - data[at + columns]) * (u - c);
      out[y * FINE + x] = lower + (upper - lower) * (v - r);
    }
  }
}

export class Surface {
  constructor() {
    this.canvas = document.createElement("canvas");
    this.ctx = this.canvas.getContext("2d");
  }

  image(width, height) {
    if (this.canvas.width !== width || this.canvas.height !== height || !this.pixels) {
      this.canvas.width = width;
      this.canvas.height = height;
      this.data = this.ctx.createImageData(width, height);
      this.pixels = new Uint32Array(this.data.data.buffer);
    }
    return this.pixels;
  }

  /** Take a map in: (G, G) through a table of 256 pixels, or (C, G, G) class probabilities; `crisp` shows decisions. */
  fill({ data, shape }, tones, { crisp = false, table = tones.table, bands = 2 } = {}) {
    const several = shape.length === 3 && shape[0] > 1;
    const [rows, columns] = shape.slice(-2);
    if (crisp) this.decide(data, several ? shape[0] : 1, rows, columns, tones, table, bands);
    else if (several) this.blend(data, shape[0], rows, columns, tones);
    else {
      const pixels = this.image(columns, rows);
      for (let y = 0; y < rows; y++) for (let x = 0; x < columns; x++) pixels[(rows - 1 - y) * columns + x] = table[data[y * columns + x]];
    }
    this.ctx.putImageData(this.data, 0, 0);
    this.half = crisp ? 0 : 0.5;
  }

  /** Each class's colour by its probability; the rest (rounding) is background. */
  blend(data, count, rows, columns, { classes, background }) {
    const pixels = this.image(columns, rows);
    const each = rows * columns;
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < columns; x++) {
        const at = y * columns + x;
        let [r, g, b, sum] = [0, 0, 0, 0];
        for (let k = 0; k < count; k++) {
          const p = data[k * each + at];
          const colour = classes[k];
          r += p * colour[0];
          g += p * colour[1];
          b += p * colour[2];
          sum += p;
        }
        const full = (1 - SOFT_CLASSES) / (sum || 1);
        const rest = SOFT_CLASSES;
        pixels[(rows - 1 - y) * columns + x] = pack(r * full + background[0] * rest, g * full + background[1] * rest, b * full + background[2] * rest);
      }
    }
  }

  decide(data, count, rows, columns, { classes, background }, table, bands) {
    const pixels = this.image(FINE, FINE);
    this.fine ??= [];
    for (let k = 0; k < count; k++) enlarge(data, k * rows * columns, rows, columns, (this.fine[k] ??= new Float32Array(FINE * FINE)));
    const shades = classes.slice(0, count).map((colour) => pack(...colour.map((v, i) => v * (1 - SOFT_CLASSES) + background[i] * SOFT_CLASSES)));
    for (let y = 0; y < FINE; y++) {
      for (let x = 0; x < FINE; x++) {
        const at = y * FINE + x;
        let best = 0;
        if (count > 1) for (let k = 1; k < count; k++) if (this.fine[k][at] > this.fine[best][at]) best = k;
        const band = Math.min(bands - 1, Math.floor((this.fine[0][at] / 256) * bands));
        pixels[(FINE - 1 - y) * FINE + x] = count > 1 ? shades[best] : table[Math.round(((band + 0.5) / bands) * 255)];
      }
    }
  }

  /** Draw into a square; grid points lie on its edges, so half a pixel is cut off around. */
  draw(ctx, { left, top, size }) {
    const { canvas, half } = this;
    ctx.imageSmoothingEnabled = true;
    ctx.imageSmoothingQuality = "high";
    ctx.drawImage(canvas, half, half, canvas.width - 2 * half, canvas.height - 2 * half, left, top, size, size);
  }
}

/** How many steps a crisp picture of one output has: two decisions for two classes, bands for a number. */
export function bandsOf(options) {
  return options.classes.length ? 2 : BANDS;
}

/** The byte of a map at a place of the plane, linearly interpolated; `layer` of several. */
export function byteAt({ data, shape }, box, x1, x2, layer = 0) {
  const [rows, columns] = shape.slice(-2);
  const [[low1, high1], [low2, high2]] = box.range;
  const u = ((x1 - low1) / (high1 - low1)) * (columns - 1);
  const v = ((x2 - low2) / (high2 - low2)) * (rows - 1);
  const c = Math.max(0, Math.min(columns - 2, Math.floor(u)));
  const r = Math.max(0, Math.min(rows - 2, Math.floor(v)));
  const at = layer * rows * columns + r * columns + c;
  const lower = data[at] + (data[at + 1] - data[at]) * (u - c);
  const upper = data[at + columns] + (data[at + columns + 1] - data[at + columns]) * (u - c);
  return lower + (upper - lower) * (v - r);
}
