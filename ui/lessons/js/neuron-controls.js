// The neuron's controls: points to tell apart, weights and bias as sliders, the activation.

import { h, mark, write } from "./dom.js";
import { ACTIVATIONS } from "./neuron-maths.js";
import { Slider } from "./slider.js";

const SUBSCRIPTS = { w1: "w₁", w2: "w₂", b: "b" };

/** A number with two decimals at most and a true minus. */
export function short(value) {
  return String(Math.round(value * 100) / 100 || 0).replace("-", "−");
}

export class NeuronControls {
  constructor({ tasks, weight, bias }, { onnumber, ontask, onactivation, ondouble }) {
    this.sliders = Object.fromEntries(Object.keys(SUBSCRIPTS).map((name) => {
      const most = name === "b" ? bias : weight;
      const spoken = name === "b" ? "Bias b" : `Weight ${SUBSCRIPTS[name]}`;
      return [name, new Slider({ label: SUBSCRIPTS[name], spoken, range: { from: -most, to: most, step: 0.1 }, text: short, flat: true, onchange: (value) => onnumber(name, value) })];
    }));
    this.tasks = this.choice("Points", tasks.map(({ name, title }) => [name, title]), ontask);
    this.functions = this.choice("Activation", Object.entries(ACTIVATIONS).map(([name, { title }]) => [name, title]), onactivation);
    this.double = h("button", { type: "button", class: "llv-text-button", onclick: ondouble }, "w and b × 2");
    this.problem = h("p", { class: "lln-problem", role: "alert" });
    this.element = h("div", { class: "lln-controls" }, this.tasks.element, this.functions.element,
      ...Object.values(this.sliders).map((slider) => slider.element),
      this.double, this.problem);
  }

  /** A group of buttons of which one is pressed. */
  choice(label, rows, onchoose) {
    const buttons = new Map(rows.map(([name, title]) => [name, h("button", { type: "button", class: "llv-text-button", onclick: () => onchoose(name) }, title)]));
    const element = h("div", { class: "lln-choice", role: "group", "aria-label": label }, h("span", { class: "lln-label" }, label), h("div", {}, ...buttons.values()));
    return { element, show: (chosen) => buttons.forEach((button, name) => mark(button, { "aria-pressed": String(name === chosen) })) };
  }

  show(numbers, activation, task) {
    this.tasks.show(task);
    this.functions.show(activation);
    write(this.problem, "");
    for (const [name, slider] of Object.entries(this.sliders)) slider.set(numbers[name]);
  }

  tell(problem) {
    write(this.problem, problem);
  }
}
