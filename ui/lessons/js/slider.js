// A slider with its name and its value, for lessons: over a list of values, or over a range. slider.css belongs to it.

import { h, mark, write } from "./dom.js";

/**
 * { element, input, value, set(value), choices(values) }.
 *
 * `values`: a list to choose from, or `range: { from, to, step }`. `label` is its name to read, `spoken` the one that a
 * screen reader says; `text(value)` says a value; `flat` puts name, slider and value into one line.
 */
export class Slider {
  constructor({ label, spoken = label, values = null, range = null, value, text = String, flat = false, onchange }) {
    Object.assign(this, { values, range, text });
    this.output = h("output", { class: "lls-value" });
    this.input = h("input", { type: "range", min: range?.from ?? 0, max: range?.to, step: range?.step ?? 1, "aria-label": spoken, oninput: () => { this.show(this.value); onchange(this.value); } });
    this.element = h("label", { class: flat ? "lls lls-flat" : "lls" }, h("span", { class: "lls-name" }, label), this.output, this.input);
    if (values) this.choices(values);
    if (value !== undefined) this.set(value);
  }

  get value() {
    const number = Number(this.input.value);
    return this.values ? this.values[number] : number;
  }

  choices(values) {
    this.values = values;
    this.input.max = values.length - 1;
  }

  /** Lie at a value. One between two places of a range is shown as it is, and a slider that lies as near stays there. */
  set(value) {
    const place = this.values ? this.values.indexOf(value) : value;
    const near = this.range ? this.range.step / 2 : 0;
    if (document.activeElement !== this.input || Math.abs(Number(this.input.value) - place) > near) this.input.value = place;
    this.show(value);
  }

  show(value) {
    const text = this.text(value);
    write(this.output, text);
    mark(this.input, { "aria-valuetext": text });
  }
}
