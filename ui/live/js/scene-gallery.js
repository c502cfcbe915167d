// A strip of small pictures of which one is chosen: arrows, Home and End move, as among radio buttons; ‹ and › beside it.

import { h, mark, write } from "./dom.js";

const SIDE = 40; // CSS pixels of a small picture

export class Gallery {
  /** `choose(k)` is told what the learner has chosen; `label(k)` says a picture in words. */
  constructor(choose, label) {
    Object.assign(this, { choose, label, items: [], chosen: 0 });
    this.strip = h("div", { class: "llv-strip", role: "radiogroup", "aria-label": "Test scenes" });
    this.strip.addEventListener("keydown", (event) => this.key(event));
    const turn = (sign, title, by) => h("button", { type: "button", class: "llv-mini", "aria-label": title, title, onclick: () => this.move(by) }, sign);
    this.element = h("div", { class: "llv-gallery" }, turn("‹", "Previous scene", -1), this.strip, turn("›", "Next scene", 1));
  }

  /** So many pictures; what was chosen stays chosen. */
  fill(count) {
    if (count === this.items.length) return;
    this.items = Array.from({ length: count }, (_, k) => {
      const canvas = h("canvas", { "aria-hidden": "true" });
      const score = h("span", { class: "llv-thumb-score", "aria-hidden": "true" });
      const button = h("button", { type: "button", role: "radio", class: "llv-thumb", onclick: () => this.pick(k) }, canvas, score);
      return { button, canvas, score };
    });
    this.strip.replaceChildren(...this.items.map(({ button }) => button));
    this.chosen = Math.min(this.chosen, Math.max(0, count - 1));
    this.tell();
  }

  key(event) {
    const to = { ArrowRight: this.chosen + 1, ArrowDown: this.chosen + 1, ArrowLeft: this.chosen - 1, ArrowUp: this.chosen - 1, Home: 0, End: this.items.length - 1 }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.pick((to + this.items.length) % this.items.length);
    this.items[this.chosen].button.focus();
  }

  move(by) {
    if (this.items.length) this.pick((this.chosen + by + this.items.length) % this.items.length);
  }

  pick(k) {
    this.chosen = k;
    this.tell();
    const { button } = this.items[k];
    // only the strip scrolls: the page must not jump
    const { offsetLeft: left, offsetWidth: width } = button;
    if (left < this.strip.scrollLeft) this.strip.scrollLeft = left - 4;
    else if (left + width > this.strip.scrollLeft + this.strip.clientWidth) this.strip.scrollLeft = left + width - this.strip.clientWidth + 4;
    this.choose(k);
  }

  tell() {
    this.items.forEach(({ button }, k) => mark(button, { "aria-checked": String(k === this.chosen), tabindex: k === this.chosen ? 0 : -1, "aria-label": this.label(k) }));
  }

  /** Draw every small picture anew: `draw(ctx, k, size)`, `score(k)` the text under it. */
  paint(draw, score) {
    const ratio = window.devicePixelRatio || 1;
    this.items.forEach(({ canvas, score: text }, k) => {
      const size = Math.round(SIDE * ratio);
      if (canvas.width !== size) canvas.width = canvas.height = size;
      const ctx = canvas.getContext("2d");
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      draw(ctx, k, SIDE);
      write(text, score(k));
    });
    this.tell();
  }
}
