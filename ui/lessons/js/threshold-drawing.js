// The drawing of a net of threshold units: links that end in a dot excite, links that end in a ring inhibit; what is active is coloured.

import { svg } from "./graph-svg.js";
import { answers, EXCITES, NONE } from "./threshold-maths.js";

const [WIDTH, HEIGHT, RADIUS] = [300, 230, 21];

function said(text, x, y, fill, size = 14) {
  const element = svg("text", { x, y, "text-anchor": "middle", "dominant-baseline": "central", fill, "font-size": size });
  element.textContent = text;
  return element;
}

/** One link between two places, as SVG elements. */
function link(from, to, kind, active, palette) {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const along = (px) => [0, 1].map((k) => to[k] - ((to[k] - from[k]) * px) / length);
  const start = [0, 1].map((k) => from[k] + ((to[k] - from[k]) * RADIUS) / length);
  const [colour, end] = [active ? (kind === EXCITES ? palette.positive : palette.negative) : palette.muted, along(RADIUS + 6)];
  return [
    svg("line", { x1: start[0], y1: start[1], x2: end[0], y2: end[1], stroke: colour, "stroke-width": active ? 3 : 1.5 }),
    svg("circle", { cx: end[0], cy: end[1], r: 5, fill: kind === EXCITES ? colour : palette.background, stroke: colour, "stroke-width": 2.5 }),
  ];
}

function unit(place, label, active, palette, below = "") {
  const [x, y] = place;
  return [
    svg("circle", { cx: x, cy: y, r: RADIUS, fill: active ? palette.positive : palette.surface, stroke: active ? palette.positive : palette.muted, "stroke-width": 2 }),
    said(label, x, y, active ? (palette.dark ? "#0b0f14" : "#ffffff") : palette.text),
    ...(below ? [said(below, x, y + RADIUS + 13, palette.muted, 12)] : []),
  ];
}

/** The net answering to the inputs [x1, x2], as an SVG element. */
export function draw(net, [x1, x2], palette) {
  const given = answers(net, x1, x2);
  const deep = net.length > 1;
  const inputs = [[32, 40], [32, 115], [32, 190]];
  const places = deep ? [[150, 60], [150, 155], [262, 108]] : [[210, 115]];
  const values = [x1, x2, 1];
  const elements = [];
  net.forEach((each, k) => {
    const last = deep && k === net.length - 1;
    const from = last ? [places[0], places[1], inputs[2]] : inputs;
    const active = last ? [given[0], given[1], 1] : values;
    each.links.forEach((kind, at) => kind !== NONE && elements.push(...link(from[at], places[k], kind, active[at], palette)));
  });
  ["x₁", "x₂", "1"].forEach((label, k) => elements.push(...unit(inputs[k], label, values[k], palette, k === 2 ? "always on" : "")));
  net.forEach((each, k) => elements.push(...unit(places[k], each.name, given[k], palette, `θ = ${each.threshold}`)));
  const summary = `Inputs ${x1} and ${x2}: ${net.map((each, k) => `${each.name} ${given[k] ? "fires" : "is silent"}`).join(", ")}.`;
  return svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": summary }, ...elements);
}
