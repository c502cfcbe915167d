// The stack editor: shows what the page's script says of the layers, and sends what the learner does with them.

import { Drag } from "./builder-drag.js";
import { Drawing } from "./builder-drawing.js";
import { onkey } from "./builder-keys.js";
import { Chooser } from "./builder-menu.js";
import { Rows } from "./builder-rows.js";
import { Toolbar } from "./builder-toolbar.js";
import { Totals } from "./builder-totals.js";
import { h, mark, write } from "./dom.js";
import { readPalette } from "./palette.js";
import { attach, paint } from "./styles.js";

/** Show the editor in `parent`, or follow changed props; gives the cleanup. props: what ui/builder/component.py sends, trigger and waiting. */
export function open(parent, props) {
  const editor = (parent.layerlabBuilder ??= new Editor(parent));
  editor.follow(props);
  return () => {
    editor.destroy();
    if (parent.layerlabBuilder === editor) delete parent.layerlabBuilder;
  };
}

class Editor {
  constructor(parent) {
    Object.assign(this, { parent, props: null, selected: null, folded: new Set(), serial: 0 });
    this.own = Math.random().toString(36).slice(2, 8); // no two editors give new layers the same name
    this.toolbar = new Toolbar(this);
    this.drawing = new Drawing((id) => {
      this.select(id, true);
      this.rows.focus();
    });
    this.rows = new Rows(this);
    this.totals = new Totals();
    this.add = new Chooser("Add a layer", "Which layer?", (name) => this.insert(name), () => this.rows.focus());
    this.start = new Chooser("Start from", "Which network?", (name) => this.command({ do: "start", name }), () => this.rows.focus());
    this.spoken = h("div", { class: "ll-spoken", role: "status", "aria-live": "polite" });
    this.root = h("section", { class: "lb-root", "aria-label": "Layers", "data-ll-keys": true },
      this.toolbar.element, this.drawing.element, this.rows.element, this.totals.element, this.add.element, this.start.element, this.spoken);
    this.root.layerlab = this;
    this.root.style.visibility = "hidden"; // until it is styled
    this.root.addEventListener("keydown", (event) => onkey(event, this));
    this.drag = new Drag(this);
    attach(parent, ["live.css", "builder.css"]).then(() => (this.root.style.visibility = ""));
    parent.append(this.root);
  }

  follow(props) {
    this.props = props;
    this.theme();
    // Streamlit may call before its new colours are in place.
    setTimeout(() => this.theme(), 150);
    const kinds = Object.entries(props.menu.kinds).map(([name, row]) => ({ name, ...row }));
    this.add.offer(kinds);
    this.start.offer(props.menu.starts);
    this.choose();
    const held = this.rows.element.contains(document.activeElement);
    this.show();
    if (held && !this.root.contains(document.activeElement)) this.rows.focus(); // its row has gone
    // "said" is about the last command, so it is news only once
    if (props.done !== this.told) write(this.spoken, [props.said, props.problem?.sentence ?? props.refusal].filter(Boolean).join(" "));
    this.told = props.done;
    this.rows.refocus();
  }

  /** Keep a row selected: the one that was, one that is on its way, or what has taken its place. */
  choose() {
    const { rows } = this.props;
    const at = rows.findIndex((row) => row.id === this.selected);
    const coming = this.pending.some((command) => command.new === this.selected);
    if (at < 0 && !coming) this.selected = rows[Math.min(this.at ?? rows.length, rows.length) - 1]?.id ?? rows[0]?.id ?? null;
    else if (at >= 0) this.at = at + 1;
  }

  show() {
    const { props } = this;
    mark(this.root, { "data-locked": props.locked });
    this.toolbar.show(props);
    this.drawing.show(props, this.selected);
    this.rows.show(props);
    this.totals.show(props);
  }

  theme() {
    const palette = readPalette(this.parent);
    if (palette.version === this.palette?.version) return;
    this.palette = palette;
    paint(this.root, palette);
  }

  /** Tell the page's script. */
  command(command) {
    if (!this.props.locked) this.props.trigger("edit", command);
  }

  /** The commands that the script has not carried out yet. */
  get pending() {
    return this.props.waiting("edit");
  }

  name() {
    this.serial += 1;
    return `${this.own}-${this.serial}`;
  }

  row(id = this.selected) {
    return this.props.rows.find((row) => row.id === id);
  }

  // What a learner does

  select(id, reveal = false) {
    if (id === this.selected) return reveal && this.rows.reveal(id);
    this.selected = id;
    this.choose();
    const row = this.row();
    if (reveal && row?.path.length === 2) this.unfold(this.props.rows.find((block) => block.block && block.path[0] === row.path[0]).id);
    this.show();
    if (reveal) this.rows.reveal(id);
  }

  insert(kind) {
    const after = this.props.rows.length || this.pending.length ? this.selected : null;
    const name = this.name();
    this.command({ do: "add", kind, new: name, after });
    this.selected = name;
    this.rows.wanted = true;
  }

  remove(id = this.selected) {
    const { rows } = this.props;
    const at = rows.findIndex((row) => row.id === id);
    if (at < 0) return;
    const depth = rows[at].path.length;
    const after = rows.slice(at + 1).find((row) => row.path.length <= depth);
    const before = rows.slice(0, at).reverse().find((row) => row.path.length <= depth);
    const sibling = [after, before].find((row) => row?.path.length === depth) ?? before ?? after;
    this.command({ do: "remove", id });
    this.rows.wanted = this.rows.element.contains(document.activeElement);
    if (id === this.selected) this.selected = sibling?.id ?? null;
  }

  duplicate(id = this.selected) {
    if (!this.row(id)) return;
    const name = this.name();
    this.command({ do: "duplicate", id, new: name });
    this.selected = name;
    this.rows.wanted = true;
  }

  move(by, id = this.selected) {
    if (this.row(id)) this.command({ do: "move", id, by });
  }

  goToProblem() {
    const { problem, rows } = this.props;
    if (!problem) return;
    const row = rows.find((other) => other.id === problem.id);
    if (row?.path.length === 2) this.unfold(rows.find((block) => block.block && block.path[0] === row.path[0]).id);
    if (row) this.rows.pick(row.id);
    const line = row ? this.rows.known.get(row.id).element : this.rows.output;
    line.scrollIntoView({ block: "nearest" });
  }

  fold(id, folded = !this.folded.has(id)) {
    if (folded) this.folded.add(id);
    else this.folded.delete(id);
    const inner = this.row();
    const block = this.row(id);
    if (folded && inner?.path.length === 2 && inner.path[0] === block.path[0]) this.selected = id;
    this.show();
  }

  unfold(id) {
    if (this.folded.has(id)) this.fold(id, false);
  }

  destroy() {
    this.drag.destroy();
    this.root.remove();
  }
}
