// The loss on two planes around a network's weights, from above, and the way that the training went, place by place.

import { paint } from "./card.js";
import { Shaded } from "./descent-surface.js";
import { h, mark, write } from "./dom.js";
import { count, number } from "./format.js";
import { Graph } from "./graph.js";
import { readPalette } from "./palette.js";
import { attach } from "./styles.js";

const STYLES = ["live.css", "views.css", "graph.css", "lessons-optimizers.css"];
const TALL = 400; // px at most

/**
 * Show the planes in `parent`, or follow what changed; gives the cleanup. props: steps [n], losses [n], planes:
 * [{ title, note, axes: [title, title], range: [[from, to], [from, to]], side, low, heights: above `low`, row after row
 * from the smallest v, way: [[u, v], …], below: [n] }].
 */
export function open(parent, props) {
  const part = (parent.layerlabLandscape ??= new Landscape(parent));
  part.show(props);
  setTimeout(() => part.theme(), 150); // Streamlit may call before its new colours are in place
  return () => {
    part.destroy();
    if (parent.layerlabLandscape === part) delete parent.layerlabLandscape;
  };
}

class Landscape {
  constructor(parent) {
    Object.assign(this, { parent, planes: [] });
    this.input = h("input", { type: "range", min: 0, step: 1, "aria-label": "Place on the way", oninput: () => this.place() });
    this.output = h("output", { class: "llq-value" });
    this.bar = h("label", { class: "llq-slider" }, h("span", {}, "Place on the way"), this.input, this.output);
    this.field = h("div", { class: "llq-planes" });
    this.root = h("section", { class: "llv llq", "aria-label": "The loss around the weights" }, this.field, this.bar);
    this.root.lesson = this; // for measuring
    this.root.style.visibility = "hidden"; // until it is styled
    attach(parent, STYLES).then(() => (this.root.style.visibility = ""));
    parent.append(this.root);
  }

  show(props) {
    if (props.made !== this.props?.made) {
      this.props = props;
      for (const plane of this.planes) plane.destroy();
      this.planes = props.planes.map((plane) => new Plane(plane, props));
      this.field.replaceChildren(...this.planes.map(({ element }) => element));
      this.input.max = props.steps.length - 1;
      this.input.value = props.steps.length - 1;
      this.palette = null;
    }
    this.theme();
    this.place();
  }

  theme() {
    const palette = readPalette(this.parent);
    if (palette.version === this.palette?.version) return;
    this.palette = palette;
    paint(this.root, palette);
    for (const plane of this.planes) plane.theme(palette);
  }

  /** Show the place on the way that the slider names. */
  place() {
    const at = Number(this.input.value);
    const said = `after update ${count(this.props.steps[at])}: loss ${number(this.props.losses[at])}`;
    write(this.output, said);
    mark(this.input, { "aria-valuetext": said });
    for (const plane of this.planes) plane.place(at);
  }

  destroy() {
    for (const plane of this.planes) plane.destroy();
    this.root.remove();
  }
}

class Plane {
  constructor(plane, { losses }) {
    Object.assign(this, { plane, losses });
    const [[left, right], [low, high]] = plane.range;
    this.graph = new Graph({ label: plane.title, height: (width) => Math.min(TALL, Math.max(260, 0.86 * width)),
      x: { from: left, to: right, title: plane.axes[0] }, y: { from: low, to: high, title: plane.axes[1] } });
    this.shaded = new Shaded({ shape: [plane.side, plane.side], data: Float32Array.from(plane.heights) }, 0);
    this.graph.ground((context, width, height) => this.ground(context, width, height));
    this.graph.lines([{ name: "way", xs: plane.way.map(([u]) => u), ys: plane.way.map(([, v]) => v), colour: "negative", width: 2.5, title: "way of the training" }]);
    this.element = h("figure", { class: "llq-plane" }, h("figcaption", {}, h("strong", {}, plane.title), ` ${plane.note}`), this.graph.element);
  }

  ground(context, width, height) {
    if (!this.palette) return;
    const size = Math.min(width, height);
    context.scale(width / size, height / size);
    this.shaded.draw(context, { left: 0, top: 0, size }, this.palette);
  }

  inside([u, v]) {
    const [[left, right], [low, high]] = this.plane.range;
    return u >= left && u <= right && v >= low && v <= high;
  }

  place(at) {
    const { way, below } = this.plane;
    const named = [[0, "square", "start"], [way.length - 1, "cross", "end"]];
    this.graph.marks([
      ...named.filter(([k]) => this.inside(way[k])).map(([k, shape, title]) => ({ x: way[k][0], y: way[k][1], colour: "text", shape, size: 5, title })),
      ...(this.inside(way[at]) ? [{ x: way[at][0], y: way[at][1], colour: "negative", size: 7, title: "the place that is chosen" }] : []),
    ]);
    const there = this.inside(way[at]) ? "" : " (outside the picture)";
    this.graph.read(`Nearest place on this plane: loss ${number(below[at])}${there}. The network's own: ${number(this.losses[at])}.`);
  }

  theme(palette) {
    this.palette = palette;
    this.graph.theme(palette);
  }

  destroy() {
    this.graph.destroy();
    this.element.remove();
  }
}
