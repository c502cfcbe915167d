// The output of the neuron over its two inputs as a landscape in 3-D, on a plain canvas: needs no WebGL, follows every move.

import { h, mark } from "./dom.js";
import { short } from "./neuron-controls.js";
import { ACTIVATIONS, ends, heights, sum, zWidth } from "./neuron-maths.js";
import { alpha, role } from "./palette.js";
import { css } from "./plane-surface.js";

const CELLS = 40; // of the landscape along each input
const MESH = 5; // cells from line to line of the net on it
const TALL = 0.8; // half the height of the box, in parts of half its side
const FIRST = { turn: 55, tilt: 28 }; // degrees
const TILTS = [5, 85];
const SPEED = 0.5; // degrees a px
const KEYS = { ArrowLeft: [-5, 0], ArrowRight: [5, 0], ArrowUp: [0, 5], ArrowDown: [0, -5] };
const ROOM = 24; // px around the box, for the numbers of its axes
const LIFT = 0.2; // how much nearer than its place a mark is taken to be, so that the ground does not cover half of it
const PIECES = 24; // of the border, each as far away as it is

export class OutputSolid {
  constructor(reach) {
    Object.assign(this, { reach, ...FIRST, held: null, scene: null });
    this.canvas = h("canvas", { class: "lln-solid", role: "slider", tabindex: 0, "aria-label": "The output over the plane in 3-D, to turn", "aria-valuemin": -180, "aria-valuemax": 180 });
    this.element = h("div", {}, this.canvas, h("p", { class: "lln-caption" }, "The output a as a height: drag it, or use arrow keys, to turn it"));
    const on = (event, listener) => this.canvas.addEventListener(event, listener);
    on("pointerdown", (event) => this.hold(event));
    on("pointermove", (event) => this.held?.id === event.pointerId && this.drag(event));
    for (const event of ["pointerup", "pointercancel", "lostpointercapture"]) on(event, () => (this.held = null));
    on("keydown", (event) => this.key(event));
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(this.canvas);
  }

  theme(palette) {
    this.palette = palette;
    this.shades = Array.from(palette.diverging, css);
    this.draw();
  }

  /** The neuron, its activation's name, the points { x1, x2, wrong, colour, shape } and the input x to show. */
  show(neuron, activation, marks, x) {
    const most = zWidth(Math.abs(neuron.b) + this.reach * (Math.abs(neuron.w1) + Math.abs(neuron.w2)));
    const [low, high] = activation === "relu" ? [0, most] : ACTIVATIONS[activation].scale; // ReLU has no largest output
    const { f } = ACTIVATIONS[activation];
    const at = (x1, x2) => [x1, x2, f(sum(neuron, x1, x2))];
    this.scene = {
      low, high, f, scale: ACTIVATIONS[activation].scale, heights: heights(neuron, activation, this.reach, CELLS),
      border: ends(neuron, this.reach)?.map(([x1, x2]) => [x1, x2, f(0)]),
      marks: marks.map(({ x1, x2, ...rest }) => ({ ...rest, place: at(x1, x2) })), input: at(...x),
    };
    this.draw();
  }

  // Turning

  hold(event) {
    if (event.button > 0) return;
    this.held = { id: event.pointerId, x: event.clientX, y: event.clientY, turn: this.turn, tilt: this.tilt };
    this.canvas.setPointerCapture(event.pointerId);
    this.canvas.focus({ preventScroll: true });
    event.preventDefault();
  }

  drag({ clientX, clientY }) {
    const { x, y, turn, tilt } = this.held;
    this.look(turn + SPEED * (clientX - x), tilt + SPEED * (clientY - y));
  }

  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Home") this.look(FIRST.turn, FIRST.tilt);
    else if (KEYS[event.key]) this.look(this.turn + KEYS[event.key][0], this.tilt + KEYS[event.key][1]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  look(turn, tilt) {
    this.turn = ((((turn + 180) % 360) + 360) % 360) - 180;
    this.tilt = Math.min(TILTS[1], Math.max(TILTS[0], tilt));
    this.draw();
  }

  // Drawing

  /** What turns a place [x1, x2, a] into [px, px, how far away]. */
  view(width, height) {
    const { reach, scene: { low, high } } = this;
    const [turn, tilt] = [this.turn, this.tilt].map((degrees) => (degrees * Math.PI) / 180);
    const [cos, sin, up, flat] = [Math.cos(turn), Math.sin(turn), Math.cos(tilt), Math.sin(tilt)];
    const size = Math.min((width / 2 - ROOM) / Math.SQRT2, (height / 2 - ROOM) / (Math.SQRT2 * flat + TALL * up));
    return ([x1, x2, a]) => {
      const [u, v, tall] = [x1 / reach, x2 / reach, ((2 * (a - low)) / (high - low) - 1) * TALL];
      const away = u * sin + v * cos;
      return [width / 2 + size * (u * cos - v * sin), height / 2 - size * (away * flat + tall * up), away];
    };
  }

  draw() {
    const { canvas, palette, scene } = this;
    const { clientWidth: width, clientHeight: height } = canvas;
    if (!scene || !palette || !width || !height) return;
    const ratio = window.devicePixelRatio || 1;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) Object.assign(canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
    const context = canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    const seen = this.view(width, height);
    this.box(context, seen);
    const items = [...this.cells(context, seen), ...this.pieces(context, seen), ...this.dots(context, seen)];
    items.sort((a, b) => b.away - a.away); // from back to front
    for (const { paint } of items) paint();
    const all = scene.heights;
    mark(canvas, { "aria-valuenow": Math.round(this.turn), "aria-valuetext": `turned by ${short(Math.round(this.turn))} degrees, seen from ${short(Math.round(this.tilt))} degrees above; outputs from ${short(Math.min(...all))} to ${short(Math.max(...all))}` });
  }

  /** The floor, and the axes at the edges that nothing hides. */
  box(context, seen) {
    const { reach, palette, scene: { low, high } } = this;
    const corners = [[-reach, -reach], [reach, -reach], [reach, reach], [-reach, reach]];
    stroke(context, [...corners, corners[0]].map(([x1, x2]) => seen([x1, x2, low])), palette.border, 1);
    const [front1, front2] = [0, 1].map((axis) => (seen(axis ? [0, 1, low] : [1, 0, low])[2] > 0 ? -reach : reach)); // of x1, of x2
    const left = corners.reduce((best, corner) => (seen([...corner, low])[0] < seen([...best, low])[0] ? corner : best));
    stroke(context, [low, high].map((a) => seen([...left, a])), palette.border, 1);
    Object.assign(context, { fillStyle: palette.muted, font: `12px ${palette.font}`, textBaseline: "middle" });
    const say = (text, place, [dx, dy], align = "center") => {
      const [x, y] = seen(place);
      context.textAlign = align;
      context.fillText(text, x + dx, y + dy);
    };
    const out = 1.16; // parts of the way from the middle, so that numbers stand beside the floor
    for (const value of [-reach, 0, reach]) {
      const text = value ? short(value) : null;
      say(text ?? "x₁", [value * 0.92, front2 * out, low], [0, 4]);
      say(text ?? "x₂", [front1 * out, value * 0.92, low], [0, 4]);
    }
    say(short(low), [...left, low], [-6, 0], "right");
    say(short(high), [...left, high], [-6, 0], "right");
    say("a", [...left, (low + high) / 2], [-6, 0], "right");
  }

  *cells(context, seen) {
    const { reach, shades, palette, scene: { heights: all, scale: [from, to] } } = this;
    const row = CELLS + 1;
    const places = Array.from(all, (a, k) => seen([(2 * reach * (k % row)) / CELLS - reach, (2 * reach * Math.floor(k / row)) / CELLS - reach, a]));
    const net = alpha(palette.text, 0.22);
    for (let j = 0; j < CELLS; j++) {
      for (let i = 0; i < CELLS; i++) {
        const around = [j * row + i, j * row + i + 1, (j + 1) * row + i + 1, (j + 1) * row + i];
        const [a, b, c, d] = around.map((k) => places[k]);
        const mean = around.reduce((total, k) => total + all[k], 0) / 4;
        const shade = shades[Math.max(0, Math.min(255, Math.round((255 * (mean - from)) / (to - from))))];
        yield {
          away: (a[2] + c[2]) / 2,
          paint: () => {
            context.beginPath();
            for (const [k, [x, y]] of [a, b, c, d].entries()) context[k ? "lineTo" : "moveTo"](x, y);
            context.closePath();
            Object.assign(context, { fillStyle: shade, strokeStyle: shade, lineWidth: 0.7 }); // the line closes the seams
            context.fill();
            context.stroke();
            if (j % MESH === 0) stroke(context, [a, b], net, 0.8);
            if (i % MESH === 0) stroke(context, [a, d], net, 0.8);
          },
        };
      }
    }
  }

  /** The border, where z = 0, lying on the landscape. */
  *pieces(context, seen) {
    if (!this.scene.border) return;
    const [from, to] = this.scene.border;
    const at = (t) => seen(from.map((value, k) => value + (to[k] - value) * t));
    for (let k = 0; k < PIECES; k++) {
      const ends = [at(k / PIECES), at((k + 1) / PIECES)];
      yield { away: Math.min(...ends.map((place) => place[2])) - LIFT, paint: () => stroke(context, ends, this.palette.text, 2.5) };
    }
  }

  /** The points, each as high as its output; a wrong one has a cross. */
  *dots(context, seen) {
    const { scene: { marks, input }, palette } = this;
    const dot = (place, colour, shape, wrong, size) => {
      const [x, y, away] = seen(place);
      return { away: away - LIFT, paint: () => {
        context.beginPath();
        if (shape === "square") context.rect(x - size, y - size, 2 * size, 2 * size);
        else context.arc(x, y, size, 0, 2 * Math.PI);
        Object.assign(context, { fillStyle: role(palette, colour), strokeStyle: palette.background, lineWidth: 1.5 });
        context.fill();
        context.stroke();
        if (!wrong) return;
        for (const sign of [-1, 1]) stroke(context, [[x - 5, y - 5 * sign], [x + 5, y + 5 * sign]], palette.text, 2);
      } };
    };
    for (const { place, colour, shape, wrong } of marks) yield dot(place, colour, shape, wrong, 4.5);
    yield dot(input, "variant:3", "circle", false, 6);
  }

  destroy() {
    this.observer.disconnect();
  }
}

function stroke(context, places, colour, width) {
  context.beginPath();
  for (const [k, [x, y]] of places.entries()) context[k ? "lineTo" : "moveTo"](x, y);
  Object.assign(context, { strokeStyle: colour, lineWidth: width });
  context.stroke();
}
