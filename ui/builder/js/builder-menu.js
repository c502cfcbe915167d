// A menu in which one types to find: a popover with a field and a list below it, after the ARIA combobox pattern.

import { h, mark } from "./dom.js";

let serial = 0;

export class Chooser {
  /** `onchoose(name)` gets the chosen row; `onclose()` may put the focus somewhere when the menu was left without a choice. */
  constructor(title, question, onchoose, onclose) {
    const id = `lb-menu-${++serial}`;
    Object.assign(this, { id, onchoose, onclose, rows: [], shown: [], active: 0 });
    this.input = h("input", { type: "text", class: "lb-find", role: "combobox", "aria-expanded": "true", "aria-controls": id, "aria-autocomplete": "list",
      "aria-label": question, placeholder: `${question} Type to find`, autocomplete: "off", spellcheck: "false",
      oninput: () => this.filter(), onkeydown: (event) => this.onkey(event) });
    this.list = h("div", { class: "lb-options", role: "listbox", id, "aria-label": title });
    this.element = h("div", { class: "lb-menu", popover: "auto", role: "dialog", "aria-label": title }, this.input, this.list);
    this.element.addEventListener("toggle", (event) => event.newState === "closed" && this.closed());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener("click", (event) => this.choose(event.target.closest("[role=option]")?.dataset.name));
    this.list.addEventListener("pointermove", (event) => {
      const name = event.target.closest("[role=option]")?.dataset.name;
      const at = this.shown.findIndex((row) => row.name === name);
      if (at >= 0 && at !== this.active) this.point(at, false);
    });
  }

  /** The rows to choose from: {name, title, summary, group?}. */
  offer(rows) {
    this.rows = rows;
  }

  open(button) {
    if (this.element.matches(":popover-open")) return this.element.hidePopover();
    this.chosen = false;
    this.input.value = "";
    this.element.showPopover();
    this.filter();
    const at = button.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.element;
    const below = at.bottom + 6;
    this.element.style.left = `${Math.max(8, Math.min(innerWidth - width - 8, at.left))}px`;
    this.element.style.top = `${Math.max(8, Math.min(below, innerHeight - height - 8))}px`;
    this.input.focus();
    return undefined;
  }

  closed() {
    if (!this.chosen) this.onclose();
  }

  filter() {
    const words = this.input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (row) => words.every((word) => `${row.title} ${row.name} ${row.group ?? ""} ${row.summary}`.toLowerCase().includes(word));
    const first = (row) => words.length > 0 && !row.title.toLowerCase().startsWith(words[0]);
    const found = this.rows.filter(fits);
    // who types "fl" means Flatten, not what speaks of it
    this.shown = words.length ? [...found].sort((a, b) => first(a) - first(b)) : found;
    const groups = new Map();
    for (const row of this.shown) {
      const group = words.length ? "" : (row.group ?? "");
      if (!groups.has(group)) groups.set(group, []);
      groups.get(group).push(row);
    }
    this.shown = [...groups.values()].flat();
    const option = (row) => h("div", { role: "option", class: "lb-option", id: `${this.id}-${row.name}`, "data-name": row.name },
      h("b", {}, row.title), h("span", {}, row.summary));
    const parts = [...groups].flatMap(([title, rows], k) =>
      title ? [h("div", { role: "group", "aria-labelledby": `${this.id}-g${k}` }, h("div", { class: "lb-grouptitle", id: `${this.id}-g${k}`, role: "presentation" }, title), rows.map(option))] : rows.map(option));
    this.list.replaceChildren(...(parts.length ? parts : [h("div", { class: "lb-none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, "Nothing is called like this.")]));
    this.point(0);
  }

  point(at, scroll = true) {
    this.active = at;
    this.shown.forEach((row, i) => {
      const option = this.list.querySelector(`#${this.id}-${row.name}`);
      mark(option, { "aria-selected": i === at ? "true" : "false" });
      if (i === at && scroll) option.scrollIntoView({ block: "nearest" });
    });
    mark(this.input, { "aria-activedescendant": this.shown[at] ? `${this.id}-${this.shown[at].name}` : null });
  }

  onkey(event) {
    const last = this.shown.length - 1;
    const to = { ArrowDown: this.active + 1, ArrowUp: this.active - 1, PageDown: Math.min(last, this.active + 5), PageUp: Math.max(0, this.active - 5) }[event.key];
    if (to !== undefined && last >= 0) {
      event.preventDefault();
      this.point((to + last + 1) % (last + 1));
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.choose(this.shown[this.active]?.name);
    }
    event.stopPropagation();
  }

  choose(name) {
    if (!name || !this.rows.some((row) => row.name === name)) return;
    this.chosen = true;
    this.element.hidePopover();
    this.onclose();
    this.onchoose(name);
  }
}
