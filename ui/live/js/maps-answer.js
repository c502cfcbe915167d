// What comes out at the end: the classes' probabilities as bars, or the number that the network gives.

import { h, mark, write } from "./dom.js";
import { number } from "./format.js";

export class Answer {
  constructor() {
    this.title = h("h3", { class: "llv-block-title" });
    this.said = h("p", { class: "llv-block-scale" });
    this.list = h("ol", { class: "llv-bars" });
    this.element = h("div", { class: "llv-block llv-maps-answer", tabindex: "0", role: "region", "aria-label": "The network's answer" }, this.title, this.said, this.list);
  }

  describe({ classes, threshold = 0 }) {
    Object.assign(this, { classes, threshold });
    const names = classes.length ? classes : ["output"];
    this.rows = names.map((name) => {
      const bar = h("span", { class: "llv-bar-fill" });
      const value = h("span", { class: "llv-bar-value" }, "–");
      return { bar, value, item: h("li", {}, h("span", { class: "llv-bar-name", title: name }, name), h("span", { class: "llv-bar" }, bar), value) };
    });
    this.list.replaceChildren(...this.rows.map(({ item }) => item));
  }

  update(find) {
    const probabilities = find("probabilities")?.data;
    const scores = find("scores").data;
    const target = find("target")?.data[0];
    const { classes, rows } = this;
    if (!classes.length) {
      write(this.title, "Output");
      this.fill(rows[0], 0, number(scores[0]), false, false);
      return write(this.said, target === undefined ? "" : `true value ${number(target)}`);
    }
    // two classes may share one output: the probability of the second
    const one = (values) => (values.length === 1 && classes.length === 2 ? [1 - values[0], values[0]] : values);
    const shares = probabilities ? one(probabilities) : null;
    const values = shares ?? scores;
    let best = 0;
    for (let k = 1; k < values.length; k++) if (values[k] > values[best]) best = k;
    if (values.length === 1) best = values[0] > this.threshold ? 1 : 0;
    write(this.title, shares ? "Probabilities" : "Outputs");
    const known = target !== undefined;
    write(this.said, known ? `true: ${classes[target]}` : "your drawing");
    this.element.classList.toggle("llv-wrong", known && best !== target);
    const most = Math.max(...Array.from(values, Math.abs)) || 1;
    rows.forEach((row, k) => {
      const value = values[k];
      if (value === undefined) return this.fill(row, 0, "–", false, known && k === target);
      const share = shares ? value : Math.max(0, value) / most;
      this.fill(row, share, shares ? percent(value) : number(value), k === best, known && k === target);
    });
  }

  fill({ bar, value, item }, share, text, best, right) {
    bar.style.width = `${(100 * share).toFixed(1)}%`;
    write(value, text);
    mark(item, { "data-best": best, "data-true": right, "aria-label": null });
  }
}

/** A share as per cent, one decimal below ten. */
function percent(share) {
  const value = 100 * share;
  return value > 0 && value < 9.95 ? `${value.toFixed(1)} %` : `${Math.round(value)} %`;
}
