// Balls on a loss surface, from above: their ways, and the ring from which they start, which can be put anywhere.

import { fit, fits } from "./canvases.js";
import { paint } from "./card.js";
import { Legend } from "./descent-legend.js";
import { Shaded, tones } from "./descent-surface.js";
import { h, write } from "./dom.js";
import { number } from "./format.js";
import { role } from "./palette.js";
import { drawAxes } from "./plane-axes.js";

const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const STEPS = 80; // of an arrow key across the picture
const REST = 500; // ms without a key after which the balls are dropped
const PATIENCE = 8000; // ms after which a drop that nobody took is taken back

class Descent {
  constructor(host, view, api) {
    Object.assign(this, { view, api, palette: api.palette, frame: null, aim: null, pending: null, held: null });
    this.base = h("canvas", { class: "llv-canvas", "aria-hidden": "true" });
    this.over = h("canvas", { class: "llv-canvas", "aria-hidden": "true" });
    this.ring = h("button", { type: "button", class: "llv-start" });
    this.chip = h("div", { class: "llv-chip", hidden: true });
    this.field = h("div", { class: "llv-field-plane llv-surface" }, this.base, this.over, this.ring, this.chip);
    this.legend = new Legend(() => this.overlay());
    this.scale = h("div", { class: "llv-legend llv-heights" });
    this.aside = h("div", { class: "llv-aside" }, this.legend.element, this.scale);
    this.root = h("div", { class: "llv llv-descent" }, this.field, this.aside);
    host.append(this.root);
    this.listen();
    this.describe(view, api.constants);
    this.theme(api.palette);
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.field);
  }

  get options() {
    return this.view.options;
  }

  /** Where the ring is: under the finger, where it was dropped, or where the balls did start. */
  get place() {
    return this.aim ?? this.pending ?? this.options.start;
  }

  listen() {
    const { field, ring } = this;
    field.addEventListener("pointerdown", (event) => this.down(event));
    field.addEventListener("pointermove", (event) => event.pointerId === this.held && this.take(event));
    field.addEventListener("pointerup", (event) => event.pointerId === this.held && this.drop());
    field.addEventListener("pointercancel", () => this.leave());
    field.addEventListener("click", (event) => this.tap(event));
    ring.addEventListener("keydown", (event) => this.key(event));
    ring.addEventListener("blur", () => this.timer && this.drop());
  }

  inside(event) {
    const { left, top } = this.field.getBoundingClientRect();
    return this.box?.has(event.clientX - left, event.clientY - top) ?? false;
  }

  down(event) {
    const fromRing = event.target === this.ring;
    // a finger beside the ring may be about to scroll: only when it was a tap the balls go there
    if (event.button > 0 || !this.box || !(fromRing || (event.pointerType !== "touch" && this.inside(event)))) return;
    this.held = event.pointerId;
    this.field.setPointerCapture(event.pointerId);
    event.preventDefault();
    this.ring.focus({ preventScroll: true });
    this.take(event);
  }

  tap(event) {
    if (event.pointerType !== "touch" || event.target === this.ring || !this.inside(event)) return;
    this.take(event);
    this.drop();
  }

  take(event) {
    const { left, top } = this.field.getBoundingClientRect();
    this.go(this.box.from(event.clientX - left, event.clientY - top));
  }

  /** Move the ring; the balls stay where they are until it is dropped. */
  go(place) {
    const { range } = this.options;
    this.aim = place.map((value, k) => Number(Math.min(range[k][1], Math.max(range[k][0], value)).toFixed(3)));
    this.put();
    this.overlay();
    const [u, v] = this.aim.map((value, k) => (value - range[k][0]) / (range[k][1] - range[k][0]));
    this.chip.hidden = false;
    const height = this.shaded ? `, ${number(this.shaded.at(u, v))} above the minimum` : "";
    write(this.chip, `${this.spoken(this.aim)}${height}`);
  }

  spoken(place) {
    return this.options.axes.map((title, k) => `${title} ${number(place[k])}`).join(", ");
  }

  leave() {
    clearTimeout(this.timer);
    this.held = this.timer = this.aim = null;
    this.chip.hidden = true;
    this.put();
    this.overlay();
  }

  drop() {
    const place = this.aim;
    this.leave();
    if (!place) return;
    this.api.announce?.(`The balls start at ${this.spoken(place)}.`);
    if (place.every((value, k) => value === this.options.start[k])) {
      this.api.send({ do: "reset" }).then(() => this.roll(), (error) => this.api.announce?.(error.message));
      return;
    }
    this.pending = place;
    this.put();
    this.overlay();
    clearTimeout(this.given);
    this.given = setTimeout(() => this.settle(), PATIENCE);
    this.api.trigger("start", place);
  }

  /** What was asked for has come, or never will. */
  settle() {
    clearTimeout(this.given);
    this.pending = null;
    this.put();
    this.overlay();
  }

  roll() {
    this.api.send({ do: "play" }).catch((error) => this.api.announce?.(error.message));
  }

  key(event) {
    const move = KEYS[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey || !this.box) return;
    if (move) {
      const { range } = this.options;
      const far = (event.shiftKey ? 5 : 1) / STEPS;
      this.go(this.place.map((value, k) => value + move[k] * far * (range[k][1] - range[k][0])));
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.drop(), REST);
    } else if (event.key === "Enter" || event.key === " ") {
      this.aim ??= this.place;
      this.drop();
    } else if (event.key === "Escape" && this.aim) this.leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  describe(view, constants) {
    this.view = view;
    this.frame = null;
    const heights = constants?.get(`${view.name}/heights`);
    this.shaded = heights ? new Shaded(heights, view.options.edge) : null;
    const taken = this.pending?.every((value, k) => value === view.options.start[k]);
    if (taken) {
      this.settle();
      this.roll();
    }
    this.write();
    this.measure();
    this.redraw();
  }

  /** Legends, and what a screen reader is told of the ring. */
  write() {
    this.legend.describe(this.options.lines, this.palette);
    const stops = tones(this.palette).join(", ");
    this.scale.replaceChildren("low", h("span", { class: "llv-ramp", style: `background: linear-gradient(to right, ${stops})`, "aria-hidden": "true" }),
      `high${this.shaded ? ` (${number(this.shaded.most)})` : ""}`, h("span", { class: "llv-minimum" }, h("span", { "aria-hidden": "true" }, "×"), " minimum"));
  }

  update(frame) {
    this.frame = frame;
    this.legend.show(frame.metrics, frame.arrays.get(`${this.view.name}/lost`)?.data);
    this.overlay();
  }

  redraw() {
    if (!this.box) return;
    const ctx = this.base.getContext("2d");
    const { box, ratio } = this;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, box.width, box.height);
    this.shaded?.draw(ctx, box, this.palette);
    drawAxes(ctx, box, this.options.axes, this.palette);
    ctx.strokeStyle = this.palette.text;
    ctx.lineWidth = 2;
    for (const [x, y] of this.options.minima) cross(ctx, ...box.to(x, y));
    this.put();
    this.overlay();
  }

  /** Ways and balls; while the ring is moved they belong to another start, and are not shown. */
  overlay() {
    if (!this.box) return;
    const ctx = this.over.getContext("2d");
    const { box, ratio, frame } = this;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, box.width, box.height);
    if (!frame || this.aim || this.pending) return;
    ctx.save();
    ctx.beginPath();
    ctx.rect(box.left, box.top, box.size, box.size);
    ctx.clip();
    ctx.lineJoin = "round";
    const { only } = this.legend;
    const places = frame.arrays.get(`${this.view.name}/weight/0`);
    const lost = frame.arrays.get(`${this.view.name}/lost`);
    const order = this.options.lines.map((_, k) => k).sort((a, b) => (a === only) - (b === only)); // what stands out is on top
    for (const k of order) {
      const trail = frame.arrays.get(`${this.view.name}/trail/${k}`);
      if (!trail) continue;
      const line = this.options.lines[k];
      ctx.globalAlpha = only === null || only === k ? 1 : 0.15;
      ctx.strokeStyle = ctx.fillStyle = role(this.palette, line.role);
      ctx.lineWidth = only === k ? 3 : 2;
      ctx.setLineDash(line.dashed ? [7, 5] : []);
      ctx.beginPath();
      for (let i = 0; i < trail.shape[0]; i++) ctx[i ? "lineTo" : "moveTo"](...box.to(trail.data[2 * i], trail.data[2 * i + 1]));
      ctx.stroke();
      ctx.setLineDash([]);
      if (places && (lost?.data[k] ?? -1) < 0) ball(ctx, ...box.to(places.data[2 * k], places.data[2 * k + 1]), this.palette);
    }
    ctx.restore();
  }

  /** Bring the ring to its place. */
  put() {
    if (!this.box) return;
    const [left, top] = this.box.to(...this.place);
    this.ring.style.transform = `translate(${left - 16}px, ${top - 16}px)`;
    this.ring.setAttribute("aria-label", `Start of the balls: ${this.spoken(this.place)}. Arrow keys move it, Enter drops the balls.`);
    const under = top > this.box.top + 60;
    this.chip.style.left = `${Math.min(Math.max(this.box.left + 4, left - 90), this.box.left + this.box.size - 200)}px`;
    this.chip.style.top = `${under ? top - 52 : top + 26}px`;
  }

  theme(palette) {
    this.palette = palette;
    paint(this.root, palette);
    this.write();
    if (this.frame) this.legend.show(this.frame.metrics, this.frame.arrays.get(`${this.view.name}/lost`)?.data);
    this.redraw();
  }

  measure() {
    Object.assign(this, fit(this.field, [this.base, this.over], this.options.range));
  }

  resize() {
    if (fits(this.field, this.box, this.ratio)) return;
    this.measure();
    this.redraw();
  }

  destroy() {
    clearTimeout(this.timer);
    clearTimeout(this.given);
    this.observer.disconnect();
    this.root.remove();
  }
}

function cross(ctx, x, y) {
  ctx.beginPath();
  ctx.moveTo(x - 5, y - 5);
  ctx.lineTo(x + 5, y + 5);
  ctx.moveTo(x + 5, y - 5);
  ctx.lineTo(x - 5, y + 5);
  ctx.stroke();
}

function ball(ctx, x, y, palette) {
  ctx.beginPath();
  ctx.arc(x, y, 5, 0, 2 * Math.PI);
  ctx.fill();
  ctx.lineWidth = 1.5;
  ctx.strokeStyle = palette.background;
  ctx.stroke();
}

/** Mount a view of kind "descent" into an empty element. */
export function mount(host, view, api) {
  return new Descent(host, view, api);
}
