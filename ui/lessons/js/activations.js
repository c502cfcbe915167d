// An activation function and its derivative, with one point on both that is dragged along; all is computed here.

import { FLAT, FUNCTIONS, flatRanges } from "./activations-maths.js";
import { paint } from "./card.js";
import { h, mark, write } from "./dom.js";
import { number } from "./format.js";
import { Graph } from "./graph.js";
import { readPalette } from "./palette.js";
import { attach } from "./styles.js";

const STYLES = ["live.css", "views.css", "graph.css", "lessons-activations.css"];
const SPAN = { from: -6, to: 6 };
const TABLE = [-2, -1, 0, 1, 2];
const HEIGHTS = { sigmoid: [-1.25, 1.25], tanh: [-1.25, 1.25] }; // all others reach as far as z does
const LAYERS = 10;

/** Show the pair, or follow another choice or theme. props: `functions` [{name, title}], `chosen` (a name). */
export function open(parent, props) {
  const pair = (parent.layerlabActivations ??= new Pair(parent, props));
  pair.choose(props.chosen);
  pair.theme();
  setTimeout(() => pair.theme(), 150); // Streamlit may call before its new colours are in place
  return () => {
    pair.destroy();
    if (parent.layerlabActivations === pair) delete parent.layerlabActivations;
  };
}

class Pair {
  constructor(parent, { functions }) {
    Object.assign(this, { parent, z: 1, titles: Object.fromEntries(functions.map(({ name, title }) => [name, title])), others: false });
    const height = () => (window.innerHeight < 800 ? 230 : 300);
    const axis = { ...SPAN, title: "z, what comes in" };
    this.values = new Graph({ label: "The function", x: axis, y: { from: -1.25, to: 6, title: "f(z)" }, height });
    this.slopes = new Graph({ label: "Its derivative", x: axis, y: { from: -0.2, to: 1.2, title: "f′(z), its slope" }, height });
    this.all = h("input", { type: "checkbox", onchange: () => this.showOthers(this.all.checked) });
    this.told = h("p", { class: "lla-told", "aria-live": "off" });
    this.chain = h("p", { class: "lla-chain" });
    this.table = h("table", { class: "lla-table" });
    this.root = h("div", { class: "llv lla" },
      h("div", { class: "lla-pair" }, this.values.element, this.slopes.element),
      this.told, this.chain,
      h("div", { class: "lla-under" }, this.table,
        h("label", { class: "lla-check" }, this.all, "show the other seven, pale")));
    this.root.pair = this; // for measuring
    this.root.style.visibility = "hidden"; // until it is styled
    attach(parent, STYLES).then(() => (this.root.style.visibility = ""));
    parent.append(this.root);
  }

  theme() {
    const palette = readPalette(this.parent);
    paint(this.root, palette);
    this.values.theme(palette);
    this.slopes.theme(palette);
  }

  choose(name) {
    if (!FUNCTIONS[name]) throw new Error(`activation: expected one of ${Object.keys(FUNCTIONS).join(", ")}; received ${name}`);
    if (name === this.name) return;
    Object.assign(this, { name, ...FUNCTIONS[name] });
    const [from, to] = HEIGHTS[name] ?? [-1.25, 6];
    this.values.axes({ y: { ...this.values.y, from, to } });
    this.flat = flatRanges(this.slope, SPAN.from, SPAN.to);
    const shade = this.flat.map(([a, b], k) => ({ from: a, to: b, title: k ? "" : `saturated: |f′| < ${FLAT}` }));
    this.values.ranges(shade);
    this.slopes.ranges(shade);
    this.drawLines();
    const title = this.titles[name];
    const point = (graph, along, what, colour) => graph.points([{
      name: "z", label: `${title}: ${what}, a point to drag`, x: this.z, along, step: 0.05, colour,
      text: ({ x, y }) => `z ${number(x)}, ${what} ${number(y)}`, onmove: ({ x }) => this.go(x),
    }]);
    point(this.values, this.f, "f of z", "variant:0");
    point(this.slopes, this.slope, "slope", "variant:1");
    this.drawTable();
    this.go(this.z);
  }

  drawLines() {
    const pale = (key) => (this.others ? Object.entries(FUNCTIONS).filter(([name]) => name !== this.name)
      .map(([name, row]) => ({ name, f: row[key], colour: "muted", opacity: 0.35, width: 1.5 })) : []);
    const title = this.titles[this.name];
    this.values.lines([...pale("f"), { name: "f", f: this.f, colour: "variant:0", title: `${title}, f(z)` }]);
    this.slopes.lines([...pale("slope"), { name: "slope", f: this.slope, colour: "variant:1", title: "f′(z)" }]);
  }

  showOthers(on) {
    this.others = on;
    this.drawLines();
  }

  /** Put the point to z, on both curves. */
  go(z) {
    this.z = z;
    this.values.point("z").put(z);
    this.slopes.point("z").put(z);
    const [value, slope] = [this.f(z), this.slope(z)];
    const reach = 1.5; // a piece of the tangent, as long as that to either side
    this.values.guides([{ x: z }, { from: [z - reach, value - reach * slope], to: [z + reach, value + reach * slope], colour: "variant:1", dash: null, width: 2 }]);
    this.slopes.guides([{ x: z }, { y: FLAT, dash: "2 4" }, ...(this.flat.length && this.slope(-0.7) < 0 ? [{ y: -FLAT, dash: "2 4" }] : [])]);
    const where = Math.abs(slope) < FLAT ? "saturated here" : "not saturated here";
    write(this.told, `z = ${number(z)}:  f(z) = ${number(value)},  f′(z) = ${number(slope)}, ${where}`);
    write(this.chain, `A gradient that comes back through this unit is multiplied by f′(z); through ten such units in a row by ${number(slope)}¹⁰ = ${number(slope ** LAYERS)}.`);
  }

  drawTable() {
    const digits = (value) => (Object.is(value, -0) ? 0 : value).toFixed(3).replace("-", "−");
    const row = (title, cells, cell = "td") => h("tr", {}, h("th", { scope: "row" }, title), cells.map((text) => h(cell, cell === "th" ? { scope: "col" } : {}, text)));
    mark(this.table, { "aria-label": `Values of ${this.titles[this.name]}` });
    this.table.replaceChildren(
      h("thead", {}, row("z", TABLE.map((z) => String(z).replace("-", "−")), "th")),
      h("tbody", {}, row("f(z)", TABLE.map((z) => digits(this.f(z)))), row("f′(z)", TABLE.map((z) => digits(this.slope(z))))));
  }

  destroy() {
    this.values.destroy();
    this.slopes.destroy();
    this.root.remove();
  }
}
