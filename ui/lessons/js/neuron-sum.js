// The sum and the output with the numbers put in, and the PyTorch that gives the same.

import { h, write } from "./dom.js";
import { short } from "./neuron-controls.js";
import { ACTIVATIONS, sum } from "./neuron-maths.js";

const exact = (value) => String(Number(value.toFixed(6)));
const three = (value) => value.toFixed(3).replace(/^-(?=0\.000$)/, "").replace("-", "−");

export class SumLine {
  constructor() {
    this.weighted = h("p", { class: "lln-sum" });
    this.output = h("p", { class: "lln-sum" });
    this.distance = h("p", { class: "lln-sum llv-muted" });
    this.element = h("div", { class: "lln-sums" }, this.weighted, this.output, this.distance);
    this.program = h("pre", { class: "lln-code", tabindex: 0 });
    this.copy = h("button", { type: "button", class: "llv-text-button", onclick: () => this.toClipboard() }, "Copy");
    this.code = h("details", { class: "lln-program" }, h("summary", {}, "The code"), this.program, this.copy);
  }

  /** Numbers as they are now: w1, w2, b, the input x, the activation's name. */
  show({ w1, w2, b, x: [x1, x2], activation }) {
    const { f, formula, code } = ACTIVATIONS[activation];
    const z = sum({ w1, w2, b }, x1, x2);
    const term = (value) => h("b", { class: value < 0 ? "llv-negative" : "llv-positive" }, value < 0 ? `(${short(value)})` : short(value));
    this.weighted.replaceChildren("z = w₁x₁ + w₂x₂ + b = ", term(w1), " · ", term(x1), " + ", term(w2), " · ", term(x2), " + ", term(b), " = ", h("strong", {}, three(z)));
    this.output.replaceChildren(`a = ${formula} = `, h("strong", { class: "lln-a" }, three(f(z))));
    const length = Math.hypot(w1, w2);
    write(this.distance, length ? `Distance from the border: z / |w| = ${three(z)} / ${three(length)} = ${three(z / length)}` : "w = 0: no border; the output is the same everywhere.");
    write(this.program, [
      "import torch", "",
      `w = torch.tensor([${exact(w1)}, ${exact(w2)}], dtype=torch.float64)`,
      `b = ${exact(b)}`,
      `x = torch.tensor([${exact(x1)}, ${exact(x2)}], dtype=torch.float64)`,
      "z = w @ x + b", `a = ${code}`,
      'print(f"z = {z.item():.3f}, a = {a.item():.3f}")',
    ].join("\n"));
    write(this.copy, "Copy");
  }

  async toClipboard() {
    try {
      await navigator.clipboard.writeText(this.program.textContent);
      write(this.copy, "Copied");
    } catch {
      write(this.copy, "Mark the text and copy it by hand"); // a browser gives the clipboard to secure addresses only
    }
  }
}
