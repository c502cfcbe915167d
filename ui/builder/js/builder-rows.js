// The list of layers: a tree grid in which rows stay the same elements while they move, so that the focus stays too.

import { short, bytes } from "./builder-figures.js";
import { Field } from "./builder-fields.js";
import { h, icon, mark, write } from "./dom.js";
import { count } from "./format.js";

const COLUMNS = [
  ["", "lb-name", "Layer"],
  ["", "lb-settings", "Settings"],
  ["output", "lb-output", "Output", "Shape of what one sample is after this layer"],
  ["parameters", "lb-number", "Parameters", "Learned numbers"],
  ["multiply_adds", "lb-number", "Mult-adds", "Multiply-adds of one sample's way through this layer"],
  ["field", "lb-number", "Sees", "Receptive field: how much of the input one unit of this layer sees"],
  ["memory", "lb-number", "Memory", "Bytes of one sample's output, kept for the backward pass"],
];
const SHOWN = { parameters: short, multiply_adds: short, memory: bytes };

export class Rows {
  constructor(editor) {
    this.editor = editor;
    this.known = new Map(); // id → Line
    this.wanted = false; // whether the selected row gets the focus when it comes
    const heads = COLUMNS.map(([, place, title, help]) => h("span", { role: "columnheader", class: place, title: help }, title));
    const head = h("div", { class: "lb-line lb-head", role: "row" }, h("span", { role: "columnheader", class: "lb-grip", "aria-label": "Number" }), heads,
      h("span", { role: "columnheader", class: "lb-acts", "aria-label": "Remove" }));
    this.input = h("div", { class: "lb-line lb-end", role: "row" });
    this.output = h("div", { class: "lb-line lb-end", role: "row" });
    this.list = h("div", { class: "lb-list", role: "rowgroup", tabindex: -1 });
    this.element = h("div", { class: "lb-table", role: "treegrid", "aria-label": "Layers from input to output" },
      h("div", { class: "lb-heads", role: "rowgroup" }, head), this.list);
    this.element.addEventListener("pointerdown", (event) => this.point(event));
    this.element.addEventListener("focusin", (event) => {
      const id = event.target.closest(".lb-line[data-id]")?.dataset.id;
      if (id) editor.select(id);
    });
  }

  get visible() {
    return this.editor.props.rows.filter((row) => !this.hidden(row));
  }

  hidden(row) {
    return row.path.length === 2 && this.editor.props.rows.some((block) => block.block && block.path[0] === row.path[0] && this.editor.folded.has(block.id));
  }

  show(props) {
    const { rows, problem } = props;
    const ids = new Set(rows.map((row) => row.id));
    for (const [id, line] of this.known) {
      if (ids.has(id)) continue;
      line.element.remove();
      this.known.delete(id);
    }
    const visible = this.visible;
    for (const row of rows) {
      if (this.known.get(row.id)?.kind !== row.kind) {
        this.known.get(row.id)?.element.remove();
        this.known.set(row.id, new Line(row, this.editor));
      }
      this.known.get(row.id).show(row, props, { selected: row.id === this.editor.selected, state: stateOf(row, problem) });
    }
    this.ends(props);
    const focused = visible.map((row) => this.known.get(row.id).element).find((line) => line.contains(document.activeElement));
    arrange(this.list, [this.input, ...visible.map((row) => this.known.get(row.id).element), this.output], focused);
    mark(this.list, { tabindex: rows.length ? -1 : 0 });
  }

  /** What goes in and what is to come out, as the first and the last line. */
  ends({ data, input, scores, problem, rows, locked }) {
    const key = JSON.stringify([data, input, scores, problem, rows.length, locked]);
    if (key === this.shownEnds) return;
    this.shownEnds = key;
    const cell = (place, ...parts) => h("span", { role: "gridcell", class: place }, parts);
    this.input.replaceChildren(cell("lb-grip"), cell("lb-name", "Input"), cell("lb-settings", data), cell("lb-output", input));
    const wants = `${count(scores)} ${scores === 1 ? "number" : "scores, one a class"}`;
    const trouble = problem && problem.id === null ? troubleOf(problem, this.editor) : null;
    mark(this.output, { "data-state": trouble ? "problem" : problem ? "waits" : "fits" });
    this.output.replaceChildren(cell("lb-grip"), cell("lb-name", "Output"), cell("lb-settings", wants),
      cell("lb-output", problem ? "" : String(scores)), ...(trouble ? [trouble] : []));
  }

  point(event) {
    const id = event.target.closest(".lb-line[data-id]")?.dataset.id;
    if (!id || event.target.closest("button, input, select, label")) return;
    this.pick(id);
    event.preventDefault(); // the focus is where it should be
  }

  /** Select a row and give it the focus. */
  pick(id) {
    this.editor.select(id);
    this.focus();
  }

  go(by) {
    const rows = this.visible;
    const at = rows.findIndex((row) => row.id === this.editor.selected);
    const to = Math.max(0, Math.min(rows.length - 1, at + by));
    if (rows[to]) this.pick(rows[to].id);
  }

  edit() {
    this.known.get(this.editor.selected)?.fields[0]?.focus();
  }

  focus() {
    const line = this.known.get(this.editor.selected)?.element;
    (line?.isConnected ? line : this.list).focus();
  }

  /** Give the focus to the row that was waited for, or back to one whose own was taken away. */
  refocus() {
    if (!this.wanted) return;
    if (this.known.get(this.editor.selected)?.element.isConnected || !this.editor.pending.length) {
      this.wanted = false;
      this.focus();
      this.reveal(this.editor.selected);
    }
  }

  reveal(id) {
    this.known.get(id)?.element.scrollIntoView({ block: "nearest" });
  }

  settle() {
    for (const line of this.known.values()) line.fields.forEach((field) => field.settle());
  }
}

/** fits, problem, waits; "within" for a block in which a layer does not fit. */
function stateOf(row, problem) {
  if (!problem) return "fits";
  if (row.id === problem.id) return "problem";
  const [at, inner] = problem.path;
  const [here, place] = row.path;
  if (here === at && inner !== undefined) return place === undefined ? "within" : place < inner ? "fits" : "waits";
  if (here === at) return row.figures ? "fits" : "waits"; // inside of a block whose sum does not fit
  return here < at ? "fits" : "waits";
}

function troubleOf(problem, editor) {
  const sentence = problem.id === null ? problem.sentence : `Gets ${problem.got}; needs ${problem.needs}.`;
  const fix = problem.fix && !editor.props.locked
    ? h("button", { type: "button", class: "lb-fix", onclick: () => editor.command({ do: "fix", title: problem.fix }) }, problem.fix) : null;
  return h("span", { class: "lb-trouble", role: "gridcell" }, h("span", {}, sentence), fix);
}

/** Put elements into an order without moving the one that has the focus, which would lose it. */
function arrange(parent, elements, pivot) {
  const stay = new Set(elements);
  for (const child of [...parent.children]) if (!stay.has(child)) child.remove();
  elements.forEach((element, i) => {
    if (element === pivot) while (parent.children[i] !== pivot) parent.append(parent.children[i]);
    else if (parent.children[i] !== element) parent.insertBefore(element, parent.children[i] ?? null);
  });
}

class Line {
  constructor(row, editor) {
    Object.assign(this, { editor, kind: row.kind, id: row.id });
    const { fields } = editor.props.menu.kinds[row.kind];
    this.number = h("span", { class: "lb-grip", role: "gridcell", title: "Drag to move" });
    this.fold = row.block ? h("button", { type: "button", class: "lb-fold", tabindex: -1, onclick: () => editor.fold(this.id) }, "▾") : null;
    this.title = h("span", {});
    this.fields = fields.map((field) => new Field(field, row.id, editor));
    this.cells = Object.fromEntries(COLUMNS.slice(2).map(([name, place, title]) => [name, h("span", { role: "gridcell", class: place, "data-title": title })]));
    this.remove = h("button", { type: "button", class: "lb-remove", onclick: () => editor.remove(this.id) }, icon("close"));
    this.trouble = null;
    this.element = h("div", { class: "lb-line", role: "row", "data-id": row.id, "data-kind": row.kind },
      this.number, h("span", { class: "lb-name", role: "rowheader" }, this.fold, this.title),
      h("span", { class: "lb-settings", role: "gridcell" }, this.fields.map((field) => field.element)),
      Object.values(this.cells), h("span", { class: "lb-acts", role: "gridcell" }, this.remove));
  }

  show(row, props, { selected, state }) {
    const { path, title, figures } = row;
    const where = path.length === 1 ? `${path[0] + 1}` : `${path[0] + 1}.${path[1] + 1}`;
    const folded = this.editor.folded.has(row.id);
    mark(this.element, { "aria-level": path.length, "aria-selected": selected ? "true" : "false", tabindex: selected ? 0 : -1, "data-state": state,
      "aria-expanded": row.block ? String(!folded) : null, "data-group": props.menu.kinds[row.kind].group });
    write(this.number, where);
    write(this.title, title);
    if (this.fold) {
      write(this.fold, folded ? "▸" : "▾");
      mark(this.fold, { "aria-label": folded ? `Unfold the block ${where}` : `Fold the block ${where}` });
    }
    mark(this.remove, { "aria-label": `Remove layer ${where}, ${title}`, tabindex: selected ? 0 : -1 });
    this.remove.hidden = props.locked;
    for (const field of this.fields) field.show(row, props, where, selected);
    for (const [name, cell] of Object.entries(this.cells)) {
      const value = figures?.[name];
      const known = value !== undefined && state !== "waits";
      write(cell, known ? (SHOWN[name] ?? String)(value) : name === "output" && state === "waits" ? `waits for ${props.problem.where.replace("the output", "the end")}` : "");
      mark(cell, { title: known && SHOWN[name] ? `${count(value)}${name === "memory" ? " bytes" : ""}` : null });
    }
    this.warn(state === "problem" ? props.problem : null);
  }

  warn(problem) {
    const key = problem ? JSON.stringify(problem) : null;
    if (key === this.warned) return;
    this.warned = key;
    const held = this.trouble?.contains(document.activeElement);
    this.trouble?.remove();
    this.trouble = problem ? troubleOf(problem, this.editor) : null;
    if (this.trouble) this.element.append(this.trouble);
    if (held) this.element.focus();
  }
}
