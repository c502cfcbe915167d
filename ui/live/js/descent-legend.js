// Who rolls: a button for each ball, with its line and how high it is; what is pointed at or pressed stands out.

import { h, mark, write } from "./dom.js";
import { number } from "./format.js";
import { role } from "./palette.js";

export class Legend {
  /** `onchange()` is called when another ball is to stand out. */
  constructor(onchange) {
    Object.assign(this, { onchange, pressed: null, pointed: null, rows: [] });
    this.element = h("ul", { class: "llv-balls", "aria-label": "Balls, and how high each is above the minimum" });
  }

  /** The number of the ball that stands out; null: all alike. */
  get only() {
    return this.pointed ?? this.pressed;
  }

  describe(lines, palette) {
    const key = JSON.stringify([lines, palette.version]);
    if (key === this.key) return;
    this.key = key;
    if (this.pressed !== null && this.pressed >= lines.length) this.pressed = null;
    this.pointed = null;
    this.rows = lines.map((line, k) => {
      const colour = role(palette, line.role);
      const value = h("span", { class: "llv-ball-value" }, "–");
      const name = line.title.replace(/ \(diverged\)$/, "");
      const button = h("button", { type: "button", class: "llv-ball-row", "aria-pressed": String(this.pressed === k), title: `Only ${name} in full colour`,
        onclick: () => this.press(k), onpointerenter: () => this.point(k), onpointerleave: () => this.point(null) },
        h("i", { class: "llv-ball-line", style: `border-top: 3px ${line.dashed ? "dashed" : "solid"} ${colour}`, "aria-hidden": "true" }),
        h("span", { class: "llv-ball-name" }, name), value);
      return { button, value };
    });
    this.element.replaceChildren(...this.rows.map(({ button }) => h("li", {}, button)));
  }

  press(k) {
    this.pressed = this.pressed === k ? null : k;
    this.rows.forEach(({ button }, row) => mark(button, { "aria-pressed": String(row === this.pressed) }));
    this.onchange();
  }

  point(k) {
    this.pointed = k;
    this.onchange();
  }

  /** Heights of the present frame; `lost` is the step at which a ball left, or -1. */
  show(metrics, lost) {
    this.rows.forEach(({ value }, k) => {
      const gone = (lost?.[k] ?? -1) >= 0;
      write(value, gone ? `diverged, step ${lost[k]}` : number(metrics?.[`${k}/height`]));
      mark(value, { "data-lost": gone });
    });
  }
}
