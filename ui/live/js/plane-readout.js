// What the plane says in words: a sample under the pointer, or the network's answer at a place.

import { h } from "./dom.js";
import { coefficient } from "./network-text.js";
import { number, percent } from "./format.js";
import { byteAt } from "./plane-surface.js";

function place(plane, x1, x2) {
  const [first, second] = plane.options.axes;
  return `${first} = ${coefficient(x1)}, ${second} = ${coefficient(x2)}`;
}

/** The answer at a place as a text; read from the picture, so right to its 256 shades. */
function answer(plane, x1, x2) {
  const map = plane.map();
  if (!map) return null;
  const { classes, scale } = plane.options;
  if (map.peek) return `${map.peek.title ?? "unit"} ≈ ${coefficient(((byteAt(map, plane.box, x1, x2) - 127.5) / 127.5) * map.peek.scale)}`;
  if (map.shape.length === 3 && map.shape[0] > 1) {
    const shares = classes.map((_, k) => byteAt(map, plane.box, x1, x2, k) / 255);
    const best = shares.indexOf(Math.max(...shares));
    return `${classes[best]}, probability ≈ ${percent(shares[best])}`;
  }
  const value = scale[0] + ((scale[1] - scale[0]) * byteAt(map, plane.box, x1, x2)) / 255;
  if (!classes.length) return `${plane.options.target || "output"} ≈ ${number(value)}`;
  return `output ≈ ${coefficient(value)}: ${classes[value > (scale[0] + scale[1]) / 2 ? 1 : 0]}`;
}

/** Card content for a place of the plane, or null while nothing is known. */
export function readout(plane, x1, x2) {
  const says = answer(plane, x1, x2);
  return says && [h("div", { class: "llv-card-title" }, says), h("p", { class: "llv-muted" }, place(plane, x1, x2))];
}

/** The same in one sentence, for a screen reader. */
export function sentence(plane, x1, x2) {
  return `${place(plane, x1, x2)}: ${answer(plane, x1, x2) ?? "no output yet"}`;
}

/** Card content for a sample. */
export function pointCard(plane, { x1, x2, target, part, index }) {
  const { classes, pick } = plane.options;
  const known = classes.length ? (classes[Math.round(target)] ?? `class ${"ABC"[target] ?? target}`) : `${plane.options.target || "target"} = ${number(target)}`;
  const title = index === undefined ? "Your point" : `${part === "train" ? "Training" : "Test"} sample ${index + 1}`;
  return [
    h("div", { class: "llv-card-title" }, `${title}: ${known}`),
    h("p", { class: "llv-muted" }, place(plane, x1, x2)),
    pick ? h("p", { class: "llv-muted" }, "Click to send it through the network") : null,
  ].filter(Boolean);
}
