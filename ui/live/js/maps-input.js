// The sample itself, large, with a frame around what the chosen unit sees of it; or the loss's gradient by its values.

import { h, write } from "./dom.js";
import { number } from "./format.js";
import { largest, toBytes } from "./pixels.js";
import { colours } from "./maps-choose.js";
import { planeOf } from "./maps-plan.js";
import { Tiles } from "./tiles.js";

const MOST = 140; // pixels

/** Of the channels' values at each place the one furthest from 0. */
function strongest(values, channels) {
  const size = values.length / channels;
  return Float32Array.from({ length: size }, (_, i) => {
    let best = values[i];
    for (let k = 1; k < channels; k++) if (Math.abs(values[k * size + i]) > Math.abs(best)) best = values[k * size + i];
    return best;
  });
}

export class Input {
  /** `onpoint(content | null, rectangle)`: what to say of the value under the pointer. */
  constructor(onpoint) {
    this.title = h("h3", { class: "llv-block-title" }, "Input");
    this.scale = h("p", { class: "llv-block-scale" });
    this.tiles = new Tiles({ onpoint: (place, at) => onpoint(place && this.content(place), at) });
    this.element = h("div", { class: "llv-block llv-maps-input" }, this.title, this.scale, this.tiles.element);
  }

  describe(shape) {
    this.shape = shape;
    this.channels = shape.length === 3 ? shape[0] : 1;
    const [rows, columns] = shape.length === 3 ? planeOf(shape) : shape.length === 2 ? shape : [shape[0], 1];
    const side = Math.max(1, Math.floor(MOST / Math.max(rows, columns)));
    const cell = shape.length === 3 ? [side, side] : shape.length === 2 ? [Math.min(40, Math.max(6, side)), Math.max(1, Math.floor(MOST / columns))] : [Math.max(4, Math.min(18, side)), 40];
    this.tiles.lay({ count: 1, rows, columns, cell, across: 1 });
    Object.assign(this, { rows, columns });
    this.tiles.name(`The sample, ${shape.join(" × ")}. Arrow keys read its values.`);
  }

  update(find, palette) {
    const gradient = find("input_gradient");
    const values = (gradient ?? find("input")).data;
    Object.assign(this, { values, gradient: Boolean(gradient) });
    const scale = largest(values) || 1;
    if (!gradient && this.shape.length === 3) {
      const bytes = Uint8Array.from(values, (value) => Math.round(255 * Math.max(0, Math.min(1, value))));
      this.tiles.paint(colours(bytes, this.shape));
    } else {
      const shown = this.channels > 1 ? strongest(values, this.channels) : values;
      this.tiles.draw(toBytes(shown, scale), palette.diverging);
    }
    write(this.title, gradient ? "∂ loss / ∂ input" : "Input");
    write(this.scale, gradient ? `${this.shape.join(" × ")} · ±${number(scale)}` : this.shape.join(" × "));
  }

  /** Frame what a unit sees ({top, bottom, left, right}, or null). */
  frame(field) {
    if (!field) return this.tiles.mark(null);
    const { top, left, bottom, right } = field;
    if (this.shape.length === 1) return this.tiles.mark({ tile: 0, y: left, x: 0, height: right - left + 1, width: 1 });
    if (this.shape.length === 2) return this.tiles.mark({ tile: 0, y: 0, x: left, height: this.rows, width: right - left + 1 });
    this.tiles.mark({ tile: 0, y: top, x: left, height: bottom - top + 1, width: right - left + 1 });
  }

  content({ y, x }) {
    const size = this.rows * this.columns;
    const own = Array.from({ length: this.channels }, (_, k) => number(this.values[k * size + y * this.columns + x]));
    const where = this.shape.length === 1 ? `input ${y + 1}` : this.shape.length === 2 ? `channel ${y + 1}, place ${x + 1}` : `row ${y + 1}, column ${x + 1}`;
    return [h("div", { class: "llv-card-title" }, own.join(" · ")), h("p", { class: "llv-muted" }, `${this.gradient ? "∂ loss / ∂ " : ""}${where}`)];
  }
}
