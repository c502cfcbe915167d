// One neuron to handle: its border and its output over the plane, the sum with its numbers, the output along z.

import { paint } from "./card.js";
import { h, mark, write } from "./dom.js";
import { Graph } from "./graph.js";
import { NeuronControls, short } from "./neuron-controls.js";
import { ACTIVATIONS, biasThrough, ends, foot, isWrong, mistakes, sum, surface, zWidth } from "./neuron-maths.js";
import { OutputSolid } from "./neuron-solid.js";
import { SumLine } from "./neuron-sum.js";
import { readPalette } from "./palette.js";
import { attach } from "./styles.js";

const STYLES = ["live.css", "views.css", "graph.css", "slider.css", "lessons-neuron.css"];
const REACH = 3; // the plane is ±3 in both inputs
const WEIGHT = 3; // the largest weight
const BIAS = 9; // the largest bias
const SIDE = 121; // places a row of the output over the plane
const NEAR = 9; // px from the border within which a drag moves it

/** Show the neuron in `parent`, or follow a changed theme; gives the cleanup. props: tasks. */
export function open(parent, props) {
  const neuron = (parent.layerlabNeuron ??= new NeuronLesson(parent, props));
  neuron.theme();
  setTimeout(() => neuron.theme(), 150); // Streamlit may call before its new colours are in place
  return () => {
    neuron.destroy();
    if (parent.layerlabNeuron === neuron) delete parent.layerlabNeuron;
  };
}

class NeuronLesson {
  constructor(parent, { tasks }) {
    Object.assign(this, { parent, tasks, task: tasks[0], fewest: Infinity, activation: "sigmoid", w1: 1, w2: -1, b: 0.5, x: [1.5, -0.5], at: [0, 0] });
    this.controls = new NeuronControls({ tasks, weight: WEIGHT, bias: BIAS }, {
      onnumber: (name, value) => this.set({ [name]: value }),
      ontask: (name) => this.choose(name),
      onactivation: (name) => this.set({ activation: name }),
      ondouble: () => this.double(),
    });
    this.plane = new Graph({ label: "The plane of the two inputs, with the border and the output", square: true, height: (room) => Math.max(240, Math.min(room, 330)),
      x: { from: -REACH, to: REACH, title: "x₁" }, y: { from: -REACH, to: REACH, title: "x₂" } });
    this.curve = new Graph({ label: "The output over the sum z", height: 190, x: { from: -5, to: 5, title: "z = w·x + b" }, y: { from: -0.15, to: 1.15, title: "a" } });
    this.solid = new OutputSolid(REACH);
    this.legend = h("p", { class: "lln-legend" });
    this.score = h("p", { class: "lln-score", role: "status" });
    this.line = new SumLine();
    this.plane.drawing.addEventListener("pointerdown", (event) => this.grab(event), true);
    this.root = h("div", { class: "llv lln" },
      h("div", { class: "lln-left" }, this.controls.element, this.score),
      h("div", { class: "lln-plane" }, this.plane.element, this.legend),
      h("div", { class: "lln-tall" }, this.solid.element),
      h("div", { class: "lln-right" }, this.line.element, h("p", { class: "lln-caption" }, "Seen along the border: every point at its z"), this.curve.element, this.line.code));
    this.root.lesson = this; // for measuring
    this.root.style.visibility = "hidden"; // until it is styled
    attach(parent, STYLES).then(() => (this.root.style.visibility = ""));
    parent.append(this.root);
    this.palette = readPalette(parent);
    paint(this.root, this.palette);
    this.choose(this.task.name);
  }

  theme() {
    const palette = readPalette(this.parent);
    if (palette.version === this.themed) return;
    Object.assign(this, { palette, themed: palette.version });
    paint(this.root, palette);
    this.plane.theme(palette);
    this.curve.theme(palette);
    this.solid.theme(palette);
    this.draw();
  }

  choose(name) {
    this.task = this.tasks.find((task) => task.name === name);
    this.fewest = Infinity;
    this.draw();
  }

  /** Other numbers or another activation; the border's handle stays as near as it can. */
  set(changes, at = null) {
    Object.assign(this, changes);
    this.at = at ?? foot(this, ...this.at) ?? this.at;
    if (Math.max(...this.at.map(Math.abs)) > REACH) this.at = foot(this, 0, 0) ?? this.at;
    this.draw();
  }

  double() {
    const twice = { w1: 2 * this.w1, w2: 2 * this.w2, b: 2 * this.b };
    const tooLarge = Math.max(Math.abs(twice.w1), Math.abs(twice.w2)) > WEIGHT || Math.abs(twice.b) > BIAS;
    if (tooLarge) return this.controls.tell(`Twice as much is beyond the sliders (weights ±${WEIGHT}, bias ±${BIAS}): make them smaller first.`);
    this.set(twice);
  }

  // Dragging

  /** A press near the border takes hold of it there, wherever its handle is. */
  grab(event) {
    if (event.target.closest(".llg-point") || event.pointerType === "touch" || !(this.w1 || this.w2)) return;
    const frame = this.plane.drawing.getBoundingClientRect();
    const place = [this.plane.xs.value(event.clientX - frame.left), this.plane.ys.value(event.clientY - frame.top)];
    if (Math.max(...place.map(Math.abs)) > REACH) return;
    const [x1, x2] = foot(this, ...place);
    const away = Math.hypot(this.plane.xs.at(x1) - this.plane.xs.at(place[0]), this.plane.ys.at(x2) - this.plane.ys.at(place[1]));
    this.plane.point(away < NEAR ? "border" : "x").hold(event);
  }

  /** The border goes through this place, as far as the bias reaches. */
  shift([x1, x2]) {
    if (!(this.w1 || this.w2)) return this.set({}, [x1, x2]);
    const wanted = biasThrough(this, x1, x2);
    const b = Math.max(-BIAS, Math.min(BIAS, wanted));
    this.set({ b }, b === wanted ? [x1, x2] : foot({ ...this.numbers, b }, x1, x2));
  }

  /** The tip of w is here; the border turns about its handle. */
  turn([x1, x2]) {
    const [w1, w2] = [x1 - this.at[0], x2 - this.at[1]].map((value) => Math.max(-WEIGHT, Math.min(WEIGHT, Math.round(value * 100) / 100)));
    const b = biasThrough({ w1, w2 }, ...this.at);
    this.set({ w1, w2, b: Math.max(-BIAS, Math.min(BIAS, b)) }, Math.abs(b) > BIAS ? null : this.at);
  }

  get numbers() {
    return { w1: this.w1, w2: this.w2, b: this.b };
  }

  // Drawing

  draw() {
    if (!this.themed) return;
    this.controls.show(this.numbers, this.activation, this.task.name);
    this.drawPlane();
    this.drawLegend();
    this.move(this.x);
    this.count();
  }

  get marks() {
    return this.task.points.map(([x1, x2, label]) => ({ x1, x2, label, wrong: isWrong(this, x1, x2, label), colour: `class:${label}`, shape: label ? "circle" : "square" }));
  }

  drawPlane() {
    const { plane, at } = this;
    const border = ends(this, REACH);
    const tip = [at[0] + this.w1, at[1] + this.w2];
    plane.ground((context, width, height) => this.heat(context, width, height));
    plane.guides([
      ...(border ? [{ from: border[0], to: border[1], colour: "text", dash: "none", width: 3 }] : []),
      { from: at, to: tip, colour: "variant:2", dash: "none", width: 2.5 },
    ]);
    plane.marks(this.marks.flatMap(({ x1, x2, wrong, colour, shape, label }) => [
      { x: x1, y: x2, colour, shape, size: 6, title: `class ${label}: ${short(x1)}, ${short(x2)}` },
      ...(wrong ? [{ x: x1, y: x2, colour: "text", shape: "cross", size: 8 }] : []),
    ]));
    plane.points([
      { name: "border", label: "The border", x: at[0], y: at[1], step: 0.1, colour: "text", text: (point) => `goes through ${said([point.x, point.y])}`, onmove: (point) => this.shift([point.x, point.y]) },
      { name: "w", label: "The weights, tip of w", x: tip[0], y: tip[1], step: 0.1, colour: "variant:2", xRange: [at[0] - WEIGHT, at[0] + WEIGHT], yRange: [at[1] - WEIGHT, at[1] + WEIGHT],
        text: () => `w = ${said([this.w1, this.w2])}`, onmove: (point) => this.turn([point.x, point.y]) },
      { name: "x", label: "The input x", x: this.x[0], y: this.x[1], step: 0.1, colour: "variant:3", text: (point) => `x = ${said([point.x, point.y])}`, onmove: (point) => this.move([point.x, point.y]) },
    ]);
  }

  drawLegend() {
    const [low, high] = ACTIVATIONS[this.activation].scale;
    const [at, w, x] = ["text", "variant:2", "variant:3"].map((colour) => h("i", { class: "lln-dot", style: `background: ${this.plane.ink(colour)}` }));
    const relu = this.activation === "relu"; // its outputs have no least and no largest: grey is 0
    this.legend.replaceChildren(
      h("span", {}, at, "border"), h("span", {}, w, "tip of w"), h("span", {}, x, "input x"),
      h("span", {}, relu ? "a = 0" : `a = ${short(low)}`, h("i", { class: relu ? "lln-ramp lln-half" : "lln-ramp" }), relu ? `${high} and more` : short(high)));
  }

  /** The input is here. */
  move(x) {
    this.x = x;
    this.drawCurve();
    this.solid.show(this.numbers, this.activation, this.marks, x);
    this.line.show({ ...this.numbers, x, activation: this.activation });
  }

  heat(context, width, height) {
    const bytes = surface(this, this.activation, REACH, SIDE);
    const image = new ImageData(SIDE, SIDE);
    const pixels = new Uint32Array(image.data.buffer);
    for (let k = 0; k < bytes.length; k++) pixels[k] = this.palette.diverging[bytes[k]];
    const small = (this.small ??= Object.assign(document.createElement("canvas"), { width: SIDE, height: SIDE }));
    small.getContext("2d").putImageData(image, 0, 0);
    context.clearRect(0, 0, width, height);
    context.globalAlpha = 0.7; // so that points and line stand out
    context.drawImage(small, 0, 0, width, height);
  }

  drawCurve() {
    const { f, axis } = ACTIVATIONS[this.activation];
    const marks = this.marks.map((point) => ({ ...point, z: sum(this, point.x1, point.x2) }));
    const z = sum(this, ...this.x);
    const far = Math.max(Math.abs(z), ...marks.map((point) => Math.abs(point.z)));
    const most = zWidth(far);
    const [from, to] = axis(most);
    const axes = JSON.stringify([most, from, to]);
    if (axes !== this.axes) this.curve.axes({ x: { from: -most, to: most, title: "z = w·x + b" }, y: { from, to, title: "a" } });
    this.axes = axes;
    this.curve.lines([this.activation === "step"
      ? { name: "f", xs: [-most, 0, 0, most], ys: [0, 0, 1, 1], colour: "text" }
      : { name: "f", f, colour: "text" }]);
    this.curve.guides([{ x: 0, text: "border" }, { x: z, colour: "variant:3" }]);
    this.curve.marks([
      ...marks.flatMap(({ z: at, wrong, colour, shape }) => [{ x: at, y: f(at), colour, shape, size: 5 }, ...(wrong ? [{ x: at, y: f(at), colour: "text", shape: "cross", size: 7 }] : [])]),
      { x: z, y: f(z), colour: "variant:3", size: 7, title: "the input x" },
    ]);
  }

  count() {
    const wrong = mistakes(this, this.task.points);
    this.fewest = Math.min(this.fewest, wrong);
    const all = this.task.points.length;
    const done = wrong === 0 ? "All right: this line separates them." : wrong === this.task.fewest ? "No straight line does better." : `Fewest so far: ${this.fewest}.`;
    write(this.score, `${wrong} of ${all} points wrong. ${done}`);
    mark(this.score, { "data-done": wrong <= this.task.fewest });
  }

  destroy() {
    this.plane.destroy();
    this.curve.destroy();
    this.solid.destroy();
    this.root.remove();
  }
}

function said([x1, x2]) {
  return `(${short(x1)}, ${short(x2)})`;
}
