// What the card says about the weight or the unit under the pointer; asked again at every frame while it is open.

import { h } from "./dom.js";
import { number } from "./format.js";
import { formula, signedNumber, symbolsNote, unitTitle } from "./network-text.js";

function rows(pairs) {
  return h("dl", { class: "llv-rows" }, pairs.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
}

/** The gradient of a parameter; where updates went by without one, this system learns without gradients. */
function gradient(numbers, name, layer, index, symbol) {
  const value = numbers.value(`${name}_gradient`, layer, index);
  if (Number.isFinite(value)) return [[symbol, signedNumber(value)]];
  return numbers.frame?.step > 0 ? [] : [[symbol, h("span", { class: "llv-muted" }, "after the first update")]];
}

function edgeCard(options, numbers, { layer, to, from }) {
  const value = numbers.value("weight", layer, [to, from]);
  return [
    h("div", { class: "llv-card-title" }, `w from ${unitTitle(options, layer, from)} to ${unitTitle(options, layer + 1, to)}`),
    rows([["weight", signedNumber(value)], ...gradient(numbers, "weight", layer, [to, from], "∂L/∂w")]),
  ];
}

function inputCard(options, numbers, unit) {
  const value = numbers.value("activation", 0, [unit]);
  const scale = numbers.value("unit_scale", 0, [unit]);
  return [
    h("div", { class: "llv-card-title" }, `Input ${options.inputs[unit]}`),
    Number.isFinite(value) ? rows([["this sample", signedNumber(value)]]) : null,
    Number.isFinite(scale) ? h("p", { class: "llv-muted" }, `Colours from −${number(scale)} to ${number(scale)}`) : null,
  ];
}

function unitCard(options, numbers, { layer, unit }) {
  if (layer === 0) return inputCard(options, numbers, unit);
  const bias = numbers.value("bias", layer - 1, [unit]);
  const value = numbers.value("activation", layer, [unit]);
  const scale = numbers.value("unit_scale", layer, [unit]);
  const note = symbolsNote(options, layer);
  const pairs = [];
  if (Number.isFinite(value)) pairs.push(["this sample", signedNumber(value)]);
  if (Number.isFinite(bias)) pairs.push(["bias", signedNumber(bias)], ...gradient(numbers, "bias", layer - 1, [unit], "∂L/∂b"));
  const title = unitTitle(options, layer, unit);
  return [
    h("div", { class: "llv-card-title" }, title[0].toUpperCase() + title.slice(1)),
    h("div", { class: "llv-formula" }, formula(options, layer, [...numbers.into(layer, unit)], bias)),
    note ? h("p", { class: "llv-muted" }, note) : null,
    pairs.length ? rows(pairs) : null,
    Number.isFinite(scale) ? h("p", { class: "llv-muted" }, `Colours from −${number(scale)} to ${number(scale)}`) : null,
  ];
}

/** The card's content for a target: {layer, unit}, or an edge {layer, to, from}. */
export function cardContent(options, numbers, target) {
  return ("unit" in target ? unitCard : edgeCard)(options, numbers, target).filter(Boolean);
}

/** The same in one sentence, for a screen reader. */
export function spoken(options, numbers, target) {
  const say = (value) => (Number.isFinite(value) ? number(value) : "not known yet");
  if ("unit" in target) {
    const { layer, unit } = target;
    if (layer === 0) return `Input ${options.inputs[unit]}`;
    return `${unitTitle(options, layer, unit)}, bias ${say(numbers.value("bias", layer - 1, [unit]))}`;
  }
  const { layer, to, from } = target;
  return `Weight from ${unitTitle(options, layer, from)} to ${unitTitle(options, layer + 1, to)}: ${say(numbers.value("weight", layer, [to, from]))}`;
}
