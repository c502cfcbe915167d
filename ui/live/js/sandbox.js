// The kernel sandbox: a kernel, chosen or typed in, slides over a real image; everything is computed here, without a run.

import { paint } from "./card.js";
import { h, mark, write } from "./dom.js";
import { count, number } from "./format.js";
import { Pad } from "./pad.js";
import { readPalette } from "./palette.js";
import { PatchTable } from "./patch-table.js";
import { GREY, largest, toBytes } from "./pixels.js";
import { Controls } from "./sandbox-controls.js";
import { convolve, outputOf, reach, sizeFormula } from "./sandbox-maths.js";
import { SlidingWindow } from "./sliding-window.js";
import { attach } from "./styles.js";
import { Tiles } from "./tiles.js";
import { convolveAt } from "./window-maths.js";

const STYLES = ["live.css", "views.css", "sandbox.css"];
const MOST = 400; // pixels of the image and of the map, where there is room
const BESIDE = 560; // pixels from which both stand side by side
const BOARD = [28, 28]; // pixels of a drawing
const BEGIN = [6, 15]; // the place of the kernel at first: there is something to see
const DRAWING = { box: null, centre: "mass", note: "The whole board becomes 28 × 28 pixels." };

/** Show the sandbox in `parent`, or follow a changed theme; gives the cleanup. props: images, kernels, limits. */
export function open(parent, props) {
  const sandbox = (parent.layerlabSandbox ??= new Sandbox(parent, props));
  sandbox.theme();
  setTimeout(() => sandbox.theme(), 150); // Streamlit may call before its new colours are in place
  return () => {
    sandbox.destroy();
    if (parent.layerlabSandbox === sandbox) delete parent.layerlabSandbox;
  };
}

class Sandbox {
  constructor(parent, { images, kernels, limits }) {
    Object.assign(this, { parent, pad: null, place: BEGIN });
    this.images = images.map(({ title, size, pixels }) => ({ title, size, bytes: Uint8Array.from(atob(pixels), (letter) => letter.charCodeAt(0)) }));
    this.controls = new Controls({ images: this.images, kernels, limits }, {
      onimage: (k) => this.choose(k), ondraw: () => this.toggleDrawing(), onkernel: () => this.compute(), onshown: () => this.drawMap(),
    });
    this.slider = new SlidingWindow({ label: "The image, with the kernel on it.", onmove: (place) => this.go(place) });
    this.map = new Tiles({ label: "The map that comes out. Arrow keys go through its values, Enter puts the kernel there.",
      onpoint: (place) => this.point(place), onpick: ({ y, x }) => this.go([y, x]) });
    this.given = h("span", {});
    this.made = h("span", {});
    this.pointed = h("span", { class: "llv-muted llk-pointed" });
    this.formula = h("p", { class: "llk-formula" });
    this.table = new PatchTable({ patch: "pixels" });
    this.value = h("p", { class: "llv-sumline llk-value" });
    this.under = h("div", {});
    this.spoken = h("div", { class: "llv-hidden", role: "status", "aria-live": "polite" });
    const figure = (caption, element, ...more) => h("figure", { class: "llk-figure" }, h("figcaption", {}, caption), element, ...more);
    this.pictures = h("div", { class: "llk-pictures" },
      figure(this.given, this.slider.element), figure(this.made, this.map.element, this.pointed));
    this.work = h("div", { class: "llk-work" }, this.pictures, this.formula, this.value, this.table.element);
    this.root = h("div", { class: "llv llk" }, h("div", { class: "llk-choose" }, this.controls.element, this.under), this.work, this.spoken);
    this.root.sandbox = this; // for measuring
    this.root.style.visibility = "hidden"; // until it is styled
    attach(parent, STYLES).then(() => (this.root.style.visibility = ""));
    parent.append(this.root);
    this.theme();
    this.most = this.room();
    this.choose(0);
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.work);
  }

  /** Pixels that the image and the map may take each, so that a projector shows them with the table below. */
  room() {
    const { clientWidth: width } = this.work;
    const wide = width >= BESIDE ? (width - 32) / 2 : width;
    return Math.floor(Math.max(200, Math.min(MOST, wide, window.innerHeight - 400)));
  }

  resize() {
    const most = this.room();
    if (most === this.most || !this.work.clientWidth) return;
    this.most = most;
    this.compute();
  }

  theme() {
    this.palette = readPalette(this.parent);
    paint(this.root, this.palette);
    if (this.out) this.drawMap();
  }

  // The image

  choose(k) {
    this.closePad();
    const { size, bytes, title } = this.images[k];
    this.controls.image(k);
    this.take(Float64Array.from(bytes, (byte) => byte / 255), size, title);
  }

  take(image, size, title) {
    Object.assign(this, { image, size, title });
    this.compute();
  }

  toggleDrawing() {
    if (this.pad) return this.closePad();
    this.slider.pause();
    this.pad = new Pad({ announce: (text) => write(this.spoken, text), onclose: () => this.closePad(), onimage: (rows) => this.drawn(rows), seen: "as pixels" });
    this.pad.describe([1, ...BOARD], DRAWING);
    this.under.append(this.pad.element);
    mark(this.controls.draw, { "aria-expanded": "true" });
    this.controls.image(-1);
    this.drawn(null);
    this.pad.canvas.focus({ preventScroll: true });
  }

  drawn(rows) {
    this.take(rows ? Float64Array.from(rows.flat()) : new Float64Array(BOARD[0] * BOARD[1]), BOARD, "Your drawing");
  }

  closePad() {
    if (!this.pad) return;
    this.pad.destroy();
    this.pad = null;
    mark(this.controls.draw, { "aria-expanded": "false" });
    this.controls.draw.focus();
  }

  // The kernel

  /** Compute the whole map anew; what cannot be computed leaves the last map, pale, beside its sentence. */
  compute() {
    const found = this.controls.read();
    const fits = found !== null && this.fits(found);
    mark(this.work, { "data-stale": fits ? null : "true" });
    if (!fits) return this.slider.pause();
    const pair = (value) => [value, value];
    this.chosen = found;
    this.geometry = { kernel: pair(found.size), stride: pair(found.stride), padding: pair(found.padding), dilation: pair(found.dilation) };
    this.output = outputOf(this.size, this.geometry);
    this.out = convolve(this.image, this.size, found.kernel, this.geometry);
    const [rows, columns] = this.output;
    const cell = Math.max(1, Math.floor(this.most / Math.max(rows, columns)));
    this.slider.lay({ size: this.size, output: this.output, geometry: this.geometry, most: [this.most, this.most] });
    this.slider.draw(this.image, 1, GREY);
    this.map.lay({ count: 1, rows, columns, cell: [Math.min(cell, 24), Math.min(cell, 24)], across: 1 });
    const { stride, padding, dilation, size } = found;
    write(this.given, `${this.title.replace(/ \(.*/, "")}: ${this.size.join(" × ")}${padding ? `, and ${padding} of zeros on each side` : ""}`);
    this.formula.replaceChildren("Size: ⌊(n + 2p − d(k − 1) − 1) / s⌋ + 1 = ", h("strong", {}, sizeFormula(this.size[0], size, stride, padding, dilation)));
    this.drawMap();
    this.go(this.place);
  }

  /** Whether there is room for the kernel; else a sentence says what to do. */
  fits({ size, padding, dilation }) {
    const room = Math.min(...this.size) + 2 * padding;
    const needs = reach(size, dilation);
    const problem = needs > room ? `The kernel spans ${needs} pixels, and with its padding the image has ${room}: take a smaller kernel or dilation, or more padding.` : "";
    if (problem) this.controls.tell(problem);
    return !problem;
  }

  drawMap() {
    const { out, output } = this;
    const size = output.join(" × ");
    if (this.controls.shown.value === "grey") {
      const cut = out.reduce((sum, value) => sum + (value < -1e-9 || value > 1 + 1e-9), 0);
      this.map.draw(Uint8Array.from(out, (value) => Math.max(0, Math.min(255, Math.round(255 * value)))), GREY);
      write(this.made, `the map: ${size}${cut ? `; ${count(cut)} values lie beyond black or white` : ""}`);
    } else {
      const scale = largest(out);
      this.map.draw(toBytes(out, scale || 1), this.palette.diverging);
      write(this.made, `the map: ${size}, scale ± ${number(scale)}`);
    }
    this.showTable();
  }

  // One place

  go(place) {
    this.slider.show(place);
    this.place = this.slider.place;
    this.map.mark({ tile: 0, y: this.place[0], x: this.place[1] });
    this.showTable();
  }

  showTable() {
    const [y, x] = this.place;
    if (y >= this.output[0] || x >= this.output[1]) return; // `go` follows
    const { channels: [channel] } = convolveAt(this.image, this.size, this.chosen.kernel, 0, this.geometry, this.place);
    this.table.show(channel, this.geometry.kernel, this.palette);
    const beyond = channel.inside.reduce((sum, is) => sum + !is, 0);
    const zeros = beyond ? ` ${count(beyond)} of the ${count(channel.inside.length)} pixels are zeros of the padding.` : "";
    this.value.replaceChildren(`The map at row ${y + 1}, column ${x + 1}: `, h("output", { class: "llv-grid-sum" }, number(this.out[y * this.output[1] + x], 6)), `.${zeros}`);
  }

  point(place) {
    write(this.pointed, place ? `row ${place.y + 1}, column ${place.x + 1}: ${number(this.out[place.y * this.output[1] + place.x], 4)}` : "");
  }

  destroy() {
    this.observer.disconnect();
    this.closePad();
    this.slider.destroy();
    this.root.remove();
  }
}
