// The kernels of each convolution as pictures, and those of a dense layer that sees the image; live.

import { Card, paint } from "./card.js";
import { h, write } from "./dom.js";
import { number } from "./format.js";
import { signedNumber } from "./network-text.js";
import { fromByte, largest, toBytes } from "./pixels.js";
import { Tiles } from "./tiles.js";

const SIDE = 44; // pixels of a kernel, about

/** One layer's kernels: those of all filters that look at one input map, or of one filter for all its input maps. */
class FilterBlock {
  constructor(layer, onpoint) {
    Object.assign(this, { layer, chosen: "input 0" });
    this.map = layer.layer?.groups > 1 ? "map of its group" : "input map";
    this.outputs = layer.kind === "conv_transpose" ? 1 : 0; // the axis of the weight that counts outputs
    this.title = h("h3", { class: "llv-block-title" }, layer.title);
    this.about = h("p", { class: "llv-block-scale" });
    this.choice = h("select", { class: "llv-field llv-filter-choice", "aria-label": `Which kernels of ${layer.title}`, onchange: () => {
      this.chosen = this.choice.value;
      this.redraw();
    } });
    this.tiles = new Tiles({ onpoint: (place, at) => onpoint(place && this.content(place), at) });
    this.element = h("div", { class: "llv-block llv-filter" }, this.title, this.about, this.choice, this.tiles.element);
  }

  update(weight, bias, palette) {
    Object.assign(this, { weight, bias, palette });
    const outputs = weight.shape[this.outputs];
    const inputs = weight.shape[1 - this.outputs];
    if (this.offered !== `${outputs} ${inputs}`) this.offer(outputs, inputs);
    this.redraw();
  }

  offer(outputs, inputs) {
    this.offered = `${outputs} ${inputs}`;
    this.choice.hidden = inputs === 1;
    const group = (label, count, kind, words) => h("optgroup", { label }, Array.from({ length: count }, (_, k) => h("option", { value: `${kind} ${k}` }, words(k + 1))));
    this.choice.replaceChildren(
      group("All filters", inputs, "input", (k) => `all filters · ${this.map} ${k}`),
      group("One filter", outputs, "output", (k) => `filter ${k} · every ${this.map}`));
    const [, whole] = this.layer.shape;
    const cut = this.layer.shape[0] > this.weight.shape[0] || whole > this.weight.shape[1];
    this.tail = cut ? `, ${this.weight.shape[0]} × ${this.weight.shape[1]} of ${this.layer.shape[0]} × ${whole} shown` : "";
  }

  /** The pictures that are shown: [[output, input], …]. */
  picked() {
    const [kind, at] = this.chosen.split(" ");
    const [outputs, inputs] = [this.weight.shape[this.outputs], this.weight.shape[1 - this.outputs]];
    const k = Number(at);
    return kind === "input" ? Array.from({ length: outputs }, (_, o) => [o, k]) : Array.from({ length: inputs }, (_, i) => [k, i]);
  }

  redraw() {
    const { weight, palette } = this;
    if (!weight) return;
    const [, second, ...plane] = weight.shape;
    const [rows, columns] = plane.length === 1 ? [1, plane[0]] : plane;
    const taken = rows * columns;
    const picked = this.picked();
    const side = Math.max(1, Math.min(16, Math.round(SIDE / Math.max(rows, columns))));
    const room = this.room ?? 300;
    const across = Math.max(1, Math.min(picked.length, Math.floor((room + 3) / (columns * side + 3))));
    this.tiles.lay({ count: picked.length, rows, columns, cell: [rows === 1 ? 14 : side, side], across });
    this.tiles.name(`${this.layer.title}: ${picked.length} kernels of ${rows} × ${columns}. Arrow keys read their weights, with Shift from kernel to kernel.`);
    this.scale = largest(weight.data) || 1;
    const values = new Float32Array(picked.length * taken);
    picked.forEach(([output, input], k) => {
      const at = (this.outputs === 0 ? output * second + input : input * second + output) * taken;
      values.set(weight.data.subarray(at, at + taken), k * taken);
    });
    Object.assign(this, { values, shown: picked, size: [rows, columns] });
    this.tiles.draw(toBytes(values, this.scale), palette.diverging);
    const shape = `${weight.shape[this.outputs]} filters × ${weight.shape[1 - this.outputs]} × ${rows === 1 ? columns : `${rows} × ${columns}`}`;
    write(this.about, `${shape} · ±${number(this.scale)}${this.tail}`);
  }

  content({ tile, y, x }) {
    if (!this.values) return null;
    const [rows, columns] = this.size;
    const [output, input] = this.shown[tile];
    const where = rows === 1 ? `place ${x + 1}` : `row ${y + 1}, column ${x + 1}`;
    const bias = this.bias?.data[output];
    return [
      h("div", { class: "llv-card-title" }, "weight ", signedNumber(this.values[(tile * rows + y) * columns + x])),
      h("p", { class: "llv-muted" }, `${this.layer.title} · filter ${output + 1}, ${this.map} ${input + 1}, ${where}`),
      bias === undefined ? null : h("p", { class: "llv-muted" }, `bias of filter ${output + 1}: ${number(bias)}`),
    ].filter(Boolean);
  }
}

class Filters {
  constructor(host, view, api) {
    Object.assign(this, { view, api, palette: api.palette, frame: null, blocks: [] });
    this.list = h("div", { class: "llv-filters-list" });
    this.foot = h("div", { class: "llv-foot" },
      h("span", { class: "llv-ramp-text" }, "−"), h("span", { class: "llv-ramp", "aria-hidden": "true" }), h("span", { class: "llv-ramp-text" }, "+"),
      h("span", {}, "weights; each layer has its own scale"));
    this.root = h("div", { class: "llv llv-filters" }, this.list, this.foot);
    host.append(this.root);
    this.card = new Card(this.root, { "aria-hidden": "true" });
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.list);
    this.theme(api.palette);
  }

  describe(view) {
    this.view = view;
    this.frame = null;
    const key = JSON.stringify(view.options.layers);
    if (key === this.key) return;
    this.key = key;
    const onpoint = (content, at) => (content ? this.card.show(content, at) : this.card.hide());
    this.blocks = view.options.layers.map((layer) => new FilterBlock(layer, onpoint));
    this.list.replaceChildren(...this.blocks.map(({ element }) => element));
    this.resize();
  }

  update(frame) {
    if (frame === this.frame) return;
    this.frame = frame;
    this.draw();
  }

  draw() {
    const find = (name) => this.frame?.arrays.get(`${this.view.name}/${name}`);
    this.blocks.forEach((block, i) => find(`weight/${i}`) && block.update(find(`weight/${i}`), find(`bias/${i}`), this.palette));
  }

  theme(palette) {
    this.palette = palette;
    paint(this.root, palette);
    this.draw();
  }

  resize() {
    const room = this.list.clientWidth - 24;
    if (room <= 0 || room === this.room) return;
    this.room = room;
    for (const block of this.blocks) {
      block.room = room;
      block.redraw();
    }
  }

  destroy() {
    this.observer.disconnect();
    this.card.destroy();
    this.root.remove();
  }
}

/** Mount a view of kind "filters" into an empty element. */
export function mount(host, view, api) {
  return new Filters(host, view, api);
}
