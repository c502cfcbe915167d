// Points to drag and the straight lines that three losses fit to them, at once.

import { h } from "./dom.js";
import { Graph } from "./graph.js";
import { fit, meanLoss } from "./losses-fit.js";
import { OF_NUMBERS } from "./losses-maths.js";
import { Code, Table, exact, four } from "./losses-table.js";

const REACH = 5;

export class Outliers {
  constructor(start) {
    Object.assign(this, { start, points: start.map((point) => [...point]) });
    this.graph = new Graph({ label: "Points and the lines fitted to them", height: 380,
      x: { from: -REACH, to: REACH, title: "x" }, y: { from: -REACH, to: REACH, title: "y" } });
    this.table = new Table("The best line of each loss", ["", "slope w", "bias b", "mean loss"]);
    this.code = new Code();
    this.again = h("button", { type: "button", class: "llv-text-button", onclick: () => this.put(this.start.map((point) => [...point])) }, "As it was");
    this.far = h("button", { type: "button", class: "llv-text-button", onclick: () => this.put(this.points.map((point, k) => (k === this.points.length - 1 ? [4.5, -4.5] : point))) }, "Make the last one an outlier");
    this.element = h("div", { class: "llo-two" }, h("div", {}, this.graph.element),
      h("div", {}, h("div", { class: "llo-choice" }, this.far, this.again), this.table.element, this.code.element));
  }

  get graphs() {
    return [this.graph];
  }

  put(points) {
    this.points = points;
    this.draw();
  }

  draw() {
    const { points } = this;
    const rows = OF_NUMBERS.map(({ name, title, colour, code }) => ({ name, title, colour, code, line: fit(name, points) }));
    const fitted = rows.every(({ line }) => line);
    this.graph.lines(fitted ? rows.map(({ name, title, colour, line: [w, b] }) => ({ name, title, colour, f: (x) => w * x + b })) : []);
    this.graph.points(points.map(([x, y], k) => ({
      name: `point ${k + 1}`, label: `Point ${k + 1} of ${points.length}`, x, y, step: 0.1, colour: k === points.length - 1 ? "accent" : "muted",
      onmove: (moved) => this.put(this.points.map((point, at) => (at === k ? [moved.x, moved.y] : point))),
    })));
    this.graph.read(fitted ? "Drag any point; the blue one is the last." : "All points stand above one another: no line is the best. Drag one aside.");
    this.table.show(rows.map(({ name, title, colour, line }) => [[title, colour], ...(line ? [four(line[0]), four(line[1]), four(meanLoss(name, points, line))] : ["–", "–", "–"])]), this.graph.ink);
    this.code.show(["import torch", "import torch.nn.functional as F", "",
      `x = torch.tensor([${points.map(([x]) => exact(x)).join(", ")}], dtype=torch.float64)`, `y = torch.tensor([${points.map(([, y]) => exact(y)).join(", ")}], dtype=torch.float64)`, "",
      `for loss in (${rows.map(({ code }) => `F.${code}`).join(", ")}):`,
      "    line = torch.zeros(2, dtype=torch.float64, requires_grad=True)  # slope and bias",
      "    for k in range(4000):  # subgradient steps that grow shorter, for the absolute error has a kink",
      "        (gradient,) = torch.autograd.grad(loss(line[0] * x + line[1], y), line)",
      "        with torch.no_grad():",
      "            line -= 0.05 / (1 + k / 200) * gradient",
      "    print(loss.__name__, *(round(value, 2) for value in line.tolist()))"]);
  }
}
