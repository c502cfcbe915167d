// A board to draw a digit on, by mouse, finger, pen or keyboard; shows what the network will see of it.

import { imageOf } from "./digit.js";
import { h, write } from "./dom.js";
import { GREY } from "./pixels.js";
import { Tiles } from "./tiles.js";

const SIDE = 196; // pixels of the board
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const STRIDE = 7; // pixels that an arrow key moves the pen

export class Pad {
  /** `onimage(rows)`: the image (lists of rows, 0 … 1), null when the board is empty; `onclose()`. */
  constructor({ onimage, onclose, announce, seen = "the network sees this" }) {
    Object.assign(this, { onimage, announce, pen: [SIDE / 2, SIDE / 2], down: false, last: null });
    this.canvas = h("canvas", { class: "llv-pad-board", width: SIDE, height: SIDE, tabindex: "0", role: "application", "data-ll-keys": true,
      "aria-label": "Drawing board. Draw with the pointer; or move the pen with the arrow keys, Enter puts it down and lifts it, Delete clears." });
    this.ctx = this.canvas.getContext("2d", { willReadFrequently: true });
    this.cursor = h("div", { class: "llv-pad-pen", hidden: true });
    this.width = h("input", { class: "llv-slider", type: "range", min: "8", max: "32", value: "18", "aria-label": "Thickness of the pen" });
    this.seen = new Tiles();
    this.note = h("p", { class: "llv-muted llv-pad-note" });
    const button = (text, action) => h("button", { type: "button", class: "llv-text-button", onclick: action }, text);
    this.element = h("section", { class: "llv-pad", "aria-label": "Draw" },
      h("div", { class: "llv-pad-field" }, this.canvas, this.cursor),
      h("div", { class: "llv-pad-side" },
        h("label", { class: "llv-pad-width" }, h("span", { class: "llv-muted" }, "pen"), this.width),
        h("div", { class: "llv-pad-buttons" }, button("Clear", () => this.clear()), button("Done", onclose)),
        h("div", { class: "llv-pad-seen" }, this.seen.element, h("span", { class: "llv-muted" }, seen)), this.note));
    this.wipe();
    this.listen();
  }

  /** shape: [1, height, width] of the images; drawing: {box, centre, note}. The board is wiped. */
  describe(shape, drawing) {
    const [, height, width] = shape;
    Object.assign(this, { height, columns: width, drawing });
    const side = Math.max(1, Math.floor(84 / Math.max(height, width)));
    this.seen.lay({ count: 1, rows: height, columns: width, cell: [side, side], across: 1 });
    this.seen.element.setAttribute("aria-label", `Your drawing as ${height} × ${width} pixels`);
    write(this.note, drawing.note);
    this.wipe();
    this.look(null);
  }

  listen() {
    const { canvas } = this;
    const at = (event) => {
      const box = canvas.getBoundingClientRect();
      return [((event.clientX - box.left) * SIDE) / box.width, ((event.clientY - box.top) * SIDE) / box.height];
    };
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      canvas.setPointerCapture(event.pointerId);
      this.last = null;
      this.stroke(at(event));
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!canvas.hasPointerCapture(event.pointerId)) return;
      for (const each of event.getCoalescedEvents?.() ?? [event]) this.stroke(at(each));
    });
    canvas.addEventListener("keydown", (event) => this.key(event));
    canvas.addEventListener("blur", () => (this.cursor.hidden = true));
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = MOVES[event.key];
    if (move) {
      const from = this.pen;
      this.pen = from.map((value, axis) => Math.max(0, Math.min(SIDE, value + STRIDE * move[axis])));
      if (this.down) {
        this.last = from;
        this.stroke(this.pen);
      }
    } else if (event.key === "Enter") {
      this.down = !this.down;
      this.last = null;
      if (this.down) this.stroke(this.pen);
      this.announce?.(this.down ? "Pen down." : "Pen up.");
    } else if (event.key === "Delete" || event.key === "Backspace") this.clear();
    else return;
    event.preventDefault();
    event.stopPropagation();
    this.cursor.hidden = false;
    this.cursor.classList.toggle("llv-pad-down", this.down);
    Object.assign(this.cursor.style, { left: `${(100 * this.pen[0]) / SIDE}%`, top: `${(100 * this.pen[1]) / SIDE}%` });
  }

  /** Ink from where the pen was to here. */
  stroke(to) {
    const { ctx } = this;
    const from = this.last ?? to;
    ctx.strokeStyle = "#fff";
    ctx.lineCap = ctx.lineJoin = "round";
    ctx.lineWidth = Number(this.width.value);
    ctx.beginPath();
    ctx.moveTo(...from);
    ctx.lineTo(to[0] + (from === to ? 0.01 : 0), to[1]); // a mere touch leaves a dot
    ctx.stroke();
    this.last = to;
    this.due ??= requestAnimationFrame(() => this.changed());
  }

  wipe() {
    this.ctx.fillStyle = "#000";
    this.ctx.fillRect(0, 0, SIDE, SIDE);
  }

  clear() {
    this.wipe();
    this.down = false;
    this.due ??= requestAnimationFrame(() => this.changed());
  }

  changed() {
    this.due = null;
    const { data } = this.ctx.getImageData(0, 0, SIDE, SIDE);
    const ink = Float32Array.from({ length: SIDE * SIDE }, (_, i) => data[4 * i] / 255);
    const image = imageOf(ink, SIDE, [this.height, this.columns], this.drawing);
    this.look(image);
    this.onimage(image && this.rows(image));
  }

  rows(image) {
    const rounded = Array.from(image, (value) => Math.round(1000 * value) / 1000);
    return Array.from({ length: this.height }, (_, row) => rounded.slice(row * this.columns, (row + 1) * this.columns));
  }

  look(image) {
    this.seen.draw(Uint8Array.from(image ?? new Float32Array(this.height * this.columns), (value) => Math.round(255 * value)), GREY);
  }

  destroy() {
    cancelAnimationFrame(this.due);
    this.element.remove();
  }
}
