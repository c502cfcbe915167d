// A row for each of several things that run side by side, a column for each metric: their present numbers.

import { paint } from "./card.js";
import { h, write } from "./dom.js";
import { count, number, thousandths } from "./format.js";
import { role } from "./palette.js";

const FORMATS = { count, number, thousandths, thousand: (value) => number(typeof value === "number" ? 1000 * value : null) };
const PAUSE = 250; // ms: numbers that change more often cannot be read

export function mount(host, view, api) {
  return new Table(host, view, api);
}

class Table {
  constructor(host, view, api) {
    Object.assign(this, { api, cells: [], swatches: [], timer: null });
    this.table = h("table");
    this.root = h("div", { class: "llv llv-table", tabindex: "0", role: "region", "aria-label": view.title }, this.table);
    host.append(this.root);
    this.theme(api.palette);
  }

  /** The rows and columns: `rows: [{title, role}]`, `columns: [{title, metric, format}]`; metric of row k: `k/metric`. */
  describe({ options: { rows, columns } }) {
    const key = JSON.stringify([rows, columns]);
    if (key === this.key) return;
    this.key = key;
    this.swatches = rows.map((row) => [h("i", { class: "ll-swatch", "aria-hidden": "true" }), row.role]);
    this.cells = rows.flatMap((_, k) => columns.map(({ metric, format }) => ({ metric: `${k}/${metric}`, format: FORMATS[format], cell: h("td", {}, "–") })));
    const head = h("tr", {}, h("th", { scope: "col" }, h("span", { class: "ll-spoken" }, "Who")), columns.map(({ title }) => h("th", { scope: "col" }, title)));
    const body = rows.map(({ title }, k) => h("tr", {}, h("th", { scope: "row" }, this.swatches[k][0], title),
      this.cells.slice(k * columns.length, (k + 1) * columns.length).map(({ cell }) => cell)));
    this.table.replaceChildren(h("thead", {}, head), h("tbody", {}, body));
    this.theme(this.api.palette);
    this.draw();
  }

  /** The newest frame is shown at once where none was for a while, and always in the end. */
  update(frame) {
    this.frame = frame;
    if (this.timer !== null) return;
    this.draw();
    this.timer = setTimeout(() => {
      this.timer = null;
      this.draw();
    }, PAUSE);
  }

  draw() {
    for (const { metric, format, cell } of this.cells) write(cell, format(this.frame?.metrics[metric]));
  }

  theme(palette) {
    paint(this.root, palette);
    for (const [swatch, name] of this.swatches) swatch.style.borderTopColor = role(palette, name);
  }

  destroy() {
    clearTimeout(this.timer);
    this.root.remove();
  }
}
