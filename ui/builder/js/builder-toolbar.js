// What can be done with the selected layer, and with all of them, as buttons; and the list of keys.

import { KEYS } from "./builder-keys.js";
import { h, mark, write } from "./dom.js";

const SIGNS = {
  add: "M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6z",
  up: "M12 4.5 4.8 11.7l1.4 1.4 4.8-4.8V20h2V8.3l4.8 4.8 1.4-1.4z",
  down: "M12 19.5l7.2-7.2-1.4-1.4-4.8 4.8V4h-2v11.7l-4.8-4.8-1.4 1.4z",
  copy: "M8 3h11v13h-2V5H8zM5 7h10v14H5zm2 2v10h6V9z",
  bin: "M9 3h6l1 2h4v2H4V5h4zM6 9h12l-1 12H7z",
  undo: "M9 5 3.5 10.5 9 16v-4h5a4 4 0 0 1 0 8H8v2h6a6 6 0 0 0 0-12H9z",
  redo: "M15 5l5.500 5.500L15 16v-4h-5a4 4 0 0 0 0 8h6v2h-6a6 6 0 0 1 0-12h5z",
};

function sign(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", "aria-hidden": "true", class: "ll-icon" })) svg.setAttribute(key, value);
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SIGNS[name]);
  svg.append(path);
  return svg;
}

export class Toolbar {
  constructor(editor) {
    this.editor = editor;
    const button = (title, keys, picture, onclick, text = "") => h("button", { type: "button", class: text ? "lb-button lb-wide" : "lb-button", title: `${title} (${keys})`,
      "aria-label": title, onclick }, picture && sign(picture), text && h("span", { class: "lb-text" }, text));
    this.buttons = {
      add: button("Add a layer", "A", "add", () => this.openAdd(), "Layer"),
      up: button("Move the layer up", "Alt ↑", "up", () => editor.move(-1)),
      down: button("Move the layer down", "Alt ↓", "down", () => editor.move(1)),
      copy: button("Duplicate the layer", "Ctrl D", "copy", () => editor.duplicate()),
      bin: button("Remove the layer", "Delete", "bin", () => editor.remove()),
      undo: button("Undo", "Ctrl Z", "undo", () => editor.command({ do: "undo" })),
      redo: button("Redo", "Ctrl Shift Z", "redo", () => editor.command({ do: "redo" })),
      start: button("Start from a known network", "S", null, () => this.openStart(), "Start from …"),
      keys: button("Keys", "?", null, () => this.openKeys(), "Keys"),
    };
    this.buttons.add.classList.add("lb-primary");
    this.state = h("button", { type: "button", class: "lb-state", "data-testid": "stack-state", onclick: () => editor.goToProblem() });
    const rows = KEYS.map(([key, what]) => [h("dt", {}, key), h("dd", {}, what)]).flat();
    this.help = h("div", { class: "lb-menu lb-keys", popover: "auto", role: "dialog", "aria-label": "Keys" }, h("p", {}, "With a layer selected:"), h("dl", {}, rows));
    const { add, start, keys, ...rest } = this.buttons;
    this.element = h("div", { class: "lb-toolbar", role: "toolbar", "aria-label": "Edit the layers" }, add, Object.values(rest), start, keys, this.state, this.help);
  }

  openAdd() {
    this.editor.add.open(this.buttons.add);
  }

  openStart() {
    this.editor.start.open(this.buttons.start);
  }

  openKeys() {
    this.help.togglePopover();
    const at = this.buttons.keys.getBoundingClientRect();
    this.help.style.left = `${Math.max(8, Math.min(innerWidth - this.help.offsetWidth - 8, at.left))}px`;
    this.help.style.top = `${at.bottom + 6}px`;
  }

  show(props) {
    const row = this.editor.row();
    const siblings = row ? props.rows.filter((other) => other.path.length === row.path.length && (row.path.length === 1 || other.path[0] === row.path[0])) : [];
    const off = {
      up: !row || row.path.at(-1) === 0, down: !row || row.path.at(-1) === siblings.length - 1, copy: !row, bin: !row,
      undo: !props.undo, redo: !props.redo,
    };
    // not `disabled`: a button that is pressed until there is nothing left would lose the focus
    for (const [name, button] of Object.entries(this.buttons)) mark(button, { "aria-disabled": off[name] ? "true" : null, hidden: props.locked && name !== "keys" });
    const [kind, text] = stateOf(props);
    mark(this.state, { "data-state": kind, title: text, disabled: !props.problem });
    write(this.state, text);
  }
}

function stateOf({ problem, refusal, behind, rows }) {
  if (!rows.length) return ["open", "No layers yet: add one, or start from a known network."];
  if (problem) {
    const where = problem.id === null ? "The end" : `L${problem.where.slice(1)}`;
    return ["problem", `${where} does not fit yet. Training keeps the last network that did.`];
  }
  if (refusal) return ["problem", refusal];
  if (behind) return ["open", "Fits. It trains when you have typed."];
  return ["fits", "Fits: this is the network that trains."];
}
