// A window that slides over one picture: step by step by itself, dragged, or by the arrow keys. Knows nothing of a run.

import { h, write } from "./dom.js";
import { GREY, toBytes } from "./pixels.js";
import { Tiles } from "./tiles.js";
import { taps } from "./window-maths.js";

const BEAT = 450; // milliseconds that the window rests at a place while it slides by itself
const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

export class SlidingWindow {
  /** `onmove([y, x])`: the learner, or the window by itself, went to this output place; `show` is then up to the caller. */
  constructor({ label, onmove }) {
    Object.assign(this, { onmove, place: [0, 0], timer: null });
    this.tiles = new Tiles();
    this.border = h("div", { class: "llv-window-border", hidden: true }); // where the input ends and the zeros begin
    this.frame = h("div", { class: "llv-window-frame" });
    this.field = h("div", { class: "llv-window-field", tabindex: "0", role: "application", "data-ll-keys": true, "aria-label": `${label} Arrow keys move the window.` },
      this.tiles.element, this.border, this.frame);
    this.tiles.element.setAttribute("role", "presentation");
    this.tiles.element.removeAttribute("aria-label");
    this.button = h("button", { type: "button", class: "llv-text-button", "aria-pressed": "false", onclick: () => (this.timer ? this.pause() : this.play()) }, "Slide");
    this.where = h("span", { class: "llv-window-where" });
    this.pictures = h("div", { class: "llv-window-pictures" }, this.field); // whoever shows what comes out puts it beside
    this.element = h("div", { class: "llv-window" }, this.pictures, h("div", { class: "llv-window-bar" }, this.button, this.where));
    this.listen();
  }

  listen() {
    const { field } = this;
    field.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      field.setPointerCapture(event.pointerId);
      this.pause();
      this.drag(event);
    });
    field.addEventListener("pointermove", (event) => field.hasPointerCapture(event.pointerId) && this.drag(event));
    field.addEventListener("keydown", (event) => {
      const move = MOVES[event.key];
      if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      this.pause();
      this.go(this.place.map((at, axis) => at + move[axis]));
    });
  }

  /** size: [height, width] of the input, output: of what comes out; geometry as in window-maths; most: pixels there are. */
  lay({ size, output, geometry, most = [170, 170] }) {
    Object.assign(this, { size, output, geometry });
    const { padding } = geometry;
    const all = size.map((n, axis) => n + 2 * padding[axis]);
    const both = Math.max(1, Math.floor(Math.min(most[0] / all[0], most[1] / all[1])));
    this.cell = all[0] === 1 ? [Math.max(both, 14), both] : [both, both]; // a series is a strip
    this.tiles.lay({ count: 1, rows: all[0], columns: all[1], cell: this.cell, across: 1 });
    this.bytes = new Uint8Array(all[0] * all[1]);
    this.border.hidden = !(padding[0] || padding[1]);
    const [high, wide] = this.cell;
    Object.assign(this.border.style, { left: `${padding[1] * wide}px`, top: `${padding[0] * high}px`, width: `${size[1] * wide}px`, height: `${size[0] * high}px` });
    this.go(this.place, false);
  }

  /** Draw one channel (values, row by row) through a table of 256 pixels; `scale` is the value at the table's ends. */
  draw(values, scale, table) {
    const { size: [height, width], geometry: { padding }, bytes } = this;
    const across = width + 2 * padding[1];
    bytes.fill(table === GREY ? 0 : toBytes([0], scale)[0]);
    const inner = table === GREY ? values.map((value) => Math.max(0, Math.min(255, Math.round((255 * value) / scale)))) : toBytes(values, scale);
    for (let row = 0; row < height; row++) {
      bytes.set(inner.subarray(row * width, (row + 1) * width), (row + padding[0]) * across + padding[1]);
    }
    this.tiles.draw(bytes, table);
  }

  /** Put the window where output place [y, x] comes from; beyond an end it stays at the end. */
  show(place) {
    this.place = place.map((at, axis) => Math.max(0, Math.min(this.output[axis] - 1, at)));
    const { geometry, cell, place: [y, x] } = this;
    const rows = taps(geometry, 0, y);
    const columns = taps(geometry, 1, x);
    const [top, left] = [rows[0] + geometry.padding[0], columns[0] + geometry.padding[1]];
    const [down, right] = [rows.at(-1) - rows[0] + 1, columns.at(-1) - columns[0] + 1];
    Object.assign(this.frame.style, { left: `${left * cell[1]}px`, top: `${top * cell[0]}px`, width: `${right * cell[1]}px`, height: `${down * cell[0]}px` });
    this.holes(rows.length, columns.length);
    write(this.where, this.output[0] === 1 ? `place ${x + 1} of ${this.output[1]}` : `row ${y + 1}, column ${x + 1} of ${this.output[0]} × ${this.output[1]}`);
  }

  /** A dilated window has holes: what it covers is marked value by value. */
  holes(down, right) {
    const { dilation } = this.geometry;
    const [high, wide] = this.cell;
    const key = `${down} ${right} ${dilation} ${this.cell}`;
    if (key === this.holed) return;
    this.holed = key;
    const marks = [];
    if (dilation[0] > 1 || dilation[1] > 1) {
      for (let k = 0; k < down * right; k++) {
        const mark = h("div", { class: "llv-window-tap" });
        const [row, column] = [Math.floor(k / right), k % right];
        Object.assign(mark.style, { left: `${column * dilation[1] * wide}px`, top: `${row * dilation[0] * high}px`, width: `${wide}px`, height: `${high}px` });
        marks.push(mark);
      }
    }
    this.frame.replaceChildren(...marks);
  }

  go(place, tell = true) {
    const before = String(this.place);
    this.show(place);
    if (tell && String(this.place) !== before) this.onmove?.(this.place);
  }

  /** The window's middle to the pointer. */
  drag(event) {
    const outer = this.field.getBoundingClientRect();
    const at = [(event.clientY - outer.top) / this.cell[0], (event.clientX - outer.left) / this.cell[1]];
    const { kernel, stride, dilation } = this.geometry;
    this.go(at.map((value, axis) => Math.round((value - (dilation[axis] * (kernel[axis] - 1) + 1) / 2) / stride[axis])));
  }

  play() {
    this.pause();
    this.timer = setInterval(() => {
      if (!this.field.checkVisibility()) return this.pause();
      const [y, x] = this.place;
      const [rows, columns] = this.output;
      this.go(x + 1 < columns ? [y, x + 1] : [(y + 1) % rows, 0]);
    }, BEAT);
    this.button.setAttribute("aria-pressed", "true");
    write(this.button, "Stop");
  }

  pause() {
    clearInterval(this.timer);
    this.timer = null;
    this.button.setAttribute("aria-pressed", "false");
    write(this.button, "Slide");
  }

  destroy() {
    this.pause();
    this.element.remove();
  }
}
