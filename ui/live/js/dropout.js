// Which hidden units were left out in the last update: a row a sample of its batch, a column a unit, a block a layer.

import { paint } from "./card.js";
import { h, write } from "./dom.js";
import { count, percent } from "./format.js";

const CELL = 16; // pixels
const GAP = 2;

export function mount(host, view, api) {
  return new Dropout(host, view, api);
}

/** How many of the mask's cells are out. */
const zeros = (data) => data.reduce((sum, value) => sum + (value === 0), 0);

class Dropout {
  constructor(host, view, api) {
    Object.assign(this, { view, palette: api.palette, figures: [], masks: [] });
    this.note = h("p", { class: "llv-muted llv-pictures-note" });
    this.blocks = h("div", { class: "llv-dropout" });
    this.root = h("div", { class: "llv llv-shelf", tabindex: "0", role: "region", "aria-label": `Dropout: ${view.title}` }, this.note, this.blocks);
    host.append(this.root);
    this.theme(api.palette);
  }

  describe(view) {
    this.view = view;
    this.figures = view.options.layers.map((title) => {
      const canvas = h("canvas", { role: "img" });
      return { title, canvas, element: h("figure", {}, h("figcaption", {}, title), canvas) };
    });
    this.blocks.replaceChildren(...this.figures.map(({ element }) => element));
    this.masks = [];
    this.draw();
  }

  update(frame) {
    this.masks = this.figures.map((_, l) => frame.arrays.get(`${this.view.name}/mask/${l}`)).filter(Boolean);
    this.step = frame.step;
    this.draw();
  }

  draw() {
    this.blocks.hidden = !this.masks.length;
    if (!this.masks.length) return write(this.note, "Without dropout all units take part. With dropout you see here, after the next update, who was out.");
    const cells = this.masks.reduce((sum, { data }) => sum + data.length, 0);
    const out = this.masks.reduce((sum, { data }) => sum + zeros(data), 0);
    write(this.note, `Update ${count(this.step)}: ${count(out)} of ${count(cells)} activations out (${percent(out / cells)}). A row is a sample of the batch, a column a unit; × was out.`);
    this.masks.forEach((mask, l) => this.grid(this.figures[l], mask));
  }

  grid({ title, canvas }, { data, shape: [samples, units] }) {
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [units * (CELL + GAP), samples * (CELL + GAP)];
    Object.assign(canvas, { width: width * ratio, height: height * ratio });
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
    canvas.setAttribute("aria-label", `${title}: ${zeros(data)} of ${data.length} out`);
    const ctx = canvas.getContext("2d");
    ctx.scale(ratio, ratio);
    ctx.strokeStyle = this.palette.muted;
    ctx.lineWidth = 1.5;
    for (let k = 0; k < data.length; k++) {
      const [x, y] = [(k % units) * (CELL + GAP), Math.floor(k / units) * (CELL + GAP)];
      ctx.fillStyle = data[k] ? this.palette.positive : this.palette.zero;
      ctx.fillRect(x, y, CELL, CELL);
      if (data[k]) continue;
      ctx.beginPath();
      for (const [from, to] of [[4, CELL - 4], [CELL - 4, 4]]) {
        ctx.moveTo(x + from, y + 4);
        ctx.lineTo(x + to, y + CELL - 4);
      }
      ctx.stroke();
    }
  }

  theme(palette) {
    this.palette = palette;
    paint(this.root, palette);
    this.draw();
  }

  destroy() {
    this.root.remove();
  }
}
