// Lines that the page has computed, drawn by the shared graph: losses over learning rates, learning rates over epochs.

import { paint } from "./card.js";
import { h } from "./dom.js";
import { number } from "./format.js";
import { Graph } from "./graph.js";
import { readPalette } from "./palette.js";
import { attach } from "./styles.js";

const STYLES = ["live.css", "views.css", "graph.css", "lessons-optimizers.css"];

/**
 * Show the lines in `parent`, or follow what changed; gives the cleanup. props: label, height, x and y (axes), lines,
 * marks and guides as graph.js has them (arrays, no functions), `pointer`: { label, line, x }: a point to drag along that
 * line, from there, whose values are read out as `x` and `y`, the titles of the axes.
 */
export function open(parent, props) {
  const part = (parent.layerlabLines ??= new Lines(parent, props));
  part.show(props);
  setTimeout(() => part.theme(), 150); // Streamlit may call before its new colours are in place
  return () => {
    part.graph.destroy();
    part.root.remove();
    if (parent.layerlabLines === part) delete parent.layerlabLines;
  };
}

class Lines {
  constructor(parent, { label, height, x, y }) {
    this.parent = parent;
    this.graph = new Graph({ label, height, x, y });
    this.root = h("section", { class: "llv llq", "aria-label": label }, this.graph.element);
    this.root.lesson = this; // for measuring
    this.root.style.visibility = "hidden"; // until it is styled
    attach(parent, STYLES).then(() => (this.root.style.visibility = ""));
    parent.append(this.root);
  }

  show(props) {
    const told = JSON.stringify([props.x, props.y, props.lines, props.marks, props.guides]);
    if (told !== this.told) {
      this.told = told;
      this.graph.axes({ x: props.x, y: props.y });
      this.graph.lines(props.lines);
      this.graph.marks(props.marks ?? []);
      this.graph.guides(props.guides ?? []);
      this.point(props);
    }
    this.theme();
  }

  /** The point to drag: it keeps its place while the lines change, as far as they reach. */
  point({ pointer, lines, x, y }) {
    if (!pointer) return;
    const line = lines.find(({ name }) => name === pointer.line);
    const nearest = (at) => line.xs.reduce((best, value, k) => (Math.abs(this.far(value, at)) < Math.abs(this.far(line.xs[best], at)) ? k : best), 0);
    const [from, to] = [line.xs[0], line.xs[line.xs.length - 1]];
    const at = Math.min(to, Math.max(from, this.at ?? pointer.x));
    const said = (value) => `${pointer.says[0]} ${number(value)}, ${pointer.says[1]} ${number(line.ys[nearest(value)])}`;
    this.graph.points([{ name: "place", label: pointer.label, x: at, y: line.ys[nearest(at)], along: (value) => line.ys[nearest(value)],
      xRange: [from, to], colour: line.colour, text: (point) => said(point.x),
      onmove: (point) => { this.at = point.x; this.graph.read(said(point.x)); } }]);
    this.graph.read(said(at));
  }

  far(value, at) {
    return this.graph.x.log ? Math.log(value / at) : value - at;
  }

  theme() {
    const palette = readPalette(this.parent);
    if (palette.version === this.palette?.version) return;
    this.palette = palette;
    paint(this.root, palette);
    this.graph.theme(palette);
  }
}
