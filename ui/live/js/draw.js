// Drawing samples by hand: choose a class, click or drag on the plane; the page gets all points when the pointer is lifted.

import { h } from "./dom.js";
import { nearest } from "./plane-points.js";

const CLASSES = ["A", "B", "C"];
const APART = 12; // pixels between two points of one stroke
const GRAB = 9; // pixels within which a point is taken hold of or erased
const LEAST = 4; // points that each of two classes needs before a network can learn from them
const UNDO = 100;

const triple = ({ x1, x2, target }) => [x1, x2, target];
const rounded = (value) => Math.round(value * 100) / 100; // as the experiment keeps them, so that its echo is known

export class Draw {
  constructor(plane) {
    Object.assign(this, { plane, tool: 0, local: null, past: [], stroke: null, sent: null, missing: null });
    this.sentence = h("span", { class: "llv-draw-note", role: "status" });
    this.tools = [...CLASSES.map((name, label) => this.button(name, label, `Class ${name}`)), this.button("Erase", "erase", "Erase")];
    const act = (text, action) => h("button", { type: "button", class: "llv-text-button", onclick: action }, text);
    this.undoButton = act("Undo", () => this.undo());
    this.bar = h("div", { class: "llv-draw", role: "toolbar", "aria-label": "Draw points", hidden: true },
      this.tools, h("span", { class: "llv-space" }), this.undoButton, act("Clear", () => this.clear()), this.sentence);
    plane.root.prepend(this.bar);
    this.choose(0);
    this.off = plane.api.on?.("refused", () => this.refused());
  }

  button(text, tool, title) {
    const swatch = tool === "erase" ? null : h("span", { class: "llv-swatch" });
    const button = h("button", { type: "button", class: "llv-text-button llv-tool", "aria-label": title, title, "aria-pressed": "false", onclick: () => this.choose(tool) }, swatch, text);
    button.tool = tool;
    return button;
  }

  choose(tool) {
    this.tool = tool;
    for (const button of this.tools) button.setAttribute("aria-pressed", String(button.tool === tool));
  }

  get on() {
    return Boolean(this.plane.options.draw);
  }

  get most() {
    return this.plane.options.max_points ?? 1000;
  }

  /** All points: the ones being drawn, else those of the experiment, else those of the run. */
  all() {
    if (this.local) return this.local;
    const known = this.plane.api.spec?.data?.points;
    if (known) return known.map(({ x1, x2, label }) => ({ x1, x2, target: label, part: "train" }));
    return this.plane.points.map(({ x1, x2, target }) => ({ x1, x2, target, part: "train" }));
  }

  /** The run was (re)built: its points count again, unless they are older than what was just drawn. */
  describe() {
    const { plane } = this;
    this.bar.hidden = !this.on;
    plane.field.classList.toggle("llv-drawing", this.on);
    for (const button of this.tools) {
      const swatch = button.querySelector(".llv-swatch");
      if (swatch && plane.palette) swatch.style.background = plane.palette.classes[button.tool];
    }
    if (this.stroke) return;
    const known = plane.api.spec?.data?.points;
    const arrived = known && JSON.stringify(known.map(({ x1, x2, label }) => [x1, x2, label]));
    const older = this.sent && arrived && arrived !== this.sent;
    if (!older) {
      const drawnOn = this.sent === arrived && JSON.stringify(this.local?.map(triple)) !== arrived; // too few by now
      this.sent = null;
      if (!drawnOn) this.local = null;
    }
    this.note();
  }

  down(event) {
    const { plane } = this;
    const [px, py] = plane.pixel(event);
    if (!this.on || event.button || !plane.box?.has(px, py)) return;
    plane.field.setPointerCapture(event.pointerId);
    this.remember();
    const hit = this.tool === "erase" ? null : nearest(this.local, plane.box, px, py, GRAB);
    this.stroke = { held: hit, last: [px, py] };
    if (this.tool === "erase") this.erase(px, py);
    else if (!hit) this.add(px, py);
    plane.redraw();
  }

  /** True while a stroke goes on. */
  move(event) {
    if (!this.stroke) return false;
    const { plane, stroke } = this;
    const [px, py] = plane.pixel(event);
    if (!plane.box.has(px, py)) return true;
    if (this.tool === "erase") this.erase(px, py);
    else if (stroke.held) Object.assign(stroke.held, this.at(px, py));
    else if (Math.hypot(px - stroke.last[0], py - stroke.last[1]) >= APART) {
      this.add(px, py);
      stroke.last = [px, py];
    }
    plane.overlay();
    return true;
  }

  up() {
    if (!this.stroke) return;
    this.stroke = null;
    this.commit();
  }

  /** Put a point (or erase one) with the keyboard. */
  put(x1, x2) {
    this.remember();
    const [px, py] = this.plane.box.to(x1, x2);
    if (this.tool === "erase") this.erase(px, py);
    else this.add(px, py);
    this.commit();
  }

  at(px, py) {
    const [x1, x2] = this.plane.box.from(px, py);
    return { x1: rounded(x1), x2: rounded(x2) };
  }

  add(px, py) {
    if (this.local.length < this.most) this.local.push({ ...this.at(px, py), target: this.tool, part: "train" });
    this.note();
  }

  erase(px, py) {
    for (let hit; (hit = nearest(this.local, this.plane.box, px, py, GRAB)); ) this.local.splice(this.local.indexOf(hit), 1);
    this.note();
  }

  remember() {
    const now = this.all().map((point) => ({ ...point }));
    this.past = [...this.past, now].slice(-UNDO);
    this.local = now.map((point) => ({ ...point }));
  }

  undo() {
    if (!this.past.length) return;
    this.local = this.past.pop();
    this.commit();
  }

  clear() {
    this.remember();
    this.local = [];
    this.commit();
  }

  commit() {
    this.plane.redraw();
    this.note();
    const points = this.local.map(triple);
    if (this.missing) return;
    this.sent = JSON.stringify(points);
    this.plane.api.trigger("points", points);
  }

  /** Say how many points there are of each class, and hold training while they are too few to learn from. */
  note() {
    this.undoButton.disabled = !this.past.length;
    const points = this.on ? this.all() : [];
    const counts = CLASSES.map((_, label) => points.filter(({ target }) => target === label).length);
    // Points that the run already learns from are enough for it, whatever they are.
    const enough = !this.on || !this.local || counts.filter((each) => each >= LEAST).length >= 2;
    this.hold(enough ? null : `Draw at least ${LEAST} points of each of two classes.`);
    const told = CLASSES.map((name, label) => `${name} ${counts[label]}`).join(", ");
    let text = this.on ? `Points: ${told}.` : "";
    if (points.length >= this.most) text = `That is the most: ${this.most.toLocaleString("en-US")} points. Erase some to draw more.`;
    else if (!enough) text = `${told}. Draw at least ${LEAST} of each of two classes.`; // has to fit into one line
    if (this.sentence.textContent !== text) this.sentence.textContent = text;
  }

  /** The run would train on points that are no longer there: it waits until these can be learned from. */
  hold(missing) {
    if (missing === this.missing) return;
    this.missing = missing;
    this.plane.api.emit?.("hold", missing);
  }

  /** The page says why; the points that were sent are not part of the experiment, so they go. */
  refused() {
    if (!this.sent) return;
    this.local = this.sent = null;
    this.note();
    this.plane.redraw();
  }

  destroy() {
    this.off?.();
    this.hold(null);
  }
}
