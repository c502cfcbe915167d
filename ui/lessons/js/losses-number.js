// One number predicted: three losses and their gradients over the prediction, which is dragged, and so is the right answer.

import { h } from "./dom.js";
import { Graph } from "./graph.js";
import { OF_NUMBERS } from "./losses-maths.js";
import { Code, Table, exact, four } from "./losses-table.js";

const REACH = 4;

export class NumberLosses {
  constructor() {
    Object.assign(this, { a: 2.5, y: 0 });
    const x = { from: -REACH, to: REACH, title: "prediction a" };
    this.loss = new Graph({ label: "Losses over the prediction", height: 250, x, y: { from: -0.5, to: 8, title: "loss" } });
    this.slope = new Graph({ label: "Gradients of the losses over the prediction", height: 200, x, y: { from: -6, to: 6, title: "∂ loss / ∂ a" } });
    this.table = new Table("Loss and gradient of the prediction", ["", "loss", "gradient"]);
    this.code = new Code();
    this.element = h("div", { class: "llo-two" },
      h("div", {}, this.loss.element, this.slope.element), h("div", {}, this.table.element, this.code.element));
  }

  get graphs() {
    return [this.loss, this.slope];
  }

  draw() {
    const { a, y } = this;
    const rows = OF_NUMBERS.map(({ title, colour, f, d, name }) => ({ name, title, colour, loss: (x) => f(x, y), slope: (x) => d(x, y) }));
    this.loss.lines(rows.map(({ name, title, colour, loss }) => ({ name, title, colour, f: loss })));
    this.slope.lines(rows.map(({ name, title, colour, slope }) => ({ name, title, colour, f: slope })));
    this.loss.marks(rows.map(({ colour, loss }) => ({ x: a, y: loss(a), colour, size: 5 })));
    this.slope.marks(rows.map(({ colour, slope }) => ({ x: a, y: slope(a), colour, size: 5 })));
    for (const graph of this.graphs) graph.guides([{ x: y, text: "right answer" }, { x: a }]);
    const point = (name, label, value, colour) => ({
      name, label, colour, x: value, y: 0, move: "x", step: 0.1,
      text: () => `${label} ${this[name].toFixed(2)}`, onmove: ({ x }) => this.set({ [name]: x }),
    });
    this.loss.points([point("y", "Right answer y", y, "muted"), point("a", "Prediction a", a, "accent")]);
    this.table.show(rows.map(({ title, colour, loss, slope }) => [[title, colour], four(loss(a)), four(slope(a))]), this.loss.ink);
    this.code.show(["import torch", "import torch.nn.functional as F", "", `y = torch.tensor(${exact(y)})`,
      ...OF_NUMBERS.flatMap(({ code }) => [`a = torch.tensor(${exact(a)}, requires_grad=True)`, `loss = F.${code}(a, y)`, "loss.backward()", `print("${code}", loss.item(), a.grad.item())`])]);
  }

  set(changes) {
    Object.assign(this, changes);
    this.draw();
  }
}
