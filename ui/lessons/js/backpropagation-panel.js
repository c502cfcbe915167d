// Under the drawing: how the numbers of this step are made, the number that was opened, and what the two judges say.

import { h, mark, write } from "./dom.js";
import { maths, paragraphs, spoken } from "./backpropagation-maths.js";

const PHASES = { forward: "Forward", backward: "Backward", update: "Update" };
const VERDICTS = { agrees: "agrees", kink: "at a kink", differs: "differs" };

/** What happens in a step, in formulas with the numbers put in. */
export class StepPanel {
  constructor() {
    this.title = h("h3", { class: "lbp-title" });
    this.lines = h("div", { class: "lbp-lines" });
    this.element = h("section", { class: "lbp-panel", "aria-label": "This step", tabindex: 0 }, this.title, this.lines);
  }

  show(title, lines) {
    this.title.replaceChildren(...maths(title));
    this.lines.replaceChildren(...paragraphs(lines));
    this.element.scrollTop = 0;
  }
}

/** One opened number: all its formulas, and a field for a number of the learner's own. */
export class OpenPanel {
  /** `onset(name, value)`: a number was typed; `onclose()`. */
  constructor({ onset, onclose }) {
    this.onset = onset;
    this.title = h("h3", { class: "lbp-title" });
    this.close = h("button", { type: "button", class: "llv-text-button", onclick: onclose }, "Close");
    this.lines = h("div", { class: "lbp-lines" });
    this.field = h("input", { class: "llv-field lbp-field", type: "text", inputmode: "decimal", autocomplete: "off", "aria-describedby": "lbp-problem" });
    this.form = h("form", { class: "lbp-form", onsubmit: (event) => this.submit(event) }, this.field, h("button", { type: "submit", class: "llv-text-button" }, "Set"));
    this.problem = h("p", { class: "llv-problem", role: "alert", id: "lbp-problem" });
    this.element = h("section", { class: "lbp-panel", "aria-label": "An opened number", tabindex: 0 },
      h("div", { class: "lbp-head" }, this.title, this.close), this.form, this.problem, this.lines);
    this.show(null, null);
  }

  /** Show a node, or how to open one. */
  show(name, node, refusal = "") {
    const other = this.name !== name;
    this.name = name;
    this.close.hidden = !node;
    write(this.problem, refusal);
    if (!node) {
      this.form.hidden = true;
      this.title.replaceChildren("Open any number");
      this.lines.replaceChildren(h("p", { class: "lbp-note" }, "Click a number in the drawing, or reach it with Tab and the arrow keys and press Enter. Inputs, weights, biases and targets take numbers of your own."));
      return;
    }
    this.title.replaceChildren(...maths(`${node.label} = ${node.shown}`));
    this.form.hidden = !/^(input|target|weight|bias)/.test(name);
    mark(this.field, { "aria-label": `Your own number for ${spoken(node.label)}` });
    if (other || document.activeElement !== this.field) this.field.value = String(node.value);
    const parts = Object.entries(PHASES).filter(([phase]) => node.lines[phase]);
    this.lines.replaceChildren(...parts.flatMap(([phase, title]) => [h("h4", { class: "lbp-phase" }, title), ...paragraphs(node.lines[phase])]));
    if (other) this.element.scrollTop = 0;
  }

  submit(event) {
    event.preventDefault();
    const text = this.field.value.trim().replace("−", "-").replace(/^(-?\d*),(\d+)$/, "$1.$2");
    const value = Number(text);
    const good = text !== "" && Number.isFinite(value) && Math.abs(value) <= 1e5;
    mark(this.field, { "aria-invalid": good ? null : "true" });
    write(this.problem, good ? "" : `A number from −100000 to 100000, please; received “${this.field.value.slice(0, 30)}”.`);
    if (good) this.onset(this.name, value);
  }
}

/** What autograd and finite differences say, in two sentences and in a table. */
export class CheckPanel {
  constructor() {
    this.said = h("p", { class: "lbp-said" });
    this.body = h("tbody", {});
    const heads = ["", "value", "gradient, chain rule", "gradient, PyTorch", "finite difference", "after the update"];
    const table = h("table", { class: "lbp-table" }, h("thead", {}, h("tr", {}, heads.map((text) => h("th", { scope: "col" }, text || h("span", { class: "llv-hidden" }, "name"))))), this.body);
    this.element = h("div", { class: "lbp-check" }, this.said,
      h("details", {}, h("summary", {}, "Every weight and bias beside both judges"), h("div", { class: "lbp-tablebox", tabindex: 0, role: "region", "aria-label": "All gradients" }, table)));
  }

  show({ nodes, check }) {
    const { agrees, kink, differs } = check.verdicts;
    const parts = [
      h("b", {}, "Checked: "), `PyTorch’s autograd finds the same ${check.compared} gradients; the largest difference is `, h("output", { class: "llv-number" }, maths(check.largest)), ". ",
      "Finite differences, which move each weight by ", ...maths("10^(−6)"), ` and look at the loss, agree for ${agrees} of ${agrees + kink + differs}; away from kinks they are off by `, h("span", { class: "llv-number" }, maths(check.furthest)), " at most.",
    ];
    if (kink) parts.push(` For ${kink} a unit or the loss stands at its kink: there the slope jumps, a finite difference mixes both sides and is wrong, and the chain rule takes one side.`);
    if (differs) parts.push(` For ${differs} the loss bends too strongly for so coarse a step: there the finite difference is the poorer of the two.`);
    this.said.replaceChildren(...parts);
    const precise = (value) => value.toPrecision(10).replace("-", "−").replace(/\.?0+(?=e|$)/, "");
    this.body.replaceChildren(...Object.values(nodes).filter((node) => "verdict" in node).map((node) => h("tr", {},
      h("th", { scope: "row" }, maths(node.label)), [node.value, node.gradient, node.autograd].map((value) => h("td", {}, precise(value))),
      h("td", {}, precise(node.difference), node.verdict === "agrees" ? null : h("span", { class: "lbp-verdict" }, ` ${VERDICTS[node.verdict]}`)), h("td", {}, precise(node.new)))));
  }
}
