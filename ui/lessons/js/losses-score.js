// Two classes, the right one is 1: cross-entropy beside the squared error, over the score or over the probability.

import { h } from "./dom.js";
import { Graph } from "./graph.js";
import { OF_SCORES, sigmoid } from "./losses-maths.js";
import { Code, Table, exact, four } from "./losses-table.js";

const REACH = 8;
const WEAK = 0.05; // a gradient of less hardly moves anything
const OVER = {
  z: { axis: { from: -REACH, to: REACH, title: "score z (right class: 1)" }, top: 9, low: -1.15, slope: "∂ loss / ∂ z" },
  p: { axis: { from: 0, to: 1, title: "probability p of the right class" }, top: 9, low: -12, slope: "∂ loss / ∂ p" },
};

/** Where the class is wrong and the squared error's gradient weak: from −∞ to this score. */
export function weakUpTo(steps = 4000) {
  const { d } = OF_SCORES.find((row) => row.name === "squared");
  for (let k = steps; k >= 0; k--) {
    const z = (-REACH * k) / steps;
    if (Math.abs(d(z)) >= WEAK) return z;
  }
  return 0;
}

export class ScoreLosses {
  constructor() {
    Object.assign(this, { z: -4, over: "z" });
    this.loss = new Graph({ label: "Losses", height: 250, x: OVER.z.axis, y: { from: 0, to: OVER.z.top, title: "loss" } });
    this.slope = new Graph({ label: "Gradients of the losses", height: 200, x: OVER.z.axis, y: { from: OVER.z.low, to: 0.15, title: OVER.z.slope } });
    this.table = new Table("Loss and gradient of the prediction", ["", "loss", "∂ / ∂ z", "∂ / ∂ p"]);
    this.code = new Code();
    this.said = h("p", { class: "llo-said" });
    this.choice = h("div", { class: "llo-choice", role: "group", "aria-label": "Drawn over" }, Object.entries({ z: "over the score z", p: "over the probability p" }).map(([name, title]) =>
      h("button", { type: "button", class: "llv-text-button", "data-over": name, onclick: () => this.turn(name) }, title)));
    this.element = h("div", { class: "llo-two" },
      h("div", {}, this.loss.element, this.slope.element), h("div", {}, this.choice, this.said, this.table.element, this.code.element));
  }

  get graphs() {
    return [this.loss, this.slope];
  }

  turn(over) {
    this.over = over;
    const { axis, top, low, slope } = OVER[over];
    this.loss.axes({ x: axis, y: { from: 0, to: top, title: "loss" } });
    this.slope.axes({ x: axis, y: { from: low, to: over === "z" ? 0.15 : 0.5, title: slope } });
    this.draw();
  }

  draw() {
    const { z } = this;
    const p = sigmoid(z);
    const ofZ = this.over === "z";
    const at = ofZ ? z : p;
    const rows = OF_SCORES.map((row) => ({ ...row, loss: ofZ ? row.f : row.ofP, slope: ofZ ? row.d : row.dOfP }));
    const line = (kind) => rows.map((row) => ({ name: row.name, title: row.title, colour: row.colour, f: row[kind] }));
    const weak = ofZ ? [{ from: -REACH, to: weakUpTo(), colour: "negative", title: "wrong, and the squared error hardly pushes" }] : [];
    this.loss.ranges(weak);
    this.slope.ranges(weak);
    this.loss.lines(line("loss"));
    this.slope.lines(line("slope"));
    this.loss.marks(rows.map(({ colour, loss }) => ({ x: at, y: loss(at), colour })));
    this.slope.marks(rows.map(({ colour, slope }) => ({ x: at, y: slope(at), colour })));
    for (const graph of this.graphs) graph.guides([{ x: at }]);
    this.loss.points([{
      name: "z", label: ofZ ? "Score z" : "Probability p", x: at, y: 0, move: "x", step: ofZ ? 0.2 : 0.01, colour: "accent",
      xRange: ofZ ? [-REACH, REACH] : [sigmoid(-REACH), sigmoid(REACH)],
      text: () => `score ${this.z.toFixed(2)}, probability ${sigmoid(this.z).toFixed(4)}`,
      onmove: ({ x }) => this.set({ z: ofZ ? x : Math.log(x / (1 - x)) }),
    }]);
    this.said.replaceChildren("Right class: 1. ", h("b", {}, `z = ${four(z)}, p = σ(z) = ${four(p)}`), z < 0 ? ` The network says class 0, ${Math.round(100 * (1 - p))} % sure.` : " The class is right.");
    this.table.show(OF_SCORES.map((row) => [[row.title, row.colour], four(row.f(z)), four(row.d(z)), four(row.dOfP(p))]), this.loss.ink);
    for (const button of this.choice.children) button.setAttribute("aria-pressed", String(button.dataset.over === this.over));
    this.code.show(["import torch", "import torch.nn.functional as F", "", "y = torch.tensor(1.0, dtype=torch.float64)",
      ...OF_SCORES.flatMap(({ code, name }) => [`z = torch.tensor(${exact(z)}, dtype=torch.float64, requires_grad=True)`, `loss = ${code}`, "loss.backward()", `print("${name}", loss.item(), z.grad.item())`])]);
  }

  set(changes) {
    Object.assign(this, changes);
    this.draw();
  }
}
