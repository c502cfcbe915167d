// The whole network as a row of boxes whose size follows the shape of what comes out of each layer.

import { h, mark } from "./dom.js";

const SPACE = 16; // px between boxes
const HEIGHT = { all: 128, base: 92, tallest: 62 }; // px: the picture, the ground line, the tallest box
const THIN = new Set(["activation", "dropout", "batch_norm", "layer_norm"]); // what comes out has the shape of what goes in
const NAMES = { dense: "Dense", conv2d: "Conv", conv1d: "Conv", max_pool: "Max", avg_pool: "Mean", global_avg_pool: "Mean", flatten: "Flat", dropout: "Drop",
  batch_norm: "Norm", layer_norm: "Norm", residual: "Block", upsample: "Up", conv_transpose: "Conv ᵀ", embedding: "Embed" };

function s(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) if (value != null) element.setAttribute(name, value);
  element.append(...children.flat().filter((child) => child != null));
  return element;
}

/** Height, width of the front and depth of a box: places along the axes, and channels; values in a row are a tall bar. */
function size(shape) {
  const grow = (n, most) => Math.min(1, Math.log2(n + 1) / Math.log2(most));
  if (shape.length === 1) return { height: 8 + 54 * grow(shape[0], 4096), width: 9, depth: 0 };
  const places = shape[1];
  const across = shape.length === 3 ? shape[2] : 2;
  return { height: 8 + 46 * grow(places, 64), width: 4 + 26 * grow(shape[0], 256), depth: 3 + 13 * grow(across, 64) };
}

export class Drawing {
  /** `onpick(id)`: a box was clicked. */
  constructor(onpick) {
    this.svg = s("svg", { class: "lb-svg", role: "img" });
    this.element = h("div", { class: "lb-drawing", tabindex: 0, role: "group", "aria-label": "Drawing of the network" }, this.svg);
    this.svg.addEventListener("click", (event) => {
      const id = event.target.closest("[data-id]")?.dataset.id;
      if (id) onpick(id);
    });
  }

  show(props, selected) {
    const key = JSON.stringify([props.rows, props.problem, props.shape, props.scores]);
    if (key !== this.key) {
      this.key = key;
      this.draw(props);
    }
    for (const box of this.svg.querySelectorAll("[data-id]")) {
      const chosen = box.dataset.id === selected;
      if (chosen && !box.hasAttribute("data-selected")) this.bring(box);
      mark(box, { "data-selected": chosen });
    }
  }

  /** Scroll the drawing itself, and not the page, until a box is in sight. */
  bring(box) {
    const [here, all] = [box.getBoundingClientRect(), this.element.getBoundingClientRect()];
    if (here.left < all.left + 8) this.element.scrollLeft -= all.left + 24 - here.left;
    if (here.right > all.right - 8) this.element.scrollLeft += here.right - all.right + 24;
  }

  draw({ rows, problem, shape, input, scores, menu }) {
    const parts = [];
    let x = 10;
    let before = shape;
    const blocks = new Map();
    const put = (given, options) => {
      const { element, width } = box(x, given, options);
      parts.push(element);
      const at = { left: x, right: x + width, middle: x + width / 2 };
      x += width + SPACE;
      return at;
    };
    put(shape, { label: input, name: "Input", group: "input" });
    rows.forEach((row) => {
      if (row.block) {
        blocks.set(row.path[0], { from: x - SPACE / 2, row, state: "waits" });
        return;
      }
      const known = Boolean(row.figures);
      const broken = row.id === problem?.id;
      const after = known ? row.figures.shape : before;
      const changes = known && String(after) !== String(before);
      const thin = known && THIN.has(row.kind);
      const name = row.kind === "activation" ? row.values.function.replace("leaky_relu", "leaky").replace("_", " ") : NAMES[row.kind];
      const at = put(after, { id: row.id, name, label: changes ? row.figures.output : "", thin, state: broken ? "problem" : known ? "fits" : "waits",
        group: menu.kinds[row.kind].group, title: `${row.title}${known ? `: ${row.figures.output}` : ""}` });
      if (row.path.length === 2) Object.assign(blocks.get(row.path[0]), { to: at.right + SPACE / 2, shortcut: row.path[0] });
      if (known) before = after;
    });
    put([scores], { name: "Output", label: problem ? "?" : String(scores), group: "input", state: problem ? "waits" : "fits" });
    const broken = problem?.id;
    const arcs = [...blocks.values()].map(({ from, to, row }) => arc(from, to, row, row.id === broken ? "problem" : row.figures ? "fits" : "waits"));
    const width = Math.ceil(x - SPACE + 10);
    mark(this.svg, { width, height: HEIGHT.all, viewBox: `0 0 ${width} ${HEIGHT.all}`,
      "aria-label": `From the input, ${input}, through ${rows.length} layers to ${scores} at the output` });
    this.svg.replaceChildren(s("line", { class: "lb-ground", x1: 4, x2: width - 4, y1: HEIGHT.base + 0.5, y2: HEIGHT.base + 0.5 }), ...parts, ...arcs);
  }
}

function box(x, shape, { id, name, label, group, thin = false, state = "fits", title = "" }) {
  const full = size(shape);
  const { height, width, depth } = thin ? { ...full, width: 4, depth: 0 } : full;
  const room = Math.max(width + depth, name.length * 5.6, (label ?? "").length * 5.4);
  const left = x + (room - width - depth) / 2;
  const top = HEIGHT.base - height;
  const lift = depth * 0.55;
  const sides = depth
    ? [
        s("polygon", { class: "lb-side", points: `${left},${top} ${left + depth},${top - lift} ${left + width + depth},${top - lift} ${left + width},${top}` }),
        s("polygon", { class: "lb-side", points: `${left + width},${top} ${left + width + depth},${top - lift} ${left + width + depth},${HEIGHT.base - lift} ${left + width},${HEIGHT.base}` }),
      ]
    : [];
  const middle = x + room / 2;
  const element = s("g", { class: "lb-box", "data-id": id, "data-state": state, "data-group": group },
    s("title", {}, title || name), s("rect", { class: "lb-hit", x: x - SPACE / 2, y: 0, width: room + SPACE, height: HEIGHT.all }), sides,
    s("rect", { class: "lb-front", x: left, y: top, width, height, rx: depth ? 0 : 1.5 }),
    s("text", { class: "lb-boxname", x: middle, y: HEIGHT.base + 14 }, name),
    label ? s("text", { class: "lb-boxshape", x: middle, y: HEIGHT.base + 28 }, label.replaceAll(" × ", "×")) : null);
  return { element, width: room };
}

function arc(from, to, row, state) {
  const top = 10;
  const path = `M ${from} ${HEIGHT.base} C ${from} ${top}, ${from + 4} ${top}, ${from + 22} ${top} L ${to - 22} ${top} C ${to - 4} ${top}, ${to} ${top}, ${to} ${HEIGHT.base - 7}`;
  return s("g", { class: "lb-arc", "data-id": row.id, "data-state": state }, s("title", {}, `${row.title}: ${row.values.shortcut} shortcut`),
    s("path", { class: "lb-archit", d: path }), s("path", { class: "lb-arcline", d: path }),
    s("circle", { class: "lb-sumsign", cx: to, cy: HEIGHT.base - 0, r: 6.5 }), s("text", { class: "lb-plus", x: to, y: HEIGHT.base + 3.8 }, "+"));
}
