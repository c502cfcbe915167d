// Many samples of one curve, a polynomial fitted to each: how far their mean is from the curve, and they from their mean.

import { write } from "./dom.js";
import { count, number } from "./format.js";
import { Graph } from "./graph.js";
import { decompose, DEGREES, truth } from "./overfitting-maths.js";
import { opener, OverfittingPanel } from "./overfitting-panel.js";
import { Slider } from "./slider.js";

const SIZES = [15, 20, 30, 50, 100];
const NOISES = [0.1, 0.2, 0.3, 0.5, 0.7];
const FITS = 150;
const DRAWN = 40; // of them

export const open = opener(class extends OverfittingPanel {
  constructor(parent) {
    const fits = new Graph({ label: `${DRAWN} fits, their mean, and the curve behind them`, x: { from: -1, to: 1, title: "x" }, y: { from: -2.2, to: 2.2, title: "y" }, height: 330 });
    const parts = new Graph({ label: "Squared bias, variance and noise of every degree", x: { from: 0, to: DEGREES, title: "degree" }, y: { from: 1e-4, to: 10, log: true, title: "squared error" }, height: 330 });
    const compute = () => this.compute();
    const degree = new Slider({ label: "Degree", values: Array.from({ length: DEGREES + 1 }, (_, d) => d), value: 1, onchange: () => this.draw() });
    const size = new Slider({ label: "Points of each sample", values: SIZES, value: 20, onchange: compute });
    const noise = new Slider({ label: "Noise σ", values: NOISES, value: 0.5, onchange: compute });
    super(parent, { graphs: [fits, parts], controls: [degree, size, noise], button: { title: "Other samples", act: () => { this.seed += 1; this.compute(); } } });
    Object.assign(this, { fits, parts, degree, size, noise, seed: 1 });
    this.compute();
  }

  compute() {
    this.found = decompose({ n: this.size.value, noise: this.noise.value, fits: FITS, seed: this.seed });
    this.draw();
  }

  draw() {
    const { grid, curves, rows } = this.found;
    const row = rows[this.degree.value];
    this.fits.lines([
      ...curves[row.degree].slice(0, DRAWN).map((ys, k) => ({ name: `fit ${k}`, xs: grid, ys, colour: "accent", width: 1, opacity: 0.35, title: k ? undefined : `${DRAWN} of ${FITS} fits` })),
      { name: "mean", xs: grid, ys: row.mean, colour: "negative", width: 3, title: "their mean" },
      { name: "truth", f: truth, colour: "text", dash: "6 4", title: "the curve behind the points" },
    ]);
    const degrees = rows.map(({ degree }) => degree);
    const line = (name, colour, title, more = {}) => ({ name, xs: degrees, ys: rows.map((each) => each[name]), colour, title, ...more });
    this.parts.lines([
      line("bias", "variant:0", "bias²"), line("variance", "variant:1", "variance"), line("noise", "muted", "noise σ²", { dash: "2 4" }),
      line("sum", "text", "sum", { width: 3 }),
    ]);
    this.parts.marks(rows.map(({ degree, measured }) => ({ x: degree, y: measured, shape: "cross", colour: "variant:3", title: "measured" })));
    this.parts.points([{ name: "degree", label: "Degree", x: row.degree, y: row.sum, move: "x", step: 1,
      text: () => `degree ${this.degree.value}`, onmove: ({ x }) => { this.degree.set(Math.round(x)); this.draw(); } }]);
    write(this.said, `Degree ${row.degree}: bias² ${number(row.bias)} + variance ${number(row.variance)} + noise ${number(row.noise)} = ${number(row.sum)}. `
      + `Measured on ${count(FITS * grid.length)} new noisy points (×): ${number(row.measured)} ± ${number(row.spread, 1)}.`);
  }
});
