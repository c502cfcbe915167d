// The share of each class's test samples that the network recognises, as bars with the counts behind them.

import { paint } from "./card.js";
import { h, write } from "./dom.js";
import { count, percent } from "./format.js";
import { measuredOn } from "./thumbs.js";

export function mount(host, view, api) {
  return new ClassBars(host, view, api);
}

class ClassBars {
  constructor(host, view, api) {
    Object.assign(this, { view, rows: [] });
    this.note = h("p", { class: "llv-muted llv-pictures-note" });
    this.list = h("ol", { class: "llv-bars llv-class-bars" });
    this.root = h("div", { class: "llv llv-shelf", tabindex: "0", role: "region", "aria-label": view.title }, this.note, this.list);
    host.append(this.root);
    this.theme(api.palette);
  }

  describe(view) {
    this.view = view;
    const key = JSON.stringify(view.options.classes);
    if (key === this.key) return;
    this.key = key;
    this.rows = view.options.classes.map((name) => {
      const fill = h("span", { class: "llv-bar-fill" });
      const value = h("span", { class: "llv-bar-value" }, "–");
      return { fill, value, item: h("li", {}, h("span", { class: "llv-bar-name", title: name }, name), h("span", { class: "llv-bar" }, fill), value) };
    });
    this.list.replaceChildren(...this.rows.map(({ item }) => item));
  }

  update(frame) {
    const counts = frame.arrays.get(`${this.view.name}/counts`)?.data;
    if (!counts) return;
    write(this.note, measuredOn(frame.arrays.get(`${this.view.name}/measured`).data, "test samples"));
    const classes = this.rows.length;
    this.rows.forEach(({ fill, value }, c) => {
      const [right, total] = [counts[c], counts[classes + c]];
      fill.style.width = total ? `${((100 * right) / total).toFixed(1)}%` : "0";
      write(value, total ? `${percent(right / total)}, ${count(right)} of ${count(total)}` : "none measured");
    });
  }

  theme(palette) {
    paint(this.root, palette);
  }

  destroy() {
    this.root.remove();
  }
}
