// Dragging a layer by its number to another place, with the pointer or a finger.

import { h } from "./dom.js";

const SLACK = 4; // px that a press may wander before it is a drag
const EDGE = 36; // px from the list's end in which it scrolls

export class Drag {
  constructor(editor) {
    this.editor = editor;
    this.mark = h("div", { class: "lb-drop", "aria-hidden": "true" });
    this.list = editor.rows.list;
    this.table = editor.rows.element; // which scrolls
    this.list.addEventListener("pointerdown", (event) => this.down(event));
    this.handlers = { pointermove: (event) => this.move(event), pointerup: () => this.drop(), pointercancel: () => this.stop(), keydown: (event) => this.onkey(event) };
  }

  down(event) {
    const id = event.target.closest(".lb-grip") && event.target.closest(".lb-line[data-id]")?.dataset.id;
    if (!id || event.button !== 0 || this.editor.props.locked) return;
    this.from = { id, x: event.clientX, y: event.clientY };
    for (const [name, handler] of Object.entries(this.handlers)) window.addEventListener(name, handler, true);
  }

  move(event) {
    if (!this.going && Math.hypot(event.clientX - this.from.x, event.clientY - this.from.y) < SLACK) return;
    event.preventDefault();
    if (!this.going) {
      this.going = true;
      this.line(this.from.id)?.classList.add("lb-dragged");
      this.editor.root.classList.add("lb-dragging");
    }
    const box = this.table.getBoundingClientRect();
    if (event.clientY < box.top + EDGE) this.table.scrollTop -= 8;
    if (event.clientY > box.bottom - EDGE) this.table.scrollTop += 8;
    this.to = this.place(event.clientY);
    this.show();
  }

  line(id) {
    return this.editor.rows.known.get(id)?.element;
  }

  /** Where it would go: {before: id, into: id of a block or null} and the y of the gap within the list. */
  place(y) {
    const { editor } = this;
    const dragged = editor.row(this.from.id);
    const itself = (row) => row.id === dragged.id || (dragged.block && row.path.length === 2 && row.path[0] === dragged.path[0]);
    const rows = editor.rows.visible.filter((row) => !itself(row) && !(dragged.block && row.path.length === 2));
    const block = (row) => editor.props.rows.find((other) => other.block && other.path[0] === row.path[0]).id;
    for (const [i, row] of rows.entries()) {
      const box = this.line(row.id).getBoundingClientRect();
      if (y < box.top + box.height / 2) return { before: row.id, into: row.path.length === 2 ? block(row) : null, y: box.top };
      const last = row.path.length === 2 && rows[i + 1]?.path.length !== 2;
      if (last && y < box.bottom) return { before: null, into: block(row), y: box.bottom };
    }
    const end = rows.length ? this.line(rows.at(-1).id).getBoundingClientRect().bottom : this.list.getBoundingClientRect().top;
    return { before: null, into: null, y: end };
  }

  show() {
    const box = this.list.getBoundingClientRect();
    this.list.append(this.mark);
    this.mark.style.top = `${this.to.y - box.top - 1}px`;
    this.mark.style.left = this.to.into ? "44px" : "4px";
  }

  drop() {
    const { going, to, from } = this;
    this.stop();
    if (!going || !to) return;
    this.editor.select(from.id);
    this.editor.command({ do: "move", id: from.id, before: to.before, into: to.into });
    this.editor.rows.focus();
  }

  onkey(event) {
    if (event.key !== "Escape" || !this.going) return;
    event.preventDefault();
    event.stopPropagation();
    this.stop();
  }

  stop() {
    this.mark.remove();
    this.line(this.from?.id)?.classList.remove("lb-dragged");
    this.editor.root.classList.remove("lb-dragging");
    Object.assign(this, { going: false, to: null });
    for (const [name, handler] of Object.entries(this.handlers)) window.removeEventListener(name, handler, true);
  }

  destroy() {
    this.stop();
  }
}
