// The unit under the glass: what it sees of the image, and the real numbers from which its value is computed.

import { h, icon, write } from "./dom.js";
import { Dense, Transposed, Upsampled } from "./explain-terms.js";
import { Activation, BatchNorm, Block, LayerNorm } from "./explain-value.js";
import { Convolution, Pooling } from "./explain-window.js";
import { number } from "./format.js";
import { signedNumber } from "./network-text.js";
import { placeText, planeOf } from "./maps-plan.js";

const EXPLAINERS = {
  conv1d: Convolution, conv2d: Convolution, max_pool: Pooling, avg_pool: Pooling, global_avg_pool: Pooling,
  dense: Dense, conv_transpose: Transposed, upsample: Upsampled,
  activation: Activation, batch_norm: BatchNorm, layer_norm: LayerNorm, residual: Block,
};
const NOTHING = "Click a value of any map (or walk there with the arrow keys and press Enter): here you see what it sees, and how it is computed.";

/** The part of the network's input that a unit sees: {top, bottom, left, right}; null where it sees padding alone. */
export function fieldOf({ field }, { y, x, channel }, shape) {
  const [rows, columns] = field.first.length === 1 ? [null, 0] : [0, 1];
  // values in a row are read channel by channel, row by row; behind a dense layer all places have one field
  const wide = field.first[columns].length;
  const flat = shape.length === 1;
  const high = rows === null ? 1 : field.first[0].length;
  const at = flat ? [Math.floor((channel % (high * wide)) / wide), channel % wide] : [y, x];
  const found = {
    top: rows === null ? 0 : field.first[0][at[0]], bottom: rows === null ? 0 : field.last[0][at[0]],
    left: field.first[columns][at[1]], right: field.last[columns][at[1]],
  };
  return found.top > found.bottom || found.left > found.right ? null : found;
}

export class Unit {
  /** `onplace({channel, y, x})`: walked to another place of the same layer; `onclose()`. */
  constructor({ onplace, onclose }) {
    Object.assign(this, { onplace, onclose, chosen: null, explainer: null, kind: null });
    this.title = h("h3", { class: "llv-unit-title" });
    this.sees = h("span", { class: "llv-muted" });
    this.back = h("button", { type: "button", class: "llv-mini", "aria-label": "Previous channel", title: "Previous channel", onclick: () => this.channel(-1) }, "‹");
    this.next = h("button", { type: "button", class: "llv-mini", "aria-label": "Next channel", title: "Next channel", onclick: () => this.channel(1) }, "›");
    this.close = h("button", { type: "button", class: "llv-mini llv-unit-close", "aria-label": "Close the unit", onclick: () => onclose() }, icon("close"));
    this.head = h("header", { class: "llv-unit-head" }, this.back, this.title, this.next, this.sees, this.close);
    this.body = h("div", { class: "llv-unit-body" });
    this.computed = h("output", { class: "llv-unit-computed" });
    this.real = h("output", { class: "llv-unit-real" });
    this.agree = h("span", { class: "llv-muted" });
    this.verdict = h("p", { class: "llv-unit-verdict" }, this.computed, " · ", h("span", { class: "llv-muted" }, "PyTorch "), this.real, " ", this.agree);
    this.hint = h("p", { class: "llv-unit-hint" }, NOTHING);
    this.element = h("section", { class: "llv-unitpane", "aria-label": "How one value is computed" }, this.head, this.body, this.hint);
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.chosen) return;
      event.stopPropagation();
      onclose();
    });
    this.show(null);
  }

  /** Whether the window goes by itself. */
  get slides() {
    return Boolean(this.explainer?.passage?.slider.timer);
  }

  /** chosen: {layer: row of the options, index, place: {channel, y, x}, source(k)} or null; what it needs comes by `update`. */
  show(chosen, input) {
    this.chosen = chosen;
    for (const part of [this.head, this.body]) part.hidden = !chosen;
    this.hint.hidden = Boolean(chosen);
    if (!chosen) return this.drop();
    const { layer, place } = chosen;
    write(this.title, `${layer.title} · ${placeText(layer, place)}`);
    const word = layer.shape.length === 1 ? "unit" : "map";
    for (const [button, way] of [[this.back, "Previous"], [this.next, "Next"]]) {
      button.title = `${way} ${word}`;
      button.setAttribute("aria-label", button.title);
    }
    const field = fieldOf(layer, place, layer.shape);
    write(this.sees, field ? sees(field, input) : "sees nothing but padding");
    if (this.kind !== layer.kind) {
      this.drop();
      this.kind = layer.kind;
      this.explainer = new EXPLAINERS[layer.kind](([y, x]) => this.onplace({ ...this.chosen.place, y, x }));
      this.explainer.element.querySelector(".llv-result").append(this.verdict);
      this.body.replaceChildren(this.explainer.element);
    }
  }

  drop() {
    this.explainer?.destroy();
    this.explainer = this.kind = null;
  }

  channel(step) {
    const { layer, place } = this.chosen;
    const count = layer.shape[0];
    this.onplace({ ...place, channel: (place.channel + step + count) % count });
  }

  /** New numbers: `find(name)` gives an array of the frame, or undefined. */
  update(find, palette) {
    if (!this.chosen) return;
    const { layer, index, place, source } = this.chosen;
    const known = find("exact_unit");
    if (!known || known.data[0] !== index || known.data[1] !== place.channel) return; // it is on its way
    const given = find("exact_input");
    const made = find("exact_output");
    const axes = Math.max(given.shape.length, made.shape.length) - 1;
    const facts = {
      layer, place, palette, axes, source,
      input: given.data, inputs: given.shape[0], size: planeOf(given.shape), got: made.data, output: planeOf(made.shape),
      weight: find("exact_weight")?.data, bias: find("exact_bias")?.data[0] ?? 0, epsilon: find("exact_epsilon")?.data[0],
      inner: find("exact_inner")?.data, shortcut: find("exact_shortcut")?.data,
    };
    const computed = this.explainer.show(facts);
    const real = made.data[(place.channel * facts.output[0] + place.y) * facts.output[1] + place.x];
    const apart = Math.abs(computed - real);
    this.computed.replaceChildren(signedNumber(computed, number(computed, 6)));
    this.real.replaceChildren(signedNumber(real, number(real, 6)));
    Object.assign(this.computed, { exact: computed });
    Object.assign(this.real, { exact: real });
    const why = apart <= 1e-4 * Math.max(1, Math.abs(real)) ? "rounding" : "apart by";
    write(this.agree, apart === 0 ? "(the same)" : `(${why}: ${number(apart, 1)})`);
  }

  destroy() {
    this.drop();
  }
}

function sees({ top, bottom, left, right }, input) {
  const span = (word, from, to) => (from === to ? `${word} ${from + 1}` : `${word}s ${from + 1} to ${to + 1}`);
  if (input.length < 3) return `sees ${span("input", left, right)} of ${input.at(-1)}`;
  const all = right - left + 1 === input[2] && bottom - top + 1 === input[1];
  return all ? "sees the whole image" : `sees ${span("row", top, bottom)}, ${span("column", left, right)} of the image (framed there)`;
}
