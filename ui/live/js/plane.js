// The output over the plane with the samples on it; also shows one unit large while the network diagram points at it.

import { fit, fits } from "./canvases.js";
import { Card, paint } from "./card.js";
import { Draw } from "./draw.js";
import { h } from "./dom.js";
import { drawAxes } from "./plane-axes.js";
import { legend } from "./plane-legend.js";
import { drawBorder, drawPoints, drawRing, nearest, samples } from "./plane-points.js";
import { pointCard, readout, sentence } from "./plane-readout.js";
import { bandsOf, colours, Surface } from "./plane-surface.js";

const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

class Plane {
  constructor(host, view, api) {
    Object.assign(this, { view, api, palette: api.palette, frame: null, peek: null, cross: null, crisp: false, showTest: true, picked: null, points: [] });
    this.base = h("canvas", { class: "llv-canvas", "aria-hidden": "true" });
    this.over = h("canvas", { class: "llv-canvas", "aria-hidden": "true" });
    this.chip = h("div", { class: "llv-chip", hidden: true }); // over the picture, so that nothing moves
    this.field = h("div", { class: "llv-field-plane", tabindex: "0", role: "application" }, this.base, this.over, this.chip);
    this.note = h("div", { class: "llv-note" });
    this.legend = h("div", { class: "llv-legend" });
    this.root = h("div", { class: "llv llv-plane" }, this.field, this.note, this.legend);
    host.append(this.root);
    this.surface = new Surface();
    this.card = new Card(this.root, { "aria-hidden": "true" });
    this.buttons();
    this.draw = new Draw(this);
    this.listen();
    this.describe(view, api.constants);
    this.theme(api.palette);
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.field);
  }

  get options() {
    return this.view.options;
  }

  buttons() {
    const toggle = (text, title, change) => {
      const button = h("button", { type: "button", class: "ll-toggle", "aria-pressed": "false", title, onclick: () => { change(); this.redraw(); } }, text);
      return button;
    };
    this.crispButton = toggle("Crisp", "Show what the network decides instead of how sure it is", () => (this.crisp = !this.crisp));
    this.testButton = toggle("Test points", "Show the samples that are kept for testing", () => (this.showTest = !this.showTest));
  }

  listen() {
    const { field } = this;
    field.addEventListener("pointermove", (event) => this.pointer(event));
    field.addEventListener("pointerleave", () => this.point(null));
    field.addEventListener("pointerdown", (event) => this.draw.down(event));
    field.addEventListener("pointerup", (event) => this.draw.up(event));
    field.addEventListener("pointercancel", (event) => this.draw.up(event));
    field.addEventListener("click", (event) => !this.options.draw && this.pick(this.under(event)));
    field.addEventListener("keydown", (event) => this.key(event));
    field.addEventListener("blur", () => this.aim(null));
    this.off = this.api.on?.("peek", (peek) => this.show(peek));
  }

  /** Pixels of a pointer event within the view. */
  pixel(event) {
    const box = this.field.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  visible() {
    return this.draw.local ?? this.points.filter(({ part }) => part === "train" || this.showTest);
  }

  under(event) {
    return this.box ? nearest(this.visible(), this.box, ...this.pixel(event)) : null;
  }

  pointer(event) {
    if (!this.box) return;
    if (this.draw.move(event)) return this.card.hide();
    const [px, py] = this.pixel(event);
    if (!this.box.has(px, py) || (event.pointerType === "touch" && this.options.draw)) return this.point(null);
    this.point({ event, px, py });
  }

  /** Show a card for what is under the pointer: a sample, else the answer at this place. */
  point(place) {
    this.place = place;
    const { field } = this;
    const over = place && nearest(this.visible(), this.box, place.px, place.py);
    field.classList.toggle("llv-over", Boolean(over && this.options.pick));
    if (!place) return this.cross ? this.tell() : this.card.hide();
    const content = over ? pointCard(this, over) : readout(this, ...this.box.from(place.px, place.py));
    if (!content) return this.card.hide();
    this.card.show(content, new DOMRect(place.event.clientX - 6, place.event.clientY - 6, 12, 12));
  }

  async pick(sample) {
    if (!this.options.pick || !sample) return;
    try {
      await this.api.send({ do: "look", options: { sample: sample.index, part: sample.part } });
      this.picked = sample;
      this.overlay();
    } catch (error) {
      this.api.announce?.(error.message);
    }
  }

  /** The crosshair of the keyboard. */
  aim(place) {
    this.cross = place;
    this.overlay();
    if (place) this.tell();
    else this.card.hide();
  }

  tell() {
    const [x1, x2] = this.cross;
    const content = readout(this, x1, x2);
    const [x, y] = this.box.to(x1, x2);
    const { left, top } = this.field.getBoundingClientRect();
    if (content) this.card.show(content, new DOMRect(left + x - 8, top + y - 8, 16, 16));
    clearTimeout(this.speak);
    this.speak = setTimeout(() => this.cross && this.api.announce?.(sentence(this, ...this.cross)), 300);
  }

  key(event) {
    const { range } = this.options;
    const move = KEYS[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey || !this.box) return;
    if (move) {
      const from = this.cross ?? range.map(([low, high]) => (low + high) / 2);
      const share = event.shiftKey ? 1 / 8 : 1 / 48;
      this.aim(from.map((value, k) => Math.min(range[k][1], Math.max(range[k][0], value + move[k] * share * (range[k][1] - range[k][0])))));
    } else if (event.key === "Escape" && this.cross) this.aim(null);
    else if (event.key === "Enter" && this.cross) {
      if (this.options.draw) this.draw.put(...this.cross);
      else this.pick(nearest(this.visible(), this.box, ...this.box.to(...this.cross), 24));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Show a unit's picture large, or the output again. */
  show(peek) {
    this.peek = peek;
    this.redraw();
  }

  /** What is drawn now: the output, or the unit that is peeked at where its picture is known. */
  map() {
    const { peek } = this;
    const find = (name) => this.frame?.arrays.get(name) ?? this.api.constants?.get(name);
    const maps = peek && find(`${peek.view ?? "network"}/unit/${peek.layer}`);
    if (maps && peek.unit < maps.shape[0]) {
      const [, rows, columns] = maps.shape;
      const scale = find(`${peek.view ?? "network"}/unit_scale/${peek.layer}`)?.data[peek.unit] ?? 1;
      return { data: maps.data.subarray(peek.unit * rows * columns, (peek.unit + 1) * rows * columns), shape: [rows, columns], peek: { ...peek, scale } };
    }
    return this.frame?.arrays.get(`${this.view.name}/surface`) ?? null;
  }

  describe(view, constants) {
    this.view = view;
    this.frame = null;
    this.picked = null;
    const from = constants ?? new Map();
    this.points = ["train", "test"].flatMap((part) => samples(from, view, part));
    const [train, test] = ["train", "test"].map((part) => this.points.filter((point) => point.part === part).length);
    this.testButton.hidden = test === 0;
    this.api.tools?.replaceChildren(this.testButton, this.crispButton);
    const { axes, draw } = view.options;
    this.field.setAttribute("aria-label", `${view.title} of the network over ${axes.join(" and ")}, ${train} training and ${test} test points. ` +
      `Arrow keys move a crosshair${draw ? ", Enter puts a point there" : " that reads the output"}.`);
    this.draw.describe();
    this.tones = this.palette && colours(view.options, this.palette);
    this.measure();
    this.redraw();
  }

  update(frame) {
    if (frame === this.frame) return;
    this.frame = frame;
    this.paintSurface();
    if (this.place) this.point(this.place);
    else if (this.cross && this.card.open) this.card.show(readout(this, ...this.cross) ?? []);
  }

  /** Draw everything anew: something other than the numbers changed. */
  redraw() {
    this.testButton.setAttribute("aria-pressed", String(this.showTest));
    this.crispButton.setAttribute("aria-pressed", String(this.crisp));
    this.paintSurface();
    this.overlay();
  }

  paintSurface() {
    if (!this.box || !this.tones) return;
    const ctx = this.base.getContext("2d");
    const { box, ratio, options } = this;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, box.width, box.height);
    const map = this.map();
    this.explain(map?.peek ?? null);
    ctx.fillStyle = this.palette.surface;
    ctx.fillRect(box.left, box.top, box.size, box.size);
    if (!map) return;
    const one = map.peek ? { table: this.tones.diverging, bands: 2 } : { table: this.tones.table, bands: bandsOf(options) };
    this.surface.fill(map, this.tones, { crisp: this.crisp, ...one });
    this.surface.draw(ctx, box);
    const line = map.peek ? null : this.frame?.arrays.get(`${this.view.name}/line`);
    if (line) drawBorder(ctx, box, line.data, this.palette);
    const mark = this.frame?.arrays.get(`${this.view.name}/mark`);
    if (mark) drawRing(ctx, box, mark.data[0], mark.data[1], this.palette);
  }

  /** The note over the legend and the legend itself, rewritten only where they say something new. */
  explain(peek) {
    const test = this.showTest && this.points.some(({ part }) => part === "test") && !this.draw.local;
    const key = JSON.stringify([peek, test, this.palette.version, this.palette.dark, this.options]);
    if (key === this.told) return;
    this.told = key;
    this.note.textContent = this.options.note ?? "";
    this.chip.hidden = !peek;
    this.chip.textContent = peek ? (peek.title ?? `layer ${peek.layer}, unit ${peek.unit + 1}`) : "";
    this.chip.style.left = `${this.box.left + 6}px`;
    this.chip.style.top = `${this.box.top + 6}px`;
    legend(this.legend, this.options, this.tones, this.palette, { peek, test });
  }

  overlay() {
    if (!this.box || !this.tones) return;
    const ctx = this.over.getContext("2d");
    const { box, ratio } = this;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, box.width, box.height);
    drawAxes(ctx, box, this.options.axes, this.palette);
    drawPoints(ctx, box, this.visible(), this.tones.point, this.palette, this.options.classes.length === 0);
    if (this.picked) drawRing(ctx, box, this.picked.x1, this.picked.x2, this.palette);
    if (this.cross) this.crosshair(ctx);
  }

  crosshair(ctx) {
    const { left, top, size } = this.box;
    const [x, y] = this.box.to(...this.cross);
    for (const [width, colour] of [[3.5, this.palette.background], [1.5, this.palette.text]]) {
      ctx.lineWidth = width;
      ctx.strokeStyle = colour;
      ctx.beginPath();
      ctx.moveTo(left, y);
      ctx.lineTo(left + size, y);
      ctx.moveTo(x, top);
      ctx.lineTo(x, top + size);
      ctx.stroke();
    }
  }

  theme(palette) {
    this.palette = palette;
    paint(this.root, palette);
    this.tones = colours(this.options, palette);
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
    clearTimeout(this.speak);
    this.off?.();
    this.draw.destroy();
    this.observer.disconnect();
    this.card.destroy();
    this.api.tools?.replaceChildren();
    this.root.remove();
  }
}

/** Mount a view of kind "plane" into an empty element. */
export function mount(host, view, api) {
  return new Plane(host, view, api);
}
