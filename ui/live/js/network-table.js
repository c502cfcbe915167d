// The weights as a table for people who cannot see the diagram; refreshed now and then, not at every frame.

import { h } from "./dom.js";
import { number } from "./format.js";
import { unitTitle } from "./network-text.js";

const REST = 3000; // ms between two refreshes

export class WeightTable {
  constructor(root) {
    this.body = h("tbody");
    this.element = h("div", { class: "llv-hidden" }, h("table", {},
      h("caption", {}, "Weights and biases of the network"),
      h("thead", {}, h("tr", {}, ["Unit", "Bias", "Incoming weights"].map((title) => h("th", { scope: "col" }, title)))),
      this.body));
    root.append(this.element);
  }

  /** Say that the numbers changed; the table follows within a few seconds. */
  changed(options, numbers) {
    Object.assign(this, { options, numbers });
    this.timer ??= setTimeout(() => this.write(), this.body.childElementCount ? REST : 0);
  }

  write() {
    this.timer = null;
    const { options, numbers } = this;
    if (!numbers.weights()) return;
    const rows = options.layers.flatMap(({ units }, at) => Array.from({ length: units }, (_, unit) => {
      const weights = [...numbers.into(at + 1, unit)].map((value, from) => `${unitTitle(options, at, from)}: ${number(value)}`);
      return h("tr", {}, h("th", { scope: "row" }, unitTitle(options, at + 1, unit)),
        h("td", {}, number(numbers.value("bias", at, [unit]))), h("td", {}, weights.join(", ")));
    }));
    this.body.replaceChildren(...rows);
  }

  destroy() {
    clearTimeout(this.timer);
    this.element.remove();
  }
}
