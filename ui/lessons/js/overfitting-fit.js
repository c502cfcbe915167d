// A polynomial through noisy points: degree, number of points and noise as sliders; the errors of every degree beside it.

import { write } from "./dom.js";
import { number } from "./format.js";
import { Graph } from "./graph.js";
import { DEGREES, errorsOn, evenNumbers, fitAll, highest, legendre, sample, truth, valuesAt } from "./overfitting-maths.js";
import { opener, OverfittingPanel } from "./overfitting-panel.js";
import { Slider } from "./slider.js";

const SIZES = [10, 15, 20, 30, 50, 100, 200];
const NOISES = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1];
const FRESH = 2000; // points that no fit has seen
const DEGREE = { from: 0, to: DEGREES, title: "degree" };

export const open = opener(class extends OverfittingPanel {
  constructor(parent) {
    const fit = new Graph({ label: "The points, the curve they come from, and the polynomial", x: { from: -1, to: 1, title: "x" }, y: { from: -2.2, to: 2.2, title: "y" }, height: 330 });
    const errors = new Graph({ label: "Error of every degree", x: DEGREE, y: { from: 1e-3, to: 1e2, log: true, title: "mean squared error" }, height: 330 });
    const compute = () => this.compute();
    const degree = new Slider({ label: "Degree", values: [0], value: 0, text: (d) => `${d}, ${d + 1} coefficient${d ? "s" : ""}`, onchange: () => this.draw() });
    const size = new Slider({ label: "Points to learn from", values: SIZES, value: 15, onchange: () => this.resize() });
    const noise = new Slider({ label: "Noise σ", values: NOISES, value: 0.3, onchange: compute });
    super(parent, { graphs: [fit, errors], controls: [degree, size, noise], button: { title: "Other points", act: () => { this.seed += 1; this.compute(); } } });
    Object.assign(this, { fit, errors, degree, size, noise, seed: 1 });
    this.resize(3);
  }

  /** Other sizes allow other degrees: one that is too high becomes the highest that there is. */
  resize(wanted = this.degree.value) {
    const most = highest(this.size.value);
    this.degree.choices(Array.from({ length: most + 1 }, (_, d) => d));
    this.degree.set(Math.min(wanted, most));
    this.compute();
  }

  compute() {
    const [n, noise] = [this.size.value, this.noise.value];
    this.points = sample(n, noise, evenNumbers(this.seed));
    this.fresh = sample(FRESH, noise, evenNumbers(this.seed + 1_000_003));
    this.polynomials = fitAll(this.points, highest(n));
    this.train = errorsOn(this.polynomials, this.points);
    this.validation = errorsOn(this.polynomials, this.fresh);
    this.best = this.validation.indexOf(Math.min(...this.validation));
    this.draw();
  }

  draw() {
    const d = this.degree.value;
    const degrees = this.train.map((_, k) => k);
    this.fit.lines([
      { name: "truth", f: truth, colour: "muted", dash: "6 4", title: "where the points come from" },
      { name: "fit", f: (x) => valuesAt(this.polynomials, legendre(x, degrees.length - 1))[d], colour: "accent", title: `polynomial of degree ${d}` },
    ]);
    this.fit.marks(this.points.xs.map((x, i) => ({ x, y: this.points.ys[i], colour: "text", size: this.points.xs.length > 60 ? 3 : 4.5 })));
    this.errors.lines([
      { name: "train", xs: degrees, ys: this.train, colour: "train", title: "training points" },
      { name: "validation", xs: degrees, ys: this.validation, colour: "test", dash: "6 4", title: `${FRESH.toLocaleString("en-US")} new points` },
    ]);
    const noise = this.noise.value ** 2;
    this.errors.guides([{ x: this.best, text: "lowest" }, ...(noise ? [{ y: noise, text: "σ²", dash: "2 4" }] : [])]);
    this.errors.points([{ name: "degree", label: "Degree", x: d, y: this.validation[d], move: "x", step: 1, xRange: [0, degrees.length - 1],
      text: () => `degree ${this.degree.value}`, onmove: ({ x }) => { this.degree.set(Math.round(x)); this.draw(); } }]);
    const exact = d + 1 === this.points.xs.length ? " It has as many coefficients as there are points, so it goes through every one of them." : "";
    write(this.said, `Degree ${d}: error ${this.train[d] < 1e-12 ? "0" : number(this.train[d])} on the points it was fitted to, ${number(this.validation[d])} on new ones. `
      + `Best on new points: degree ${this.best} with ${number(this.validation[this.best])}; the noise alone is σ² = ${noise ? number(noise) : "0"}.${exact}`);
  }
});
