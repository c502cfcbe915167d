// Softmax: scores that are dragged, their shares, and a temperature; all is computed here.

import { softmax, softmaxSlopes } from "./activations-maths.js";
import { paint } from "./card.js";
import { h, write } from "./dom.js";
import { number } from "./format.js";
import { Graph } from "./graph.js";
import { readPalette } from "./palette.js";
import { attach } from "./styles.js";

const STYLES = ["live.css", "views.css", "graph.css", "lessons-activations.css"];
const LOW = -5;
const HIGH = 5;
const BEGIN = [2, 1, 0, -1];
const NAMES = ["A", "B", "C", "D"];

/** Show it, or follow another theme. */
export function open(parent) {
  const shown = (parent.layerlabSoftmax ??= new Shares(parent));
  shown.theme();
  setTimeout(() => shown.theme(), 150);
  return () => {
    shown.destroy();
    if (parent.layerlabSoftmax === shown) delete parent.layerlabSoftmax;
  };
}

class Shares {
  constructor(parent) {
    Object.assign(this, { parent, scores: [...BEGIN], temperature: 1 });
    const classes = { from: 0.4, to: NAMES.length + 0.6, ticks: NAMES.map((_, k) => k + 1), say: (tick) => `class ${NAMES[tick - 1]}` };
    const height = () => (window.innerHeight < 800 ? 230 : 290);
    this.given = new Graph({ label: "The scores", x: classes, y: { from: LOW, to: HIGH, title: "scores z: drag them" }, height });
    this.made = new Graph({ label: "The shares", x: classes, y: { from: 0, to: 1.1, ticks: [0, 0.2, 0.4, 0.6, 0.8, 1], title: "softmax(z): they sum to 1" }, height });
    this.slider = h("input", { type: "range", min: -1, max: 1, step: 0.01, value: 0, ariaLabel: "Temperature", "aria-valuetext": "1", oninput: () => this.heat(10 ** Number(this.slider.value)) });
    this.shown = h("output", {});
    this.formula = h("p", { class: "lla-told" });
    this.note = h("p", { class: "lla-chain" });
    this.table = h("table", { class: "lla-table", ariaLabel: "From scores to shares" });
    this.slopes = h("table", { class: "lla-table", ariaLabel: "Derivatives of softmax" });
    const button = (text, onclick) => h("button", { class: "llv-text-button", type: "button", onclick }, text);
    this.root = h("div", { class: "llv lla" },
      h("div", { class: "lla-line" },
        h("label", { class: "lla-heat" }, "Temperature T", this.slider, this.shown),
        (this.raise = button("All scores + 1", () => this.take(this.scores.map((score) => score + 1)))),
        button("Reset", () => {
          this.slider.value = 0;
          this.heat(1);
          this.take([...BEGIN]);
        })),
      h("div", { class: "lla-pair" }, this.given.element, this.made.element),
      this.formula, this.note,
      h("div", { class: "lla-tables" }, this.table, this.slopes));
    this.root.shares = this; // for measuring
    this.root.style.visibility = "hidden";
    attach(parent, STYLES).then(() => (this.root.style.visibility = ""));
    this.given.points(NAMES.map((name, k) => ({
      name, label: `Score of class ${name}`, x: k + 1, y: this.scores[k], move: "y", step: 0.1, colour: `class:${k}`,
      text: ({ y }) => `${number(y)}, share ${number(this.found?.shares[k] ?? NaN)}`,
      onmove: ({ y }) => this.take(this.scores.map((score, other) => (other === k ? y : score))),
    })));
    parent.append(this.root);
    this.heat(1);
  }

  theme() {
    const palette = readPalette(this.parent);
    paint(this.root, palette);
    this.given.theme(palette);
    this.made.theme(palette);
  }

  heat(temperature) {
    this.temperature = temperature;
    const text = number(temperature);
    write(this.shown, text);
    this.slider.setAttribute("aria-valuetext", text);
    this.draw();
  }

  take(scores) {
    this.scores = scores;
    this.draw();
  }

  draw() {
    const { scores, temperature } = this;
    this.found = softmax(scores, temperature);
    const { shares, weights } = this.found;
    const bar = (heights) => heights.map((y, k) => ({ from: [k + 1, 0], to: [k + 1, y], colour: `class:${k}`, dash: null, width: 26 }));
    this.given.guides(bar(scores));
    this.made.guides(bar(shares).map((row, k) => ({ ...row, text: shares[k].toFixed(3) })));
    this.raise.disabled = Math.max(...scores) + 1 > HIGH;
    NAMES.forEach((name, k) => this.given.point(name).put(k + 1, scores[k])); // says the new share, too
    const best = shares.indexOf(Math.max(...shares));
    write(this.formula, `p(${NAMES[best]}) = e^(${number(scores[best])} / ${number(temperature)}) / Σ e^(z / ${number(temperature)}) = ${number(shares[best])}`);
    write(this.note, this.sentence(shares));
    this.drawTable(weights, shares);
    this.drawSlopes(softmaxSlopes(shares, temperature));
  }

  sentence(shares) {
    const highest = Math.max(...shares);
    if (highest > 0.99) return "Nearly all of it goes to one class: softmax is saturated, and its derivatives are close to 0.";
    if (highest < 1.2 / shares.length) return "Nearly even: at a high temperature differences between scores hardly count.";
    return "Only differences between scores count: add 1 to all of them, and no share changes.";
  }

  drawTable(weights, shares) {
    const head = ["class", "z", "z / T", "e^((z − max) / T)", "share"];
    const rows = NAMES.map((name, k) => [name, number(this.scores[k]), number(this.scores[k] / this.temperature), number(weights[k]), shares[k].toFixed(3)]);
    const line = (cells, cell) => h("tr", {}, cells.map((text, k) => (cell === "th" || k === 0 ? h("th", { scope: cell === "th" ? "col" : "row" }, text) : h("td", {}, text))));
    this.table.replaceChildren(h("thead", {}, line(head, "th")), h("tbody", {}, rows.map((row) => line(row, "td"))));
  }

  drawSlopes(slopes) {
    const text = (value) => (Math.abs(value) < 5e-4 ? "0.000" : value.toFixed(3).replace("-", "−"));
    const line = (title, cells, cell) => h("tr", {}, h("th", { scope: cell === "th" ? "col" : "row" }, title), cells.map((each) => h(cell, cell === "th" ? { scope: "col" } : {}, each)));
    this.slopes.replaceChildren(
      h("thead", {}, line("∂p / ∂z", NAMES.map((name) => `z(${name})`), "th")),
      h("tbody", {}, slopes.map((row, k) => line(`p(${NAMES[k]})`, row.map(text), "td"))));
  }

  destroy() {
    this.given.destroy();
    this.made.destroy();
    this.root.remove();
  }
}
