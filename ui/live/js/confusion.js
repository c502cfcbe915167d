// The confusion matrix as a real table: rows are true classes, columns predicted ones, recall at the end of a row.
// Where the samples are images, each cell leads to those behind it.

import { CellImages } from "./confusion-images.js";
import { h, write } from "./dom.js";
import { count, percent } from "./format.js";
import { alpha, luminance, mix } from "./palette.js";

export function mount(host, view, api) {
  return new Confusion(host, view.name, api);
}

class Confusion {
  constructor(host, name, api) {
    Object.assign(this, { host, name, api, cells: [], recall: [], counts: null });
  }

  describe(view) {
    const classes = view.options.classes;
    const { images } = view.options;
    const key = JSON.stringify([classes, images]);
    if (key === this.key) return this.images?.again();
    this.key = key;
    this.counts = null;
    this.images = images ? new CellImages(this.api, view) : null;
    // what a cell says stands in a button where it leads to images
    this.words = classes.map((_, i) => classes.map((_, j) => (this.images ? this.images.button(i, j) : null)));
    this.cells = classes.map((_, i) => classes.map((_, j) => h("td", {}, this.words[i][j] ?? "–")));
    this.recall = classes.map(() => h("td", { class: "ll-recall" }, "–"));
    const head = h("tr", {}, h("td", { class: "ll-corner" }, "true ↓  predicted →"), classes.map((name) => h("th", { scope: "col" }, name)),
      h("th", { scope: "col", title: "Share of this class's test samples that were recognised" }, "recall"));
    const rows = classes.map((name, i) => h("tr", {}, h("th", { scope: "row" }, name), this.cells[i], this.recall[i]));
    const caption = h("caption", { class: "ll-spoken" }, `${view.title}: rows are true classes, columns predicted classes`);
    const table = h("table", { class: "ll-confusion" }, caption, h("thead", {}, head), h("tbody", {}, rows));
    // Many classes do not fit: the box scrolls, and a keyboard must be able to scroll it.
    const scroll = h("div", { class: "ll-scroll", tabindex: 0, role: "region", "aria-label": view.title }, table);
    this.host.replaceChildren(this.images ? h("div", { class: "ll-behind" }, h("div", { class: "ll-behind-table" }, scroll), this.images.element) : scroll);
  }

  update(frame) {
    const found = frame.arrays.get(`${this.name}/counts`);
    if (!found) return;
    this.counts = found.data;
    this.draw();
    this.images?.update((name) => frame.arrays.get(`${this.name}/${name}`), this.counts);
  }

  theme(palette) {
    this.images?.theme(palette);
    if (this.counts) this.draw();
  }

  draw() {
    const { palette } = this.api;
    const size = this.cells.length;
    this.cells.forEach((row, i) => {
      const values = this.counts.subarray(i * size, (i + 1) * size);
      const total = values.reduce((sum, n) => sum + n, 0);
      row.forEach((cell, j) => {
        const share = total ? values[j] / total : 0;
        const base = i === j ? palette.positive : palette.negative;
        const back = mix(palette.background, base, 0.85 * share);
        write(this.words[i][j] ?? cell, count(values[j]));
        cell.style.backgroundColor = values[j] ? back : alpha(palette.text, 0.03);
        cell.style.color = luminance(back) > 0.179 ? "#000000" : "#ffffff"; // 4.5:1 on any colour
        if (!values[j]) cell.style.color = palette.muted;
      });
      write(this.recall[i], total ? percent(values[i] / total) : "–");
    });
  }

  destroy() {
    this.host.replaceChildren();
  }
}
