// The shared drawing of a graph (SVG): axes, lines of functions, shaded ranges, points that are dragged. No page draws its own.
//
//   const graph = new Graph({ label: "Sigmoid and its derivative", x: { from: -6, to: 6, title: "z" }, y: { from: -0.2, to: 1.2, title: "a" } });
//   host.append(graph.element);          // it is as wide as there is room, and follows that; `height` px high, or height(width)
//   graph.theme(readPalette(parent));    // at first and whenever the theme changes; nothing is drawn before
//
// axis      { from, to, title, log, ticks: [values], say: (tick) => text }; graph.axes({ x, y }) gives others later. `square: true`: a unit is as long on both.
// lines     graph.lines([{ name, f: (x) => y  or  xs, ys: arrays, colour, dash: "6 4", width, title, fill: 0.2 }])
//           all of them anew each time (200 numbers a line: cheap enough for every move of a point); `title` puts it into the legend.
// ranges    graph.ranges([{ from, to, axis: "x" | "y", colour, opacity, title }]): shaded from one edge of the graph to the other
// marks     graph.marks([{ x, y, colour, shape: "circle" | "square" | "cross", size, opacity, title }]): data that stand still
// guides    graph.guides([{ x } or { y } or { from: [x, y], to: [x, y] }, colour, dash, width, text]): straight lines; wide ones are bars
// points    graph.points([{ name, label, x, y, colour, along: (x) => y, move: "x" | "y" | "both", step, xRange: [from, to], yRange,
//             text: (point) => what a screen reader says, onmove: (point) => …, onend: (point) => … }])
//           `along`: it stays on that curve. A point is kept by its name, with the focus and the finger on it. `graph.point(name)` gives
//           { x, y, put(x, y) } (put moves it and tells nobody). Arrow keys go a `step` (1 % of the axis without one), with Shift ten.
//           A click into the graph takes the nearest point there.
// ground    graph.ground((context, width, height, graph) => …): paints a canvas under it all (css pixels of the plot alone)
// readout   graph.read("a = 0.731"): a line of text under the graph (or elements)
//
// A colour is a role of palette.js ("variant:0", "layer:2", "positive", "muted", …) or any CSS colour. `graph.xs.at(value)` and
// `graph.ys.at(value)` give pixels of the drawing, `value(pixel)` the way back. `graph.destroy()` ends it. graph.css belongs to it.

import { h } from "./dom.js";
import { Point } from "./graph-points.js";
import { Scale, tickText, ticks } from "./graph-scale.js";
import { pathOf, svg } from "./graph-svg.js";
import { role } from "./palette.js";

const SAMPLES = 240; // places at which a function is drawn
const LETTER = 6.9; // px of a digit of the ticks
let graphs = 0;

export class Graph {
  constructor({ label, x, y, height = 260, square = false }) {
    Object.assign(this, { x, y, height, square, palette: null, rows: { lines: [], ranges: [], marks: [], guides: [] }, held: new Map() });
    this.clip = `llg-clip-${(graphs += 1)}`;
    this.hole = svg("rect", {});
    this.layers = Object.fromEntries(["grid", "ranges", "guides", "lines", "marks", "points"].map((name) => [name, svg("g", { class: `llg-${name}` })]));
    const { grid, ranges, guides, lines, marks, points } = this.layers;
    this.drawing = svg("svg", { class: "llg-drawing", role: "group", "aria-label": label },
      svg("clipPath", { id: this.clip }, this.hole), ranges, grid,
      svg("g", { "clip-path": `url(#${this.clip})` }, guides, lines, marks), points);
    this.canvas = h("canvas", { class: "llg-ground", ariaHidden: "true", hidden: true });
    this.legend = h("div", { class: "llg-legend" });
    this.readout = h("div", { class: "llg-readout" });
    this.plot = h("div", { class: "llg-plot" }, this.canvas, this.drawing);
    this.element = h("div", { class: "llg" }, this.legend, this.plot, this.readout);
    this.element.graph = this; // for measuring
    this.drawing.addEventListener("pointerdown", (event) => this.takeNearest(event));
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.plot);
  }

  axes({ x = this.x, y = this.y }) {
    Object.assign(this, { x, y });
    this.draw();
  }

  lines(rows) {
    this.rows.lines = rows;
    this.drawLines();
    this.drawLegend();
  }

  ranges(rows) {
    this.rows.ranges = rows;
    this.drawRanges();
    this.drawLegend();
  }

  marks(rows) {
    this.rows.marks = rows;
    this.drawMarks();
  }

  guides(rows) {
    this.rows.guides = rows;
    this.drawGuides();
  }

  points(rows) {
    const names = new Set(rows.map((row) => row.name));
    for (const [name, point] of this.held) {
      if (names.has(name)) continue;
      point.element.remove();
      this.held.delete(name);
    }
    for (const row of rows) {
      if (!this.held.has(row.name)) {
        const point = new Point(this, row.name);
        this.held.set(row.name, point);
        this.layers.points.append(point.element);
      }
      this.held.get(row.name).describe(row);
      if (this.palette) this.held.get(row.name).theme(this.ink);
    }
  }

  /** The point of that name. Throws: there is none. */
  point(name) {
    const found = this.held.get(name);
    if (!found) throw new Error(`point: expected one of ${[...this.held.keys()].join(", ")}; received ${name}`);
    return found;
  }

  ground(paint) {
    this.paint = paint;
    this.canvas.hidden = !paint;
    this.drawGround();
  }

  read(...content) {
    this.readout.replaceChildren(...content);
  }

  theme(palette) {
    this.palette = palette;
    this.draw();
  }

  /** The CSS colour of a role, or of a CSS colour. */
  ink = (colour) => (CSS.supports("color", colour) && !(colour in this.palette) ? colour : role(this.palette, colour));

  resize() {
    if (this.plot.clientWidth && this.plot.clientWidth !== this.drawnAt) this.draw();
  }

  draw() {
    const room = this.plot.clientWidth;
    if (!room || !this.palette) return;
    this.drawnAt = room;
    this.lay(room);
    this.drawGround();
    this.drawGrid();
    this.drawRanges();
    this.drawGuides();
    this.drawLines();
    this.drawMarks();
    for (const point of this.held.values()) {
      point.theme(this.ink);
      point.draw();
    }
    this.drawLegend();
  }

  lay(room) {
    const height = typeof this.height === "function" ? this.height(room) : this.height;
    const labels = (this.y.ticks ?? ticks(this.y, Math.max(2, Math.floor(height / 44)))).map((value) => this.y.say?.(value) ?? tickText(value, this.y.log));
    const margin = { left: 12 + LETTER * Math.max(1, ...labels.map((text) => text.length)), right: 14, top: this.y.title ? 24 : 10, bottom: this.x.title ? 42 : 24 };
    let [wide, high] = [room - margin.left - margin.right, height - margin.top - margin.bottom];
    if (this.square) {
      const unit = Math.min(wide / (this.x.to - this.x.from), high / (this.y.to - this.y.from));
      [wide, high] = [unit * (this.x.to - this.x.from), unit * (this.y.to - this.y.from)];
    }
    this.box = { left: margin.left, top: margin.top, right: margin.left + wide, bottom: margin.top + high };
    this.xs = new Scale(this.x, this.box.left, this.box.right);
    this.ys = new Scale(this.y, this.box.bottom, this.box.top);
    const [width, tall] = [this.box.right + margin.right, this.box.bottom + margin.bottom];
    for (const [name, value] of Object.entries({ width, height: tall, viewBox: `0 0 ${width} ${tall}` })) this.drawing.setAttribute(name, value);
    for (const [name, value] of Object.entries({ x: this.box.left, y: this.box.top, width: wide, height: high })) this.hole.setAttribute(name, value);
  }

  drawGround() {
    if (!this.paint || !this.xs) return;
    const { left, top, right, bottom } = this.box;
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [right - left, bottom - top];
    Object.assign(this.canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
    Object.assign(this.canvas.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
    const context = this.canvas.getContext("2d");
    context.scale(ratio, ratio);
    this.paint(context, width, height, this);
  }

  drawGrid() {
    const { left, top, right, bottom } = this.box;
    const { muted, border, text } = this.palette;
    const line = (x1, y1, x2, y2, strong) => svg("line", { x1, y1, x2, y2, stroke: strong ? muted : border, "stroke-width": 1 });
    const say = (content, x, y, anchor, fill = muted) => {
      const element = svg("text", { x, y, "text-anchor": anchor, fill });
      element.textContent = content;
      return element;
    };
    const across = this.x.ticks ?? ticks(this.x, Math.max(2, Math.floor((right - left) / 56)));
    const up = this.y.ticks ?? ticks(this.y, Math.max(2, Math.floor((bottom - top) / 34)));
    this.layers.grid.replaceChildren(
      ...across.map((value) => line(this.xs.at(value), top, this.xs.at(value), bottom, value === 0)),
      ...up.map((value) => line(left, this.ys.at(value), right, this.ys.at(value), value === 0)),
      ...across.map((value) => say(this.x.say?.(value) ?? tickText(value, this.x.log), this.xs.at(value), bottom + 16, "middle")),
      ...up.map((value) => say(this.y.say?.(value) ?? tickText(value, this.y.log), left - 6, this.ys.at(value) + 4, "end")),
      ...(this.x.title ? [say(this.x.title, right, bottom + 34, "end", text)] : []),
      ...(this.y.title ? [say(this.y.title, 2, 14, "start", text)] : []),
    );
  }

  drawRanges() {
    if (!this.xs) return;
    const { left, top, right, bottom } = this.box;
    const kept = (scale, value) => Math.min(Math.max(scale.start, scale.end), Math.max(Math.min(scale.start, scale.end), scale.at(value)));
    this.layers.ranges.replaceChildren(...this.rows.ranges.map(({ from, to, axis = "x", colour = "muted", opacity = 0.16 }) => {
      const [a, b] = axis === "x" ? [kept(this.xs, from), kept(this.xs, to)] : [kept(this.ys, to), kept(this.ys, from)];
      const place = axis === "x" ? { x: a, y: top, width: Math.max(0, b - a), height: bottom - top } : { x: left, y: a, width: right - left, height: Math.max(0, b - a) };
      return svg("rect", { ...place, fill: this.ink(colour), opacity });
    }));
  }

  drawLines() {
    if (!this.xs) return;
    const grid = Array.from({ length: SAMPLES + 1 }, (_, k) => this.xs.value(this.xs.start + ((this.xs.end - this.xs.start) * k) / SAMPLES));
    this.layers.lines.replaceChildren(...this.rows.lines.flatMap((line) => {
      const xs = line.f ? grid : line.xs;
      const ys = line.f ? grid.map(line.f) : line.ys;
      const stroke = this.ink(line.colour ?? "accent");
      const d = pathOf(xs, ys, this.xs, this.ys);
      const path = svg("path", { d, fill: "none", stroke, "stroke-width": line.width ?? 2.5, "stroke-dasharray": line.dash, opacity: line.opacity, "data-name": line.name });
      if (!line.fill || !d) return [path];
      const ground = this.ys.at(Math.min(Math.max(0, this.y.from), this.y.to));
      const area = `${d}L${this.xs.at(xs[xs.length - 1]).toFixed(1)} ${ground}L${this.xs.at(xs[0]).toFixed(1)} ${ground}Z`;
      return [svg("path", { d: area, fill: stroke, opacity: line.fill }), path];
    }));
  }

  drawMarks() {
    if (!this.xs) return;
    this.layers.marks.replaceChildren(...this.rows.marks.map(({ x, y, colour = "muted", shape = "circle", size = 5, opacity, title }) => {
      const [left, top, fill] = [this.xs.at(x), this.ys.at(y), this.ink(colour)];
      const named = title ? [Object.assign(svg("title"), { textContent: title })] : [];
      if (shape === "square") return svg("rect", { x: left - size, y: top - size, width: 2 * size, height: 2 * size, fill, opacity, class: "llg-mark" }, ...named);
      if (shape === "cross") {
        return svg("path", { d: `M${left - size} ${top - size}l${2 * size} ${2 * size}m0 ${-2 * size}l${-2 * size} ${2 * size}`, stroke: fill, "stroke-width": 2.5, opacity }, ...named);
      }
      return svg("circle", { cx: left, cy: top, r: size, fill, opacity, class: "llg-mark" }, ...named);
    }));
  }

  drawGuides() {
    if (!this.xs) return;
    const { left, top, right, bottom } = this.box;
    let [taken, level] = [-Infinity, 0]; // how far the words at upright guides reach, and how many lie over one another
    this.layers.guides.replaceChildren(...this.rows.guides.flatMap(({ x, y, from, to, colour = "muted", dash = "4 4", width = 1.5, text }) => {
      const ends = from ? [this.xs.at(from[0]), this.ys.at(from[1]), this.xs.at(to[0]), this.ys.at(to[1])]
        : x != null ? [this.xs.at(x), top, this.xs.at(x), bottom] : [left, this.ys.at(y), right, this.ys.at(y)];
      const [x1, y1, x2, y2] = ends;
      const line = svg("line", { x1, y1, x2, y2, stroke: this.ink(colour), "stroke-width": width, "stroke-dasharray": dash });
      if (!text) return [line];
      let place = from ? { x: x2, y: y2 - 6, "text-anchor": "middle" } : { x: x2 - 4, y: y2 - 5, "text-anchor": "end" };
      if (!from && x != null) {
        const reach = 5 + LETTER * text.length;
        const leftward = x1 + reach > right;
        const start = leftward ? x1 - reach : x1;
        level = start < taken ? level + 1 : 0;
        taken = Math.max(taken, start + reach);
        place = { x: leftward ? x1 - 5 : x1 + 5, y: y1 + 13 + 15 * level, "text-anchor": leftward ? "end" : "start" };
      }
      const said = svg("text", { ...place, fill: from ? this.palette.text : this.ink(colour) });
      said.textContent = text;
      return [line, said];
    }));
  }

  drawLegend() {
    if (!this.palette) return;
    const rows = [...this.rows.lines.map((row) => [row, "line"]), ...this.rows.ranges.map((row) => [row, "range"])].filter(([row]) => row.title);
    const told = JSON.stringify([this.palette.version, rows.map(([{ title, colour, dash, opacity }, kind]) => [title, colour, dash, opacity, kind])]);
    if (told === this.told) return; // most moves of a point change no legend
    this.told = told;
    this.legend.replaceChildren(...rows.map(([row, kind]) => {
      const swatch = h("i", { class: kind === "line" ? "llg-stroke" : "llg-shade" });
      const colour = this.ink(row.colour ?? (kind === "line" ? "accent" : "muted"));
      if (kind === "line") swatch.style.borderTop = `3px ${row.dash ? "dashed" : "solid"} ${colour}`;
      else Object.assign(swatch.style, { background: colour, opacity: Math.min(1, 2 * (row.opacity ?? 0.16)) });
      return h("span", {}, swatch, row.title);
    }));
  }

  /** A click beside the points takes the nearest of them there; a finger has to touch the point, so that the page can be scrolled. */
  takeNearest(event) {
    if (!this.xs || event.pointerType === "touch" || !this.held.size) return;
    const frame = this.drawing.getBoundingClientRect();
    const [left, top] = [event.clientX - frame.left, event.clientY - frame.top];
    const { box } = this;
    if (left < box.left || left > box.right || top < box.top || top > box.bottom) return;
    const far = (point) => {
      const [dx, dy] = [this.xs.at(point.x) - left, this.ys.at(point.y) - top];
      return point.row.move === "x" ? Math.abs(dx) : point.row.move === "y" ? Math.abs(dy) : Math.hypot(dx, dy);
    };
    [...this.held.values()].reduce((best, point) => (far(point) < far(best) ? point : best)).hold(event);
  }

  destroy() {
    this.observer.disconnect();
    this.element.remove();
  }
}
