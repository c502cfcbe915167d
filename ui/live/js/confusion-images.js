// The test images behind a cell of the confusion matrix.

import { paint } from "./card.js";
import { h, mark, write } from "./dom.js";
import { count } from "./format.js";
import { sureness } from "./mistakes.js";
import { Thumbs, chooseSample, measuredOn } from "./thumbs.js";

const SIDE = 56; // pixels of an image, about
const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export class CellImages {
  constructor(api, view) {
    Object.assign(this, { api, classes: view.options.classes, probability: view.options.probability, cell: null, picked: null, buttons: new Map() });
    this.note = h("p", { class: "llv-muted llv-pictures-note" });
    this.title = h("p", { class: "llv-pictures-title", role: "status" }, "Choose a cell to see its test images.");
    this.said = h("p", { class: "llv-muted llv-pictures-note" });
    this.thumbs = new Thumbs({ label: "Test images of the chosen cell", side: SIDE, onpick: (k) => this.pick(k) });
    this.element = h("div", { class: "llv llv-shelf ll-behind-images" }, this.note, this.title, this.said, this.thumbs.element);
    this.theme(api.palette);
  }

  /** The word of the cell (true class i, predicted class j): a button; arrow keys go from cell to cell. */
  button(i, j) {
    const first = i === 0 && j === 0;
    const button = h("button", { type: "button", class: "ll-cellbutton", tabindex: first ? "0" : "-1", "aria-pressed": "false", "data-ll-keys": true,
      onclick: () => this.choose(i, j), onkeydown: (event) => this.key(event, i, j) }, "–");
    this.buttons.set(`${i} ${j}`, button);
    return button;
  }

  key(event, i, j) {
    const move = MOVES[event.key];
    const next = move && this.buttons.get(`${i + move[0]} ${j + move[1]}`);
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (next) this.focus(next);
  }

  focus(button) {
    for (const other of this.buttons.values()) other.tabIndex = other === button ? 0 : -1;
    button.focus();
  }

  /** A cell; the same again lets it go. */
  choose(i, j) {
    const same = this.cell && this.cell[0] === i && this.cell[1] === j;
    this.cell = same ? null : [i, j];
    this.focus(this.buttons.get(`${i} ${j}`));
    this.show();
    this.ask();
  }

  async ask() {
    try {
      await this.api.send({ do: "look", options: { cell: this.cell } });
      write(this.said, "");
    } catch (error) {
      write(this.said, error.message);
    }
  }

  /** The network was built anew: it knows nothing of the cell. */
  again() {
    if (this.cell) this.ask();
  }

  show() {
    for (const [key, button] of this.buttons) mark(button, { "aria-pressed": String(this.cell?.join(" ") === key) });
    this.thumbs.element.hidden = !this.cell;
    if (!this.cell) write(this.title, "Choose a cell to see its test images.");
  }

  update(find, counts) {
    const measured = find("measured")?.data;
    if (measured) write(this.note, measuredOn(measured));
    for (const [key, button] of this.buttons) {
      const [i, j] = key.split(" ").map(Number);
      mark(button, { "aria-label": `true ${this.classes[i]}, predicted ${this.classes[j]}: ${count(counts[i * this.classes.length + j])}` });
    }
    const cell = find("cell")?.data;
    if (cell && !this.cell) return; // let go here; a last frame may still bring it
    if (!cell || cell[0] !== this.cell[0] || cell[1] !== this.cell[1]) return;
    const [i, j] = cell;
    const total = counts[i * this.classes.length + j];
    this.samples = find("sample").data;
    const shown = this.samples.length;
    const which = i === j ? `${this.classes[i]}, recognised` : `${this.classes[i]} taken for ${this.classes[j]}`;
    const part = shown < total ? `, the ${shown} surest` : "";
    write(this.title, `${which}: ${total === 0 ? "none" : `${count(total)}${part}`}`);
    const sure = find("sure").data;
    const texts = Array.from(this.samples, (sample, k) => {
      const value = sureness(sure[k], this.probability);
      return { label: `Test image ${sample + 1}, ${this.probability ? "probability" : "output"} ${value}`, lines: [value] };
    });
    this.thumbs.show(find("image"), texts, { pressed: (k) => this.samples[k] === this.picked });
  }

  async pick(k) {
    this.picked = this.samples[k];
    write(this.said, await chooseSample(this.api, this.picked));
  }

  theme(palette) {
    paint(this.element, palette);
  }
}
