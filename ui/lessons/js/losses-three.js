// Three classes: scores to drag, the probabilities that softmax makes of them, cross-entropy and its gradients.

import { h } from "./dom.js";
import { Graph } from "./graph.js";
import { crossEntropy, crossEntropySlopes, softmax } from "./losses-maths.js";
import { Code, Table, exact, four } from "./losses-table.js";

const NAMES = ["A", "B", "C"];
const REACH = 6;

export class ThreeLosses {
  constructor() {
    Object.assign(this, { scores: [1, 2.5, -1], right: 0 });
    this.graph = new Graph({ label: "The three scores", height: 300,
      x: { from: 0.4, to: 3.6, title: "class A, B, C", ticks: [] }, y: { from: -REACH, to: REACH, title: "score z" } });
    this.table = new Table("Scores, probabilities and gradients", ["class", "score", "p", "∂ loss / ∂ z"]);
    this.said = h("p", { class: "llo-said" });
    this.code = new Code();
    this.choice = h("div", { class: "llo-choice", role: "group", "aria-label": "Right class" }, NAMES.map((name, k) =>
      h("button", { type: "button", class: "llv-text-button", onclick: () => this.set({ right: k }) }, `${name} is right`)));
    this.element = h("div", { class: "llo-two" }, h("div", {}, this.graph.element), h("div", {}, this.choice, this.said, this.table.element, this.code.element));
  }

  get graphs() {
    return [this.graph];
  }

  draw() {
    const { scores, right } = this;
    const [probabilities, slopes] = [softmax(scores), crossEntropySlopes(scores, right)];
    // an arrow: where gradient descent with a rate of 1 would push the score
    this.graph.guides(scores.flatMap((z, k) => [
      { from: [k + 1, 0], to: [k + 1, z], colour: "muted", dash: "2 3" },
      { from: [k + 1.16, z], to: [k + 1.16, z - slopes[k]], colour: slopes[k] < 0 ? "positive" : "negative", dash: null, width: 5 },
    ]));
    this.graph.points(scores.map((z, k) => ({
      name: NAMES[k], label: `Score of class ${NAMES[k]}`, x: k + 1, y: z, move: "y", step: 0.1, colour: `class:${k}`,
      text: () => `score ${this.scores[k].toFixed(2)}, probability ${softmax(this.scores)[k].toFixed(3)}`,
      onmove: ({ y }) => this.set({ scores: this.scores.map((old, at) => (at === k ? y : old)) }),
    })));
    this.graph.read("A bar beside a score: how far one step of gradient descent with learning rate 1 would move it.");
    this.said.replaceChildren(h("b", {}, `Cross-entropy: −ln p(${NAMES[right]}) = −ln ${four(probabilities[right])} = ${four(crossEntropy(scores, right))}`));
    this.table.show(scores.map((z, k) => [[`${NAMES[k]}${k === right ? " (right)" : ""}`, `class:${k}`], four(z), four(probabilities[k]), four(slopes[k])]), this.graph.ink);
    [...this.choice.children].forEach((button, k) => button.setAttribute("aria-pressed", String(k === right)));
    this.code.show(["import torch", "import torch.nn.functional as F", "", `z = torch.tensor([[${scores.map(exact).join(", ")}]], dtype=torch.float64, requires_grad=True)`,
      `loss = F.cross_entropy(z, torch.tensor([${right}]))`, "loss.backward()", "print(torch.softmax(z, 1).tolist())", "print(loss.item(), z.grad.tolist())"]);
  }

  set(changes) {
    Object.assign(this, changes);
    this.draw();
  }
}
