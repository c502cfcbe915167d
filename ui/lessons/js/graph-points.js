// The points of a graph that can be dragged: by mouse and touch, and by the arrow keys of whoever has the focus there.

import { number } from "./format.js";
import { svg } from "./graph-svg.js";

const LARGE = 10; // steps that Page up, Page down and Shift with an arrow go
const SIGNS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1], PageDown: [0, -LARGE], PageUp: [0, LARGE] };

/** One point: a slider for the keyboard and for screen readers, with a target of 44 px for fingers. */
export class Point {
  constructor(graph, name) {
    Object.assign(this, { graph, name, held: null });
    this.dot = svg("circle", { class: "llg-dot", r: 7 });
    this.element = svg("g", { class: "llg-point", role: "slider", tabindex: 0 },
      svg("circle", { class: "llg-target", r: 22 }), svg("circle", { class: "llg-halo", r: 12 }), this.dot);
    const on = (event, listener) => this.element.addEventListener(event, listener);
    on("keydown", (event) => this.key(event));
    on("pointerdown", (event) => this.hold(event));
    on("pointermove", (event) => this.held === event.pointerId && this.drag(event));
    for (const event of ["pointerup", "pointercancel", "lostpointercapture"]) on(event, () => this.leave());
  }

  /** Take what the page says of it: see graph.js, `points`. */
  describe(row) {
    this.row = { move: row.along ? "x" : "both", ...row };
    this.element.setAttribute("aria-label", row.label);
    this.put(row.x, row.y);
  }

  /** Lie at (x, y), on its curve where it has one; nobody is told. */
  put(x, y) {
    const { row, graph } = this;
    this.x = x;
    this.y = row.along ? row.along(x) : y;
    this.draw();
    const main = row.move === "y" ? "y" : "x";
    const [from, to] = this.bounds(main);
    const spoken = row.text ? row.text(this) : `${graph.x.title ?? "x"} ${number(this.x)}, ${graph.y.title ?? "y"} ${number(this.y)}`;
    for (const [attribute, value] of [["aria-valuemin", from], ["aria-valuemax", to], ["aria-valuenow", this[main]], ["aria-valuetext", spoken]]) {
      this.element.setAttribute(attribute, value);
    }
  }

  draw() {
    const { xs, ys } = this.graph;
    if (!xs) return;
    const inside = (value, scale) => Math.min(Math.max(value, Math.min(scale.start, scale.end)), Math.max(scale.start, scale.end));
    const left = inside(xs.at(this.x), xs);
    const top = inside(ys.at(this.y), ys); // a point of a curve that leaves the graph stays at its edge
    if (Number.isFinite(left) && Number.isFinite(top)) this.element.setAttribute("transform", `translate(${left.toFixed(1)} ${top.toFixed(1)})`);
  }

  theme(ink) {
    this.dot.setAttribute("fill", ink(this.row.colour ?? "accent"));
  }

  bounds(axis) {
    return this.row[`${axis}Range`] ?? [this.graph[axis].from, this.graph[axis].to];
  }

  stepOf(axis) {
    const [from, to] = this.bounds(axis);
    return this.row.step ?? (to - from) / 100;
  }

  /** So many steps on; on a logarithmic axis without a step of its own, hundredths of the axis. */
  moved(axis, steps) {
    if (!this.graph[axis].log || this.row.step) return this[axis] + steps * this.stepOf(axis);
    const [from, to] = this.bounds(axis);
    return this[axis] * (to / from) ** (steps / 100);
  }

  /** The nearest place it may take. */
  allowed(axis, value) {
    const [from, to] = this.bounds(axis);
    const step = this.row.step;
    const rounded = step ? Number((Math.round(value / step) * step).toPrecision(12)) : value;
    return Math.min(to, Math.max(from, rounded));
  }

  /** Go where the learner wants it, and tell the page if that is another place. */
  go(x, y) {
    const { move } = this.row;
    const to = [move === "y" ? this.x : this.allowed("x", x), move === "x" ? this.y : this.allowed("y", y)];
    const before = [this.x, this.y];
    this.put(...to);
    if (this.x !== before[0] || this.y !== before[1]) this.row.onmove?.(this);
  }

  hold(event) {
    if (event.button > 0) return;
    this.held = event.pointerId;
    this.element.setPointerCapture(event.pointerId);
    this.element.focus({ preventScroll: true });
    this.element.classList.add("llg-held");
    event.preventDefault();
    event.stopPropagation();
    this.drag(event);
  }

  drag(event) {
    const box = this.graph.drawing.getBoundingClientRect();
    this.go(this.graph.xs.value(event.clientX - box.left), this.graph.ys.value(event.clientY - box.top));
  }

  leave() {
    if (this.held === null) return;
    this.held = null;
    this.element.classList.remove("llg-held");
    this.row.onend?.(this);
  }

  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const main = this.row.move === "y" ? "y" : "x";
    if (event.key === "Home" || event.key === "End") {
      const value = this.bounds(main)[event.key === "Home" ? 0 : 1];
      this.go(main === "x" ? value : this.x, main === "y" ? value : this.y);
    } else if (SIGNS[event.key]) {
      const [right, up] = SIGNS[event.key].map((sign) => sign * (event.shiftKey ? LARGE : 1));
      const along = this.row.move === "both" ? [right, up] : main === "x" ? [right + up, 0] : [0, right + up];
      this.go(this.moved("x", along[0]), this.moved("y", along[1]));
    } else return;
    event.preventDefault();
    event.stopPropagation();
    this.row.onend?.(this);
  }
}
