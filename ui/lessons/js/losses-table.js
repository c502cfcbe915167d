// A small table of numbers, and the PyTorch that gives them.

import { h, write } from "./dom.js";

/** A table with a head; `show(rows)` fills it: [[cell, …], …], a cell a text or [text, colour]. */
export class Table {
  constructor(caption, titles) {
    this.body = h("tbody");
    this.element = h("table", { class: "llo-table" }, h("caption", { class: "ll-spoken" }, caption),
      h("thead", {}, h("tr", {}, titles.map((title) => h("th", { scope: "col" }, title)))), this.body);
  }

  show(rows, ink) {
    this.body.replaceChildren(...rows.map(([first, ...others]) => h("tr", {},
      h("th", { scope: "row" }, h("i", { class: "llo-swatch", style: `background:${ink(first[1])}` }), first[0]),
      others.map((text) => h("td", {}, text)))));
  }
}

/** Code behind a summary, with a button that copies it. */
export class Code {
  constructor() {
    this.text = h("pre", { class: "llo-code", tabindex: 0 });
    this.copy = h("button", { type: "button", class: "llv-text-button", onclick: () => this.toClipboard() }, "Copy");
    this.element = h("details", { class: "llo-program" }, h("summary", {}, "The code"), this.text, this.copy);
  }

  show(lines) {
    write(this.text, lines.join("\n"));
    write(this.copy, "Copy");
  }

  async toClipboard() {
    try {
      await navigator.clipboard.writeText(this.text.textContent);
      write(this.copy, "Copied");
    } catch {
      write(this.copy, "Mark the text and copy it by hand"); // a browser gives the clipboard to secure addresses only
    }
  }
}

export const exact = (value) => String(Number(value.toFixed(6)));
export const four = (value) => (Math.abs(value) < 5e-5 && value !== 0 ? value.toExponential(1) : value.toFixed(4)).replace(/-/g, "−");
