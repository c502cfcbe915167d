// The drawing: boxes of units, numbers on their edges; what has not been computed yet is a dot, and any number opens.

import { h, mark } from "./dom.js";
import { layout } from "./backpropagation-layout.js";
import { maths, spoken } from "./backpropagation-maths.js";

const SVG = "http://www.w3.org/2000/svg";
const UNKNOWN = "·";

export class Graph {
  /** `onopen(name)`: somebody wants to see how a number is made. */
  constructor({ onopen }) {
    this.onopen = onopen;
    this.svg = document.createElementNS(SVG, "svg");
    this.svg.setAttribute("aria-hidden", "true");
    this.stage = h("div", { class: "lbp-stage", "data-ll-keys": "", onkeydown: (event) => this.key(event) }, this.svg);
    this.element = h("div", { class: "llv-scroller lbp-scroller", role: "group", "aria-label": "The network. Arrow keys go from number to number, Enter opens one." }, this.stage);
    this.cells = new Map();
    this.data = null;
  }

  /** Lay a network out; `width` is the room there is. */
  lay(data, width) {
    this.data = data;
    this.inputs = Object.keys(data.nodes).filter((name) => name.startsWith("input/")).length;
    this.place = layout(data, this.inputs, width);
    const focused = [...this.cells].find(([, cell]) => cell === document.activeElement)?.[0];
    this.cells.clear();
    Object.assign(this.stage.style, { width: `${this.place.width}px`, height: `${this.place.height}px` });
    mark(this.svg, { width: this.place.width, height: this.place.height });
    this.lines = new Map(this.place.edges.map((edge) => [edge.name, this.line(edge)]));
    this.svg.replaceChildren(...this.lines.values());
    const boxes = [...this.place.boxes].map(([name, box]) => this.box(name, box));
    const chips = this.place.edges.filter(({ name }) => name.startsWith("weight/")).map((edge) => this.cell(edge.name, "lbp-chip"));
    this.stage.replaceChildren(this.svg, ...boxes, ...chips);
    this.roving = this.cells.has(this.roving) ? this.roving : "input/0";
    for (const [name, cell] of this.cells) cell.tabIndex = name === this.roving ? 0 : -1;
    if (focused) this.cells.get(focused)?.focus({ preventScroll: true });
  }

  line({ line: { x0, y0, x1, y1 } }) {
    const path = document.createElementNS(SVG, "line");
    mark(path, { x1: x0, y1: y0, x2: x1, y2: y1, class: "lbp-edge" });
    return path;
  }

  /** One number to press: what it is called, its value, its gradient, and what it becomes. */
  cell(name, kind) {
    const button = h("button", { type: "button", class: `lbp-cell ${kind}`, tabindex: -1, onclick: () => this.open(name), onfocus: () => this.rove(name) });
    this.cells.set(name, button);
    return button;
  }

  box(name, { left, top, width, height }) {
    const style = `left:${left}px;top:${top}px;width:${width}px;height:${height}px`;
    if (name.startsWith("input/")) return h("div", { class: "lbp-box lbp-input", style }, this.cell(name, ""));
    if (name === "loss") {
      const targets = Object.keys(this.data.nodes).filter((other) => other.startsWith("target/"));
      return h("div", { class: "lbp-box lbp-loss", style: `${style};height:auto;min-height:${height}px` },
        h("div", { class: "lbp-boxtitle" }, "loss"), h("div", { class: "lbp-cells" }, this.cell("loss", "")),
        targets.map((target) => this.cell(target, "lbp-wide")));
    }
    const [, l, j] = name.split("/");
    const { alone, activation } = this.data.layers[l];
    const cells = [this.cell(`sum/${l}/${j}`, "")];
    if (!alone) cells.push(this.cell(`unit/${l}/${j}`, ""));
    const number = this.data.layers.slice(0, l).reduce((sum, { units }) => sum + units, 0) + Number(j) + 1;
    return h("div", { class: "lbp-box", style }, h("div", { class: "lbp-boxtitle" }, `unit ${number}${alone ? "" : ` · ${activation}`}`),
      h("div", { class: "lbp-cells" }, cells), this.cell(`bias/${l}/${j}`, "lbp-wide"));
  }

  /** Show what is known after a step: `known` = {values, gradients, updates: Set}, `now` the nodes of this step. */
  show({ known, phase, now, opened }) {
    const lit = this.lit(phase, now, opened);
    for (const [name, cell] of this.cells) {
      const node = this.data.nodes[name];
      const has = { value: known.values.has(name), gradient: known.gradients.has(name), updated: known.updates.has(name) };
      const text = (value, shown) => h("span", { class: value > 0 ? "llv-positive" : value < 0 ? "llv-negative" : "" }, maths(shown));
      const first = [h("i", {}, maths(node.label)), " ", has.value ? text(node.value, node.shown) : UNKNOWN];
      const next = has.updated ? [" ", h("span", { class: "lbp-new" }, "→ ", maths(node.newShown))] : [];
      const second = has.gradient ? [h("span", { class: "lbp-grad" }, "∂ ", text(node.gradient, node.gradientShown))] : [];
      cell.replaceChildren(h("span", { class: "lbp-line" }, first, next), ...(second.length ? [" ", ...second] : []));
      const said = [`${spoken(node.label)}: ${has.value ? spoken(node.shown) : "not computed yet"}`];
      if (has.gradient) said.push(`gradient ${spoken(node.gradientShown)}`);
      if (has.updated) said.push(`becomes ${spoken(node.newShown)}`);
      mark(cell, { "aria-label": said.join(", "), "data-now": now.includes(name) ? phase : null, "data-open": opened === name ? "true" : null });
    }
    for (const edge of this.place.edges) {
      const way = lit.get(edge.name);
      const weight = this.data.nodes[edge.name];
      mark(this.lines.get(edge.name), { "data-lit": way ? phase : null, "data-sign": weight ? (weight.value < 0 ? "negative" : "positive") : null });
      const chip = this.cells.get(edge.name);
      if (!chip) continue;
      const { x, y } = edge.few || !way ? edge.at : edge[way];
      Object.assign(chip.style, { left: `${x}px`, top: `${y}px` });
      chip.hidden = !edge.few && !way;
      mark(chip, { "data-tight": edge.few ? null : "true" });
    }
  }

  /** The edges that belong to a step or to the opened number, by name: whether seen as ways `in` or `out`. */
  lit(phase, now, opened) {
    const lit = new Map();
    for (const name of opened ? [...now, opened] : now) {
      const [kind, l, j] = name.split("/");
      for (const edge of this.place.edges) {
        const into = (kind === "sum" && phase !== "backward") || name === opened ? edge.name.startsWith(`weight/${l}/${j}/`) && kind === "sum" : false;
        const out = edge.source === (kind === "input" ? name : `box/${l}/${j}`) && this.hands(kind, l) && (phase === "backward" || name === opened);
        if (edge.name === name || into) lit.set(edge.name, "in");
        else if (out) lit.set(edge.name, "out");
        else if (name === "loss" && edge.name.startsWith("output/")) lit.set(edge.name, "in");
      }
    }
    return lit;
  }

  /** Whether a number of this kind is what the next layer sees. */
  hands(kind, l) {
    return kind === "input" || kind === "unit" || (kind === "sum" && this.data.layers[l].alone);
  }

  open(name) {
    this.rove(name);
    this.onopen(name);
  }

  rove(name) {
    if (this.cells.has(this.roving)) this.cells.get(this.roving).tabIndex = -1;
    this.roving = name;
    this.cells.get(name).tabIndex = 0;
  }

  /** An arrow key goes to the nearest number in its direction. */
  key(event) {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!way || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const centre = (cell) => {
      const box = cell.getBoundingClientRect();
      return [box.left + box.width / 2, box.top + box.height / 2];
    };
    const [x, y] = centre(this.cells.get(this.roving));
    let best = null;
    for (const [name, cell] of this.cells) {
      if (name === this.roving || cell.hidden) continue;
      const [dx, dy] = centre(cell).map((value, axis) => value - [x, y][axis]);
      const along = dx * way[0] + dy * way[1];
      const aside = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
      if (along > 4 && (!best || along + 2 * aside < best.far)) best = { name, far: along + 2 * aside };
    }
    if (!best) return;
    this.rove(best.name);
    this.cells.get(best.name).focus();
  }

  /** Bring what a step is about into sight, where the drawing is wider than its room. */
  reveal(names) {
    const cell = this.cells.get(names[0]);
    if (!cell || this.element.scrollWidth <= this.element.clientWidth) return;
    const [box, frame] = [cell.getBoundingClientRect(), this.element.getBoundingClientRect()];
    if (box.left < frame.left + 60) this.element.scrollLeft -= frame.left + 60 - box.left;
    else if (box.right > frame.right - 60) this.element.scrollLeft += box.right - frame.right + 60;
  }
}
