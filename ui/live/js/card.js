// The little card beside what the pointer or the focus is on; it lies above everything and is never clipped.

import { h } from "./dom.js";

/** The colours of the theme as CSS variables of a view's root: views.css knows no colour of its own. */
export function paint(root, palette) {
  const names = ["text", "muted", "background", "surface", "border", "accent", "positive", "negative", "zero", "positiveText", "negativeText"];
  for (const name of names) root.style.setProperty(`--llv-${name}`, palette[name]);
  root.style.setProperty("--llv-font", palette.font);
  root.classList.toggle("llv-dark", Boolean(palette.dark));
}

export class Card {
  /** A hidden card inside `root` (so that it inherits the theme); `attributes` such as role and aria-label. */
  constructor(root, attributes = {}) {
    this.body = h("div", { class: "llv-card-body" });
    this.element = h("div", { class: "llv-card", popover: "manual", ...attributes }, this.body);
    root.append(this.element);
  }

  get open() {
    return this.element.matches(":popover-open");
  }

  /** Show new content; beside `anchor` (a client rectangle) where one is given. */
  show(content, anchor = null) {
    this.body.replaceChildren(...content);
    if (!this.open) this.element.showPopover();
    if (anchor) this.place(anchor);
  }

  /** Put the card to the right of the anchor, else left, else below or above, always inside the window. */
  place(anchor) {
    const { offsetWidth: width, offsetHeight: height } = this.element;
    const gap = 12;
    const wide = document.documentElement.clientWidth;
    const high = window.innerHeight;
    let left = anchor.right + gap;
    let top = anchor.top + anchor.height / 2 - height / 2;
    if (left + width > wide - 8) left = anchor.left - gap - width;
    if (left < 8) {
      left = Math.min(Math.max(8, anchor.left + anchor.width / 2 - width / 2), wide - width - 8);
      top = anchor.bottom + gap + height > high - 8 ? anchor.top - gap - height : anchor.bottom + gap;
    }
    this.element.style.left = `${Math.max(8, Math.round(left))}px`;
    this.element.style.top = `${Math.round(Math.min(Math.max(8, top), Math.max(8, high - height - 8)))}px`;
  }

  hide() {
    if (this.open) this.element.hidePopover();
  }

  destroy() {
    this.hide();
    this.element.remove();
  }
}
