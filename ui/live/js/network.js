// The network diagram: every unit with its own answer, every weight as a line, live; point at one to read, click to set.

import { Card, paint } from "./card.js";
import { h } from "./dom.js";
import { number } from "./format.js";
import { Editor } from "./network-edit.js";
import { edgeAt, middleOf } from "./network-edges.js";
import { header } from "./network-header.js";
import { cardContent, spoken } from "./network-hover.js";
import { Numbers } from "./network-numbers.js";
import { Stage } from "./network-stage.js";
import { WeightTable } from "./network-table.js";
import { unitTitle } from "./network-text.js";

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

class Network {
  constructor(host, view, api) {
    Object.assign(this, { view, api, palette: api.palette, numbers: new Numbers(view), target: null, touch: false });
    this.stage = new Stage();
    this.scroller = h("div", { class: "llv-scroller" }, this.stage.element);
    this.widest = h("span", { class: "llv-widest" });
    this.foot = h("div", { class: "llv-foot" },
      h("span", { class: "llv-ramp-text" }, "−"), h("span", { class: "llv-ramp", "aria-hidden": "true" }),
      h("span", { class: "llv-ramp-text" }, "+"), h("span", { class: "llv-legend-text" }, "weights, outputs, biases (dots)"), this.widest);
    this.root = h("div", { class: "llv llv-network" }, this.scroller, this.foot);
    host.append(this.root);
    this.table = new WeightTable(this.root);
    this.card = new Card(this.root, { "aria-hidden": "true" });
    this.edit = h("button", { type: "button", class: "llv-text-button", onclick: () => this.openEditor(this.target) }, "Edit");
    this.editor = new Editor(this.root, api, (back) => this.editorClosed(back));
    this.listen();
    this.theme(this.palette);
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.scroller);
  }

  listen() {
    const { element, units } = this.stage;
    element.addEventListener("pointermove", (event) => event.pointerType !== "touch" && this.point(this.under(event), event));
    element.addEventListener("pointerleave", (event) => event.pointerType !== "touch" && this.point(null));
    element.addEventListener("pointerdown", (event) => (this.touch = event.pointerType === "touch"), true);
    element.addEventListener("click", (event) => this.click(event));
    units.addEventListener("focusin", (event) => event.target.unit && !this.touch && this.focus(event.target));
    units.addEventListener("focusout", () => !this.editor.open && !this.touch && this.point(null));
    units.addEventListener("keydown", (event) => this.key(event));
    this.moved = () => this.place();
    window.addEventListener("scroll", this.moved, { capture: true, passive: true });
    this.outside = (event) => this.card.open && !event.composedPath().includes(this.root) && this.point(null);
    document.addEventListener("pointerdown", this.outside, true);
  }

  get options() {
    return this.view.options;
  }

  /** The unit or the line under the pointer. */
  under(event) {
    const unit = event.target.closest?.(".llv-unit")?.unit;
    if (unit || event.target.closest?.("button") || !this.stage.plan) return unit ?? null;
    const box = this.stage.canvas.getBoundingClientRect();
    const edge = edgeAt(this.stage.plan, event.clientX - box.left, event.clientY - box.top, this.touch ? 14 : 7);
    return edge && this.numbers.weights() ? edge : null;
  }

  anchor(target) {
    if ("unit" in target) return this.stage.buttons[target.layer][target.unit].getBoundingClientRect();
    const box = this.stage.canvas.getBoundingClientRect();
    const { x, y } = middleOf(this.stage.plan, target);
    return new DOMRect(box.left + x - 4, box.top + y - 4, 8, 8);
  }

  /** Point at something (or at nothing): its card opens, the plane shows the unit large. */
  point(target, event = null) {
    this.stage.element.classList.toggle("llv-over", Boolean(target && !("unit" in target) && !this.options.fixed));
    if (this.editor.open || same(target, this.target)) return;
    this.target = target;
    const unit = target && "unit" in target ? target : null;
    this.api.emit?.("peek", unit && { view: this.view.name, ...unit, title: unitTitle(this.options, unit.layer, unit.unit) });
    this.edit.remove();
    this.card.element.classList.remove("llv-live");
    this.card.element.setAttribute("aria-hidden", "true"); // a unit's description says the same
    if (!target) this.card.hide();
    else {
      const at = event && !unit ? new DOMRect(event.clientX - 4, event.clientY - 4, 8, 8) : this.anchor(target);
      this.card.show(cardContent(this.options, this.numbers, target), at);
    }
    this.draw();
  }

  /** On a touch screen a tap shows the card, with a button to edit. */
  tap(target) {
    this.point(target);
    if (!target || this.options.fixed || (target.unit !== undefined && target.layer === 0)) return;
    this.card.element.append(this.edit);
    this.card.element.removeAttribute("aria-hidden");
    this.card.element.classList.add("llv-live");
    this.card.place(this.anchor(target));
  }

  click(event) {
    const target = this.under(event);
    if (this.touch) this.tap(target);
    else if (target) this.openEditor(target);
  }

  openEditor(target) {
    if (!target || this.options.fixed || !this.numbers.weights()) return;
    if (target.unit !== undefined && target.layer === 0) {
      this.api.announce?.("An input has nothing to set. Choose a unit of a later layer.");
      return;
    }
    const anchor = this.anchor(target);
    this.point(null);
    this.target = target;
    this.opener = "unit" in target ? target : { layer: target.layer + 1, unit: target.to };
    this.editor.show(this.options, this.numbers, target, anchor);
    this.draw();
  }

  editorClosed(back) {
    this.target = null;
    const { layer, unit } = this.opener;
    if (back && !this.touch) this.stage.buttons[layer]?.[unit]?.focus();
    this.draw();
  }

  focus(button) {
    for (const each of this.stage.buttons.flat()) each.tabIndex = each === button ? 0 : -1;
    if (this.editor.open) return;
    this.point(button.unit);
    button.setAttribute("aria-description", spoken(this.options, this.numbers, button.unit));
  }

  key(event) {
    const here = event.target.unit;
    if (!here || event.ctrlKey || event.metaKey || event.altKey) return;
    const { layer, unit } = here;
    const { buttons } = this.stage;
    const beside = (to) => buttons[to]?.[Math.round(((unit + 0.5) / buttons[layer].length) * buttons[to].length - 0.5)];
    const to = {
      ArrowUp: () => buttons[layer][unit - 1], ArrowDown: () => buttons[layer][unit + 1],
      ArrowLeft: () => beside(layer - 1), ArrowRight: () => beside(layer + 1),
      Home: () => buttons[0][0], End: () => buttons.at(-1).at(-1),
    }[event.key];
    if (to) {
      this.touch = false;
      to()?.focus();
    } else if (event.key === "Enter" || event.key === " ") this.openEditor(here);
    else if (event.key === "Escape") this.point(null);
    else return;
    event.preventDefault();
    event.stopPropagation(); // → and space mean something else on the page
  }

  place() {
    if (this.editor.open) this.editor.card.place(this.anchor(this.target));
    else if (this.card.open && this.target) this.card.place(this.anchor(this.target));
  }

  describe(view, constants) {
    const changed = !same(view.options, this.view.options) || !this.stage.plan;
    this.view = view;
    const { frame } = this.numbers; // of the same network: shown until the next one comes, so that nothing blinks
    this.numbers = new Numbers(view);
    this.numbers.constants = constants ?? new Map();
    if (!changed) this.numbers.frame = frame;
    this.editor.numbers = this.numbers;
    if (changed) {
      this.editor.close(false);
      this.point(null);
      this.build();
    } else this.draw();
  }

  /** Lay everything out anew, keeping the focus where it was. */
  build() {
    const { clientWidth: width, clientHeight: height } = this.scroller;
    if (!width || !height) return;
    const label = this.root.contains(this.root.getRootNode().activeElement) && this.root.getRootNode().activeElement.getAttribute("aria-label");
    this.stage.build(this.options, width, height, this.palette);
    this.head?.remove();
    this.head = header(this.options, this.stage.plan, (action, layer) => this.api.trigger("network", { action, layer }));
    this.stage.element.prepend(this.head);
    if (label) [...this.stage.element.querySelectorAll("button")].find((each) => each.getAttribute("aria-label") === label)?.focus({ preventScroll: true });
    this.draw();
  }

  update(frame) {
    if (frame === this.numbers.frame) return;
    this.numbers.frame = frame;
    this.draw();
    if (this.editor.open) this.editor.refresh();
    else if (this.card.open && this.target) this.card.body.replaceChildren(...cardContent(this.options, this.numbers, this.target));
    this.table.changed(this.options, this.numbers);
  }

  draw() {
    if (!this.stage.plan) return;
    const widest = this.stage.draw(this.numbers, this.palette, this.target);
    const text = Number.isFinite(widest) ? `widest line: weight ${number(widest)}` : "";
    if (this.widest.textContent !== text) this.widest.textContent = text;
  }

  theme(palette) {
    this.palette = palette;
    paint(this.root, palette);
    this.draw();
  }

  resize() {
    const { clientWidth, clientHeight } = this.scroller;
    const { plan } = this.stage;
    if (plan && plan.given === `${clientWidth}x${clientHeight}` && this.stage.ratio === (window.devicePixelRatio || 1)) return;
    this.build();
    if (this.stage.plan) this.stage.plan.given = `${clientWidth}x${clientHeight}`;
  }

  destroy() {
    this.api.emit?.("peek", null);
    this.observer.disconnect();
    window.removeEventListener("scroll", this.moved, { capture: true });
    document.removeEventListener("pointerdown", this.outside, true);
    for (const part of [this.editor, this.card, this.table]) part.destroy();
    this.root.remove();
  }
}

/** Mount a view of kind "network" into an empty element. */
export function mount(host, view, api) {
  return new Network(host, view, api);
}
