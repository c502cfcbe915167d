// Small pictures side by side on one canvas: point at a value, walk with the arrow keys, pick one with a click or Enter.

import { h } from "./dom.js";
import { enlarge } from "./pixels.js";

const GAP = 3; // pixels between two pictures
const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

/**
 * How many pixels of the screen pictures of this plan take: [width, height]. plan: {count, rows, columns, cell, across,
 * gap, zoom}; a value is cell[0] × cell[1] pixels of the canvas, and the canvas is shown `zoom` times as large.
 */
export function sizeOf({ count, rows, columns, cell: [high, wide], across, gap = GAP, zoom = 1 }) {
  const down = Math.ceil(count / across);
  return [zoom * (across * (columns * wide + gap) - gap), zoom * (down * (rows * high + gap) - gap)];
}

export class Tiles {
  /** `onpoint(place | null, rectangle)` and `onpick(place)`; a place is {tile, y, x}. Without them nothing listens. */
  constructor({ label = "", onpoint = null, onpick = null } = {}) {
    Object.assign(this, { onpoint, onpick, plan: null, cursor: null, marked: null });
    this.canvas = h("canvas", { class: "llv-tiles-canvas", "aria-hidden": "true" });
    this.tile = h("div", { class: "llv-tiles-tile", hidden: true });
    this.cell = h("div", { class: "llv-tiles-cell", hidden: true });
    this.here = h("div", { class: "llv-tiles-here", hidden: true }); // where the keyboard is
    const keys = onpoint || onpick ? { tabindex: "0", role: "application", "data-ll-keys": true } : { role: "img" };
    this.element = h("div", { class: "llv-tiles", "aria-label": label, ...keys }, this.canvas, this.tile, this.cell, this.here);
    this.ctx = this.canvas.getContext("2d");
    if (onpoint || onpick) this.listen();
  }

  name(label) {
    this.element.setAttribute("aria-label", label);
  }

  listen() {
    const { element } = this;
    element.classList.toggle("llv-tiles-pick", Boolean(this.onpick));
    element.addEventListener("pointermove", (event) => event.pointerType !== "touch" && this.point(this.at(event)));
    element.addEventListener("pointerleave", () => this.point(null));
    element.addEventListener("click", (event) => {
      const place = this.at(event);
      if (place) this.pick(place);
    });
    element.addEventListener("focus", () => element.matches(":focus-visible") && this.walk(this.cursor ?? this.marked ?? { tile: 0, y: 0, x: 0 }));
    element.addEventListener("blur", () => {
      this.here.hidden = true;
      this.point(null);
    });
    element.addEventListener("keydown", (event) => this.key(event));
  }

  /** Make room for pictures; nothing is touched where the plan is what it was. */
  lay(plan) {
    const key = JSON.stringify(plan);
    if (key === this.laid) return;
    this.laid = key;
    this.plan = { gap: GAP, zoom: 1, ...plan };
    const [width, height] = sizeOf({ ...this.plan, zoom: 1 });
    const { zoom } = this.plan;
    Object.assign(this.canvas, { width, height });
    this.canvas.style.imageRendering = zoom < 1 ? "auto" : "pixelated";
    Object.assign(this.element.style, { width: `${zoom * width}px`, height: `${zoom * height}px` });
    this.image = this.ctx.createImageData(width, height);
    this.pixels = new Uint32Array(this.image.data.buffer);
    this.cursor = null;
    this.here.hidden = true;
    this.mark(null);
  }

  /** Draw all pictures: `bytes` (count × rows × columns), coloured by a table of 256 pixels. */
  draw(bytes, table) {
    const { count, rows, columns, cell } = this.plan;
    for (let tile = 0; tile < count; tile++) {
      const [left, top] = this.corner(tile);
      enlarge(this.pixels, this.canvas.width, left, top, bytes, tile * rows * columns, rows, columns, cell, table);
    }
    this.ctx.putImageData(this.image, 0, 0);
  }

  /** Draw the one picture from colours (rows × columns pixels). */
  paint(colours) {
    const { rows, columns, cell } = this.plan;
    enlarge(this.pixels, this.canvas.width, 0, 0, Uint32Array.from(colours.keys()), 0, rows, columns, cell, colours);
    this.ctx.putImageData(this.image, 0, 0);
  }

  clear() {
    this.pixels?.fill(0);
    this.ctx.clearRect(0, 0, this.canvas.width, this.canvas.height);
  }

  corner(tile) {
    const { rows, columns, cell: [high, wide], across, gap } = this.plan;
    return [(tile % across) * (columns * wide + gap), Math.floor(tile / across) * (rows * high + gap)];
  }

  /** The pixels of the screen of a place, or of {tile, y, x, height, width} in values: [left, top, width, height]. */
  box({ tile, y, x, height = 1, width = 1 }) {
    const [left, top] = this.corner(tile);
    const { cell: [high, wide], zoom } = this.plan;
    return [left + x * wide, top + y * high, width * wide, height * high].map((value) => zoom * value);
  }

  /** The place under a pointer, or null. */
  at(event) {
    if (!this.plan) return null;
    const { count, rows, columns, cell: [high, wide], across, gap, zoom } = this.plan;
    const outer = this.canvas.getBoundingClientRect();
    const px = (event.clientX - outer.left) / zoom;
    const py = (event.clientY - outer.top) / zoom;
    const column = Math.floor(px / (columns * wide + gap));
    const tile = Math.floor(py / (rows * high + gap)) * across + column;
    if (px < 0 || py < 0 || column >= across || tile >= count) return null;
    const [left, top] = this.corner(tile);
    const place = { tile, y: Math.floor((py - top) / high), x: Math.floor((px - left) / wide) };
    return place.y < rows && place.x < columns ? place : null;
  }

  point(place) {
    const { cursor: old } = this;
    if (old && place && old.tile === place.tile && old.y === place.y && old.x === place.x && this.pointing) return;
    this.pointing = Boolean(place);
    if (place) this.cursor = place;
    this.onpoint?.(place, place && this.rectangle(place));
  }

  /** Where a place is on the screen. */
  rectangle(place) {
    const outer = this.canvas.getBoundingClientRect();
    const [left, top, width, height] = this.box(place);
    return new DOMRect(outer.left + left, outer.top + top, width, height);
  }

  pick(place) {
    this.cursor = place;
    this.onpick?.(place);
  }

  walk(place) {
    this.pointing = false;
    this.point(place);
    this.show(this.here, this.box(place));
    this.here.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.plan) return;
    const { count, rows, columns, across } = this.plan;
    const from = this.cursor ?? this.marked ?? { tile: 0, y: 0, x: 0 };
    const move = ARROWS[event.key];
    if (move) {
      let { tile, y, x } = from;
      const single = rows * columns === 1;
      if (!single && !event.shiftKey) {
        y += move[0];
        x += move[1];
      }
      if (single || event.shiftKey || y < 0 || x < 0 || y >= rows || x >= columns) {
        const next = tile + move[0] * across + move[1];
        if (next < 0 || next >= count) [y, x] = [from.y, from.x];
        else {
          tile = next;
          [y, x] = [(y + rows) % rows, (x + columns) % columns];
        }
      }
      this.walk({ tile, y, x });
    } else if (event.key === "Enter" && this.onpick) this.pick(from);
    else if (event.key === "Escape" && this.pointing) this.point(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Frame a value and the picture it is in (null: nothing). A place with `height` and `width` frames so many values. */
  mark(place) {
    this.marked = place && { tile: place.tile, y: place.y, x: place.x };
    if (!place) {
      this.tile.hidden = this.cell.hidden = true;
      return;
    }
    const { rows, columns, count } = this.plan;
    this.show(this.cell, this.box(place));
    if (count > 1 && rows * columns > 1) this.show(this.tile, this.box({ tile: place.tile, y: 0, x: 0, height: rows, width: columns }));
    else this.tile.hidden = true;
  }

  show(frame, [left, top, width, height]) {
    frame.hidden = false;
    Object.assign(frame.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
  }
}
