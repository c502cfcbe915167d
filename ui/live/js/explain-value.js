// How one value comes about in a layer that works on every value by itself, or adds two ways up.

import { h } from "./dom.js";
import { number } from "./format.js";
import { coefficient, signedNumber } from "./network-text.js";
import { Passage } from "./explain-window.js";
import { POINT } from "./window-maths.js";

/** The error function, right to 2e-7 (Abramowitz and Stegun 7.1.26). */
function erf(x) {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const tail = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return Math.sign(x) * (1 - tail * Math.exp(-x * x));
}

const sigmoid = (z) => 1 / (1 + Math.exp(-z));

/** Activation functions by the names of the registry: what they are called, how they are written, and f itself. */
export const FUNCTIONS = {
  linear: ["linear", "z", (z) => z],
  sigmoid: ["sigmoid", "1 / (1 + e^−z)", sigmoid],
  tanh: ["tanh", "tanh z", Math.tanh],
  relu: ["ReLU", "max(0, z)", (z) => Math.max(0, z)],
  leaky_relu: ["leaky ReLU", "max(0.01 z, z)", (z) => Math.max(0.01 * z, z)],
  elu: ["ELU", "z if z > 0, else e^z − 1", (z) => (z > 0 ? z : Math.expm1(z))],
  gelu: ["GELU", "z Φ(z)", (z) => (z * (1 + erf(z / Math.SQRT2))) / 2],
  silu: ["SiLU", "z · sigmoid(z)", (z) => z * sigmoid(z)],
  softplus: ["softplus", "ln(1 + e^z)", (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)))],
};

/** The window of one place on the input, where there are maps, and a line of numbers. */
class OneValue {
  constructor(onplace) {
    this.passage = new Passage(onplace);
    this.lines = h("div", { class: "llv-lines" });
    this.line = h("p", { class: "llv-sumline" });
    this.element = h("div", { class: "llv-explained" }, this.passage.element, h("div", { class: "llv-working" }, this.lines, h("div", { class: "llv-result" }, this.line)));
  }

  show(facts) {
    this.passage.element.hidden = facts.axes === 0;
    if (facts.axes) this.passage.show(facts, POINT, facts.place.channel);
    const { size, place } = facts;
    const at = (place.channel * size[0] + place.y) * size[1] + place.x;
    const { about, line, value } = this.explain(facts, facts.input[at]);
    this.lines.replaceChildren(...about);
    this.line.replaceChildren(...line);
    return value;
  }

  destroy() {
    this.passage.destroy();
  }
}

const SVG = "http://www.w3.org/2000/svg";

/** The graph of f from −span to span, with the point (z, f(z)). */
function graph(f, z) {
  const span = Math.max(3, Math.min(12, 1.25 * Math.abs(z)));
  const [wide, high] = [130, 84];
  const x = (value) => ((value + span) / (2 * span)) * wide;
  const values = Array.from({ length: 66 }, (_, i) => -span + (2 * span * i) / 65);
  const low = Math.min(-0.3, ...values.map(f));
  const top = Math.max(1.05, ...values.map(f));
  const y = (value) => high - ((value - low) / (top - low)) * high;
  const make = (tag, attributes) => {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const svg = make("svg", { viewBox: `-4 -4 ${wide + 8} ${high + 8}`, class: "llv-graph", role: "img", "aria-label": "The function's graph with this value on it" });
  svg.append(
    make("path", { class: "llv-graph-axis", d: `M0 ${y(0)}H${wide}M${x(0)} 0V${high}` }),
    make("path", { class: "llv-graph-line", d: values.map((value, i) => `${i ? "L" : "M"}${x(value).toFixed(1)} ${y(f(value)).toFixed(1)}`).join("") }),
    make("circle", { class: "llv-graph-dot", cx: x(Math.max(-span, Math.min(span, z))), cy: y(f(Math.max(-span, Math.min(span, z)))), r: 4.5 }),
  );
  return svg;
}

export class Activation extends OneValue {
  explain({ layer }, z) {
    const [title, formula, f] = FUNCTIONS[layer.layer.function];
    return {
      value: f(z),
      about: [h("p", {}, `${title}: f(z) = ${formula}`), graph(f, z)],
      line: ["f(", signedNumber(z, number(z, 6)), ") = "],
    };
  }
}

/** " + 0.12", " − 0.12": a number that is added. */
const added = (value) => `${value < 0 ? " − " : " + "}${coefficient(Math.abs(value))}`;

const normalized = (x, mean, variance, epsilon, gamma, beta) =>
  `(${coefficient(x)}${added(-mean)}) / √(${coefficient(variance)} + ${epsilon.toExponential(0).replace("-", "−")}) · ${coefficient(gamma)}${added(beta)} = `;

export class BatchNorm extends OneValue {
  explain({ weight: [mean, variance, gamma, beta], epsilon }, x) {
    return {
      value: ((x - mean) / Math.sqrt(variance + epsilon)) * gamma + beta,
      about: [h("p", {}, "(x − mean) / √(variance + ε) · γ + β, with the running mean and variance of this map over the training batches, and learned γ and β")],
      line: [normalized(x, mean, variance, epsilon, gamma, beta)],
    };
  }
}

export class LayerNorm extends OneValue {
  explain({ input, weight, epsilon, size, place }, x) {
    const mean = input.reduce((sum, value) => sum + value, 0) / input.length;
    const variance = input.reduce((sum, value) => sum + (value - mean) ** 2, 0) / input.length;
    const at = place.y * size[1] + place.x;
    const [gamma, beta] = [weight[at], weight[weight.length / 2 + at]];
    return {
      value: ((x - mean) / Math.sqrt(variance + epsilon)) * gamma + beta,
      about: [h("p", {}, "(x − mean) / √(variance + ε) · γ + β, with mean and variance over all values of this sample, and learned γ and β")],
      line: [normalized(x, mean, variance, epsilon, gamma, beta)],
    };
  }
}

export class Block extends OneValue {
  show(facts) {
    const { output, place, inner, shortcut, layer } = facts;
    const at = (place.channel * output[0] + place.y) * output[1] + place.x;
    this.passage.element.hidden = true;
    const way = layer.layer.shortcut === "identity" ? "the block's input" : "the input's projection";
    this.line.replaceChildren("inner layers ", signedNumber(inner[at], number(inner[at], 6)), ` + ${way} `, signedNumber(shortcut[at], number(shortcut[at], 6)), " = ");
    return inner[at] + shortcut[at];
  }
}
