// The kernel as a table of number fields, which a learner fills in; what is no number gets its sentence.

import { h, mark, write } from "./dom.js";
import { readNumber } from "./sandbox-maths.js";

const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0] };

export class KernelFields {
  /** `onchange()`: the learner typed something, which `values` may or may not give. */
  constructor({ onchange }) {
    Object.assign(this, { onchange, size: 0, fields: [] });
    this.grid = h("div", { class: "llk-kernel", role: "group", "aria-label": "Numbers of the kernel" });
    this.said = h("p", { class: "llk-problem", role: "alert", id: "llk-kernel-problem" });
    this.element = h("div", {}, this.grid, this.said);
  }

  /** Show a kernel given as rows of texts. */
  show(rows) {
    this.size = rows.length;
    this.fields = rows.map((row, y) => row.map((text, x) => this.field(text, y, x)));
    this.grid.replaceChildren(...this.fields.flat());
    this.grid.style.gridTemplateColumns = `repeat(${this.size}, minmax(0, 1fr))`;
    this.read();
  }

  field(text, y, x) {
    const field = h("input", { class: "llv-field llk-cell", type: "text", inputmode: "text", autocomplete: "off", spellcheck: "false", maxlength: "20",
      "aria-label": `row ${y + 1}, column ${x + 1}`,
      oninput: () => this.onchange(), onfocus: () => field.select(), onkeydown: (event) => this.key(event, y, x) });
    field.value = text;
    return field;
  }

  key(event, y, x) {
    const move = MOVES[event.key];
    const next = move && this.fields[y + move[0]]?.[x + move[1]];
    if (!next || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    next.focus();
  }

  /** Rows and columns more or fewer; what stands in the middle stays, new cells are 0. */
  resize(size) {
    const shift = Math.floor((size - this.size) / 2);
    const at = (y, x) => this.fields[y - shift]?.[x - shift]?.value ?? "0";
    this.show(Array.from({ length: size }, (_, y) => Array.from({ length: size }, (_, x) => at(y, x))));
  }

  /** The numbers, row by row, or null while a field holds none; that field is marked and its sentence shown. */
  read() {
    let problem = "";
    const values = this.fields.flat().map((field) => {
      try {
        const value = readNumber(field.value);
        mark(field, { "aria-invalid": null, "aria-describedby": null });
        return value;
      } catch (error) {
        mark(field, { "aria-invalid": "true", "aria-describedby": this.said.id });
        problem ||= `Kernel, ${field.getAttribute("aria-label")}: ${error.message}.`;
        return NaN;
      }
    });
    write(this.said, problem);
    return problem ? null : Float64Array.from(values);
  }
}
