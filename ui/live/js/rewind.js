// The slider that goes back through a run.

import { h, icon, mark, write } from "./dom.js";
import { count } from "./format.js";

export class Rewind {
  /** `onrelease(step)`. */
  constructor(onrelease) {
    this.held = false;
    this.range = h("input", { type: "range", min: 0, max: 0, step: 1, value: 0, "aria-label": "Rewind", class: "ll-range" });
    this.bubble = h("output", { class: "ll-rewound", "aria-hidden": "true" }); // the slider says the same to screen readers
    this.element = h("div", { class: "ll-rewind", title: "Rewind: drag back to an earlier update" }, icon("rewind"), this.range, this.bubble);
    this.range.addEventListener("input", () => {
      this.held = true;
      this.label(this.range.valueAsNumber);
    });
    this.range.addEventListener("change", () => {
      onrelease(this.range.valueAsNumber);
      this.settle();
    });
    this.range.addEventListener("blur", () => this.settle());
  }

  /** Follow the run again, a moment after the hand let go: the answer needs a moment too. */
  settle() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.held = false), 400);
  }

  label(step) {
    write(this.bubble, this.held ? `update ${count(step)}` : "");
    this.element.style.setProperty("--ll-share", this.range.max > 0 ? step / this.range.max : 0);
    mark(this.range, { "aria-valuetext": `update ${count(step)}` });
  }

  /** Follow the run, unless a hand is on the slider. */
  show(step, last, off) {
    const furthest = Math.max(last, step);
    this.element.style.visibility = last > 0 ? "visible" : "hidden"; // its room is kept: nothing may jump
    this.range.disabled = off;
    if (this.held) return;
    this.range.max = furthest;
    this.range.value = step;
    this.label(step);
  }
}
