// How one value of a dense layer, a transposed convolution or a smooth upsampling comes about: its largest terms.

import { h, write } from "./dom.js";
import { number } from "./format.js";
import { signedNumber } from "./network-text.js";
import { Passage } from "./explain-window.js";
import { POINT } from "./window-maths.js";

const SHOWN = 5;

/** A table of terms value × weight = product, the largest first; the others are one row at its end. */
class Terms {
  constructor() {
    this.body = h("tbody");
    const head = ["input", "value", "weight", "product"].map((text) => h("th", { scope: "col" }, text));
    this.element = h("div", { class: "llv-terms", tabindex: "0", role: "region", "aria-label": "The largest terms" },
      h("table", {}, h("thead", {}, h("tr", {}, head)), this.body));
    this.rows = [];
  }

  /** `name(k)`: what term k is called; gives the sum of all products. */
  show(values, weights, name) {
    let sum = 0;
    const top = []; // [size, k], the largest first
    for (let k = 0; k < values.length; k++) {
      const product = values[k] * weights[k];
      sum += product;
      const size = Math.abs(product);
      if (top.length === SHOWN && size <= top.at(-1)[0]) continue;
      let at = top.length;
      while (at > 0 && top[at - 1][0] < size) at -= 1;
      top.splice(at, 0, [size, k]);
      top.length = Math.min(top.length, SHOWN);
    }
    const rest = top.reduce((left, [, k]) => left - values[k] * weights[k], sum);
    const lines = top.map(([, k]) => [name(k), number(values[k]), number(weights[k]), number(values[k] * weights[k])]);
    if (values.length > top.length) lines.push([`${(values.length - top.length).toLocaleString("en-US")} more`, "", "", number(rest)]);
    if (lines.length !== this.rows.length) {
      this.rows = lines.map(() => [h("th", { scope: "row" }), h("td"), h("td"), h("td")]);
      this.body.replaceChildren(...this.rows.map((cells) => h("tr", {}, cells)));
    }
    lines.forEach((line, i) => line.forEach((text, k) => write(this.rows[i][k], text)));
    return sum;
  }
}

const sumline = (line, sum, bias) =>
  line.replaceChildren("sum of the products ", signedNumber(sum, number(sum, 6)), " + bias ", signedNumber(bias, number(bias, 6)), " = ");

export class Dense {
  constructor() {
    this.terms = new Terms();
    this.line = h("p", { class: "llv-sumline" });
    this.element = h("div", { class: "llv-explained" }, h("div", { class: "llv-working" }, this.terms.element, h("div", { class: "llv-result" }, this.line)));
  }

  show({ input, weight, bias, source }) {
    const sum = this.terms.show(input, weight, source);
    sumline(this.line, sum, bias);
    return sum + bias;
  }

  destroy() {}
}

/** The inputs that paint output place [y, x] of a transposed convolution: [channel, row, column, index of the weight]. */
export function painters({ kernel, stride, padding }, [height, width], inputs, [y, x]) {
  const found = [];
  for (let row = 0; row < kernel; row++) {
    const from = (y + padding - row) / stride;
    if (!Number.isInteger(from) || from < 0 || from >= height) continue;
    for (let column = 0; column < kernel; column++) {
      const beside = (x + padding - column) / stride;
      if (!Number.isInteger(beside) || beside < 0 || beside >= width) continue;
      for (let channel = 0; channel < inputs; channel++) found.push([channel, from, beside, (channel * kernel + row) * kernel + column]);
    }
  }
  return found;
}

/** Where an upsampled place looks along one axis, and how much each counts: [[place, weight], …]. */
export function lookAt(place, factor, size, mode) {
  if (mode === "nearest") return [[Math.floor(place / factor), 1]];
  const at = Math.max(0, (place + 0.5) / factor - 0.5);
  const low = Math.floor(at);
  return [[low, 1 - (at - low)], [Math.min(low + 1, size - 1), at - low]];
}

/** A layer whose output is larger than its input: one walks over what comes out, and sees what it is made of. */
class Larger {
  constructor(onplace) {
    this.passage = new Passage(onplace);
    this.passage.slider.element.querySelector("[role=application]").setAttribute("aria-label", "What comes out. Arrow keys move over it.");
    this.passage.result.element.parentElement.hidden = true;
    this.terms = new Terms();
    this.line = h("p", { class: "llv-sumline" });
    this.element = h("div", { class: "llv-explained" }, this.passage.element, h("div", { class: "llv-working" }, this.terms.element, h("div", { class: "llv-result" }, this.line)));
  }

  walk(facts) {
    this.passage.show({ ...facts, input: facts.got, size: facts.output }, POINT, facts.place.channel);
  }

  destroy() {
    this.passage.destroy();
  }
}

const named = ([channel, row, column]) => `map ${channel + 1}, row ${row + 1}, column ${column + 1}`;

export class Transposed extends Larger {
  show(facts) {
    this.walk(facts);
    const { layer, size, input, inputs, weight, bias, place } = facts;
    const terms = painters(layer.layer, size, inputs, [place.y, place.x]);
    const values = terms.map(([channel, row, column]) => input[(channel * size[0] + row) * size[1] + column]);
    const sum = this.terms.show(values, terms.map((term) => weight[term[3]]), (k) => named(terms[k]));
    sumline(this.line, sum, bias);
    return sum + bias;
  }
}

export class Upsampled extends Larger {
  show(facts) {
    this.walk(facts);
    const { layer: { layer }, size, input, place } = facts;
    const rows = facts.axes === 1 ? [[0, 1]] : lookAt(place.y, layer.factor, size[0], layer.mode);
    const terms = rows.flatMap(([row, high]) =>
      lookAt(place.x, layer.factor, size[1], layer.mode).map(([column, wide]) => [place.channel, row, column, high * wide]));
    const values = terms.map(([channel, row, column]) => input[(channel * size[0] + row) * size[1] + column]);
    const sum = this.terms.show(values, terms.map((term) => term[3]), (k) => named(terms[k]));
    this.line.replaceChildren(layer.mode === "nearest" ? "a copy of the value at the same place = " : "a mean of its neighbours, the nearer the more = ");
    return sum;
  }
}
