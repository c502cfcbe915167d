// One setting of one layer: a menu, a number, or a number and a word that stands for one.

import { h, mark, write } from "./dom.js";

const PAUSE = 500; // ms without a key after which what was typed is meant

let serial = 0;

export class Field {
  /** `field` is a row of the menu (name, title, help, least, most, step, choices, word), `id` the layer's. */
  constructor(field, id, editor) {
    Object.assign(this, { field, id, editor, sent: null, timer: null });
    this.says = h("span", { class: "lb-says", id: `lb-says-${++serial}` });
    this.input = field.choices.length ? this.menu() : this.number();
    this.toggle = field.word ? h("button", { type: "button", class: "lb-word", onclick: () => this.flip() }, field.word[1]) : null;
    const title = h("span", { class: "lb-label" }, field.title);
    this.element = h("span", { class: "lb-field", title: field.help }, h("label", {}, title, this.input), this.toggle, this.says);
  }

  menu() {
    const options = this.field.choices.map(([value, title]) => h("option", { value }, title));
    return h("select", { class: "lb-input", onchange: () => this.send(this.input.value) }, options);
  }

  number() {
    const mode = this.field.step < 1 ? "decimal" : "numeric";
    return h("input", { type: "text", class: "lb-input", inputmode: mode, autocomplete: "off", spellcheck: "false",
      style: `width: ${Math.max(2.2, String(this.field.most).length + 0.7)}ch`,
      oninput: () => this.send(this.input.value, true), onblur: () => this.settle(), onkeydown: (event) => this.onkey(event) });
  }

  focus() {
    (this.input.hidden ? this.toggle : this.input).focus();
    this.input.select?.();
  }

  onkey(event) {
    const by = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (by !== undefined && !event.altKey && !event.ctrlKey) {
      event.preventDefault();
      event.stopPropagation();
      this.step(by);
    } else if (event.key === "Enter" || event.key === "Escape") {
      if (event.key === "Escape" && this.bad) this.send(this.written(this.value)); // back to what the network has
      this.settle();
      if (event.key === "Enter") {
        event.preventDefault();
        event.stopPropagation();
        this.editor.rows.focus();
      }
    }
  }

  /** One step up or down, not beyond the bounds; from a word to the least number. */
  step(by) {
    const { least, most, step } = this.field;
    const now = Number(this.input.value);
    const from = this.input.value.trim() !== "" && Number.isFinite(now) ? now : null;
    const to = from === null ? least : Math.round((from + by * step) / step) * step;
    if (to < least || to > most || to === from) return;
    this.input.value = String(Number(to.toFixed(4)));
    this.send(this.input.value, true);
  }

  flip() {
    const { word, least } = this.field;
    this.send(this.value === word[0] ? String(least) : word[1]);
  }

  send(text, typing = false) {
    clearTimeout(this.timer);
    this.sent = { do: "set", id: this.id, field: this.field.name, text, typing };
    this.editor.command(this.sent);
    this.unsettled = typing;
    if (typing) this.timer = setTimeout(() => this.settle(), PAUSE);
  }

  /** Say that nothing more is being typed: now the network may train. */
  settle() {
    clearTimeout(this.timer);
    if (!this.unsettled) return;
    this.unsettled = false;
    this.editor.command({ do: "settle" });
  }

  written(value) {
    return this.field.word && value === this.field.word[0] ? this.field.word[1] : String(value);
  }

  show(row, props, where, selected) {
    const { field } = this;
    const bad = row.bad[field.name];
    this.value = row.values[field.name];
    this.bad = bad;
    const isWord = field.word && this.value === field.word[0] && !bad;
    const text = bad ? bad.text : isWord ? "" : String(this.value);
    const typing = document.activeElement === this.input && (this.editor.pending.includes(this.sent) || Number(this.input.value) === this.value);
    if (!typing && this.input.value !== text) this.input.value = text;
    const name = `${field.title}, layer ${where}`;
    mark(this.input, { "aria-label": name, "aria-invalid": bad ? "true" : null, "aria-describedby": bad ? this.says.id : null,
      tabindex: selected ? 0 : -1, disabled: props.locked });
    const held = document.activeElement === this.input;
    this.input.hidden = Boolean(isWord);
    if (held && isWord) this.toggle.focus();
    if (this.toggle) {
      mark(this.toggle, { "aria-pressed": String(Boolean(isWord)), "aria-label": `${field.title} ${field.word[1]}, layer ${where}`, tabindex: selected ? 0 : -1, disabled: props.locked });
    }
    write(this.says, bad?.sentence ?? "");
  }
}
