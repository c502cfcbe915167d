// Threshold units to wire by hand: links that excite or inhibit, a threshold each, the truth table that comes out.

import { paint } from "./card.js";
import { h, mark, write } from "./dom.js";
import { readPalette } from "./palette.js";
import { attach } from "./styles.js";
import { draw } from "./threshold-drawing.js";
import { answers, empty, EXCITES, GOALS, INHIBITS, LINKS, NONE, right, ROWS, THRESHOLDS } from "./threshold-maths.js";

const STYLES = ["live.css", "views.css", "lessons-history.css"];
const WORDS = { [NONE]: "–", [EXCITES]: "+ excites", [INHIBITS]: "○ inhibits" };

/** Show the units in `parent`, or follow a changed theme; gives the cleanup. */
export function open(parent) {
  const lesson = (parent.layerlabThreshold ??= new ThresholdLesson(parent));
  lesson.theme();
  setTimeout(() => lesson.theme(), 150); // Streamlit may call before its new colours are in place
  return () => {
    lesson.root.remove();
    if (parent.layerlabThreshold === lesson) delete parent.layerlabThreshold;
  };
}

class ThresholdLesson {
  constructor(parent) {
    Object.assign(this, { parent, goal: "and", row: 3, nets: Object.fromEntries(Object.keys(GOALS).map((goal) => [goal, empty(goal)])) });
    this.goals = new Map(Object.entries(GOALS).map(([name, { title }]) => [name, h("button", { type: "button", class: "llv-text-button", onclick: () => this.choose(name) }, title)]));
    this.units = h("div", { class: "llt-units" });
    this.picture = h("div", { class: "llt-picture" });
    this.table = h("table", { class: "llt-table" });
    this.said = h("p", { class: "llt-said", role: "status" });
    this.root = h("div", { class: "llv llt" },
      h("div", { class: "llt-goals", role: "group", "aria-label": "What it is to compute" }, ...this.goals.values()),
      h("div", { class: "llt-parts" }, h("div", {}, this.units,
        h("div", { class: "llt-buttons" },
          h("button", { type: "button", class: "llv-text-button", onclick: () => this.take(GOALS[this.goal].solution) }, "Show one way"),
          h("button", { type: "button", class: "llv-text-button", onclick: () => this.take(empty(this.goal)) }, "Clear"))),
      this.picture, h("div", {}, this.table, this.said)));
    this.root.lesson = this;
    this.root.style.visibility = "hidden"; // until it is styled
    attach(parent, STYLES).then(() => (this.root.style.visibility = ""));
    parent.append(this.root);
    this.palette = readPalette(parent);
    this.choose(this.goal);
  }

  theme() {
    this.palette = readPalette(this.parent);
    paint(this.root, this.palette);
    this.show();
  }

  get net() {
    return this.nets[this.goal];
  }

  choose(goal) {
    this.goal = goal;
    this.goals.forEach((button, name) => mark(button, { "aria-pressed": String(name === goal) }));
    this.build();
  }

  take(net) {
    this.nets[this.goal] = net.map((unit) => ({ ...unit, links: [...unit.links] }));
    this.build();
  }

  /** The controls of every unit: a link for each input, and the threshold. */
  build() {
    const names = (k) => (this.net.length > 1 && k === this.net.length - 1 ? ["h₁", "h₂", "always on"] : ["x₁", "x₂", "always on"]);
    const menu = (label, values, value, onchange, word = String) => {
      const select = h("select", { class: "llv-field", "aria-label": label, onchange: () => { onchange(Number(select.value)); this.show(); } },
        ...values.map((each) => h("option", { value: each, selected: each === value }, word(each))));
      return select;
    };
    this.units.replaceChildren(...this.net.map((unit, k) => h("fieldset", { class: "llt-unit" }, h("legend", {}, `Unit ${unit.name}`),
      ...unit.links.map((link, at) => h("label", {}, h("span", {}, names(k)[at]), menu(`${names(k)[at]} to ${unit.name}`, LINKS, link, (value) => (unit.links[at] = value), (value) => WORDS[value]))),
      h("label", {}, h("span", {}, "threshold θ"), menu(`Threshold of ${unit.name}`, THRESHOLDS, unit.threshold, (value) => (unit.threshold = value))))));
    this.show();
  }

  show() {
    const { wanted, title } = GOALS[this.goal];
    const rows = ROWS.map(([x1, x2]) => ({ x: [x1, x2], given: answers(this.net, x1, x2), wanted: wanted(x1, x2) }));
    const cell = (value) => h("td", { class: value ? "llt-on" : null }, String(value));
    this.table.replaceChildren(
      h("caption", {}, "Choose a row to see it in the drawing"),
      h("thead", {}, h("tr", {}, ...["x₁", "x₂", ...this.net.map(({ name }) => name), "wanted", ""].map((text) => h("th", { scope: "col" }, text)))),
      h("tbody", {}, ...rows.map(({ x, given, wanted: goal }, k) => {
        const ok = given.at(-1) === goal;
        const see = h("button", { type: "button", class: "llt-see", "aria-pressed": String(k === this.row), "aria-label": `Show x₁ ${x[0]}, x₂ ${x[1]}: ${ok ? "right" : "wrong"}`,
          onclick: () => { this.row = k; this.show(); this.table.querySelectorAll(".llt-see")[k].focus(); } }, ok ? "✓ right" : "✗ wrong");
        return h("tr", { "data-chosen": k === this.row, "data-ok": String(ok) }, ...x.map(cell), ...given.map(cell), cell(goal), h("td", {}, see));
      })));
    this.picture.replaceChildren(draw(this.net, ROWS[this.row], this.palette));
    const count = right(this.net, this.goal);
    write(this.said, count === ROWS.length ? `All four rows are right: this computes ${title}.` : `${count} of ${ROWS.length} rows right.`);
    mark(this.said, { "data-done": count === ROWS.length });
  }
}
