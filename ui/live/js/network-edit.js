// Setting a weight or a bias by hand: a small dialog beside the line or unit that was clicked.

import { Card } from "./card.js";
import { h } from "./dom.js";
import { cardContent } from "./network-hover.js";
import { unitTitle } from "./network-text.js";

const STEP = 0.1;
const HALF_RANGE = 5; // the slider's; wider where the value is
const PAUSE = 60; // ms between two edits while the slider moves

/** The parameters of a unit: its incoming weights and its bias. */
function parametersOf(options, numbers, layer, unit) {
  const weights = [...numbers.into(layer, unit)].map((_, from) => ({
    title: `Weight from ${unitTitle(options, layer - 1, from)}`, name: "weight", layer: layer - 1, index: [unit, from],
    target: { layer: layer - 1, to: unit, from },
  }));
  if (!numbers.array(`bias/${layer - 1}`)) return weights;
  return [{ title: "Bias", name: "bias", layer: layer - 1, index: [unit], target: { layer, unit } }, ...weights];
}

export class Editor {
  /** `closed(focusBack)` is called after the dialog went away. */
  constructor(root, api, closed) {
    this.api = api;
    this.closed = closed;
    this.card = new Card(root, { role: "dialog", "aria-label": "Set a weight by hand" });
    const { element } = this.card;
    element.classList.add("llv-editor");
    this.which = h("select", { class: "llv-field", "aria-label": "Which number to set", onchange: () => this.choose(this.which.selectedIndex) });
    this.field = h("input", { type: "number", step: "any", class: "llv-field", oninput: () => this.commit(this.field.value) });
    this.slider = h("input", { type: "range", step: "0.01", class: "llv-slider", oninput: () => this.commit(this.slider.value) });
    this.problem = h("p", { class: "llv-problem", role: "alert" });
    const key = (label, text, by) => h("button", { type: "button", class: "llv-mini llv-key", "aria-label": label, title: label, onclick: () => this.nudge(by) }, text);
    element.append(
      h("button", { type: "button", class: "llv-mini llv-close", "aria-label": "Close", title: "Close (Esc)", onclick: () => this.close(true) }, "×"),
      this.which,
      h("div", { class: "llv-set" }, key("Smaller by 0.1", "−", -STEP), this.field, key("Larger by 0.1", "+", STEP)),
      this.slider,
      this.problem,
    );
    element.addEventListener("keydown", (event) => this.key(event));
    this.outside = (event) => this.card.open && !event.composedPath().includes(element) && this.close(false);
    document.addEventListener("pointerdown", this.outside, true);
  }

  get open() {
    return this.card.open;
  }

  /** Open for a unit or an edge, beside a client rectangle. */
  show(options, numbers, target, anchor) {
    Object.assign(this, { options, numbers });
    const [layer, unit] = "unit" in target ? [target.layer, target.unit] : [target.layer + 1, target.to];
    this.parameters = parametersOf(options, numbers, layer, unit);
    this.which.replaceChildren(...this.parameters.map(({ title }) => h("option", {}, title)));
    const wanted = "unit" in target ? 0 : this.parameters.findIndex(({ index }) => index[1] === target.from);
    this.choose(Math.max(0, wanted));
    this.card.place(anchor);
    this.field.focus({ preventScroll: true });
    this.field.select();
  }

  choose(at) {
    this.now = this.parameters[at];
    this.which.selectedIndex = at;
    this.problem.textContent = "";
    const name = `Set ${this.now.title[0].toLowerCase()}${this.now.title.slice(1)}`;
    this.field.setAttribute("aria-label", name);
    this.slider.setAttribute("aria-label", `${name}, slider`);
    const reach = Math.max(HALF_RANGE, Math.ceil(Math.abs(this.value) * 1.5) || 0);
    this.slider.min = -reach;
    this.slider.max = reach;
    this.busy = false;
    this.refresh();
  }

  get value() {
    return this.numbers.value(this.now.name, this.now.layer, this.now.index);
  }

  /** Show the newest numbers; a field that is being typed into is left alone. */
  refresh() {
    this.card.show(cardContent(this.options, this.numbers, this.now.target));
    const active = this.card.element.getRootNode().activeElement;
    const value = this.value;
    if (this.busy || !Number.isFinite(value)) return;
    const text = String(Number(value.toPrecision(4)));
    if (active !== this.field || !this.touched) this.field.value = text;
    if (active !== this.slider || !this.touched) this.slider.value = value;
  }

  nudge(by) {
    const from = Number.isFinite(Number.parseFloat(this.field.value)) ? Number.parseFloat(this.field.value) : this.value;
    this.field.value = String(Number((from + by).toFixed(6)));
    this.commit(this.field.value);
  }

  /** Take a value over from the field or slider, and send it; at most one edit a `PAUSE`, the newest one. */
  commit(text) {
    this.touched = true;
    const value = Number.parseFloat(text);
    if (!Number.isFinite(value)) {
      this.problem.textContent = text === "" ? "" : `Expected a number; received “${text}”.`;
      return;
    }
    this.problem.textContent = "";
    if (this.field.value !== text) this.field.value = text; // writing "1" over a typed "1." would lose the point
    this.slider.value = value;
    this.next = { do: "edit", parameter: `${this.now.name}/${this.now.layer}`, index: this.now.index, value };
    if (!this.timer) this.flush();
  }

  flush() {
    const command = this.next;
    this.next = null;
    this.timer = null;
    if (!command) return;
    this.busy = true;
    this.timer = setTimeout(() => this.flush(), PAUSE);
    Promise.resolve(this.api.send(command))
      .then((reply) => {
        if (reply && reply.ok === false) throw new Error(reply.error);
      })
      .catch((error) => (this.problem.textContent = error.message))
      .finally(() => (this.busy = Boolean(this.next)));
  }

  key(event) {
    event.stopPropagation(); // the page's own keys mean nothing in here
    const step = { ArrowUp: STEP, ArrowDown: -STEP }[event.key];
    if (event.key === "Escape" || (event.key === "Enter" && event.target === this.field)) this.close(true);
    else if (step && event.target === this.field) this.nudge(step);
    else return;
    event.preventDefault();
  }

  close(back) {
    if (!this.open) return;
    this.touched = false;
    this.card.hide();
    this.closed(back);
  }

  destroy() {
    clearTimeout(this.timer);
    document.removeEventListener("pointerdown", this.outside, true);
    this.card.destroy();
  }
}
