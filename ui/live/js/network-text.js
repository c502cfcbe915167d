// How weights, units and layers are named, and a unit's formula with its actual numbers.

import { h } from "./dom.js";
import { number } from "./format.js";

const CALLS = {
  linear: "", identity: "", sigmoid: "sigmoid", tanh: "tanh", relu: "ReLU", leaky_relu: "LeakyReLU", elu: "ELU",
  gelu: "GELU", silu: "SiLU", softplus: "softplus", softmax: "softmax", sign: "sign",
};
const TITLES = { leaky_relu: "leaky ReLU" };
const DIGITS = "₀₁₂₃₄₅₆₇₈₉";
const MOST_TERMS = 6;

/** 12 → "₁₂". */
export function subscript(value) {
  return [...String(value)].map((digit) => DIGITS[digit]).join("");
}

/** An activation for a column's head: "tanh", "leaky ReLU". */
export function activationTitle(name) {
  return TITLES[name] ?? (CALLS[name] || name);
}

/** A layer in a sentence; 0 is the input layer: "hidden 2", "output". */
export function layerTitle(options, layer) {
  return layer === 0 ? "inputs" : options.layers[layer - 1].name.toLowerCase();
}

/** A unit in a sentence: "x₁", "hidden 1 · unit 2", "output", "output · Adelie". */
export function unitTitle(options, layer, unit) {
  if (layer === 0) return options.inputs[unit];
  const { name, units } = options.layers[layer - 1];
  const last = layer === options.layers.length;
  if (last && units === 1) return name.toLowerCase();
  const own = last ? options.layers[layer - 1].titles?.[unit] : null;
  return `${name.toLowerCase()} · ${own ?? `unit ${unit + 1}`}`;
}

/** A number of a formula: two decimals, more where they would all be zero, a true minus. */
export function coefficient(value) {
  const size = Math.abs(value);
  if (!Number.isFinite(value) || (size > 0 && size < 0.005) || size >= 1000) return number(value, 2);
  return value.toFixed(2).replace("-", "−");
}

/** A number in the colour of its sign. */
export function signedNumber(value, text = number(value)) {
  const sign = value > 0 ? "positive" : value < 0 ? "negative" : "zero";
  return h("span", { class: `llv-number llv-${sign}` }, text);
}

/** The symbol of a unit of the layer before in a formula: an input's title, else h₁, h₂ … */
function symbol(options, layer, unit) {
  return layer === 0 ? options.inputs[unit] : `h${subscript(unit + 1)}`;
}

function sum(options, layer, weights, bias) {
  const parts = [];
  const add = (value, factor) => {
    const sign = parts.length ? (value < 0 ? " − " : " + ") : value < 0 ? "−" : "";
    parts.push(sign, h("span", { class: "llv-term" }, signedNumber(value, coefficient(Math.abs(value))), factor));
  };
  const shown = weights.length > MOST_TERMS ? MOST_TERMS - 1 : weights.length;
  for (let from = 0; from < shown; from++) add(weights[from], `·${symbol(options, layer - 1, from)}`);
  if (shown < weights.length) parts.push(h("span", { class: "llv-more" }, ` … + ${weights.length - shown} more`));
  if (Number.isFinite(bias)) add(bias, "");
  return parts;
}

/** "a = tanh(0.52·x₁ − 0.31·x₂ + 0.10)" as nodes, numbers in the colours of their signs; `layer` counts from 1. */
export function formula(options, layer, weights, bias) {
  const { activation } = options.layers[layer - 1];
  const call = CALLS[activation] ?? activation;
  const hidden = layer < options.layers.length;
  const z = sum(options, layer, weights, bias);
  if (activation === "softmax") return ["z = ", ...z, h("br"), "a = softmax(z) over all outputs"];
  const inner = options.batch_norm && hidden ? ["BatchNorm(", ...z, ")"] : z;
  return call ? [`a = ${call}(`, ...inner, ")"] : ["a = ", ...inner];
}

/** What the symbols of the formula mean, where they are not the inputs themselves. */
export function symbolsNote(options, layer) {
  if (layer < 2) return null;
  const name = layerTitle(options, layer - 1);
  return options.layers[layer - 2].units === 1 ? `h₁ is the output of ${name}.` : `h₁, h₂, … are the outputs of ${name}.`;
}
