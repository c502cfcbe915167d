// What the colours and the points of a plane view mean, in one line under it.

import { h } from "./dom.js";
import { number } from "./format.js";
import { css } from "./plane-surface.js";

function bar(table) {
  const stops = Array.from({ length: 17 }, (_, k) => css(table[Math.round((k / 16) * 255)]));
  return h("span", { class: "llv-ramp", style: `background:linear-gradient(to right, ${stops.join(", ")})`, "aria-hidden": "true" });
}

const text = (value) => h("span", { class: "llv-legend-text", title: value }, value);

function colourPart(options, tones, palette, peek) {
  if (peek) return [text(number(-peek.scale)), bar(tones.diverging), text(number(peek.scale))];
  if (options.classes.length > 2) {
    return options.classes.map((name, k) => h("span", { class: "llv-entry" },
      h("span", { class: "llv-swatch", style: `background:${palette.classes[k % palette.classes.length]}` }), text(name)));
  }
  if (options.classes.length) return [text(options.classes[0]), bar(tones.table), text(options.classes[1] ?? "")];
  return [options.target ? text(options.target) : null, text(number(options.scale[0])), bar(tones.table), text(number(options.scale[1]))];
}

/** Fill the legend; `peek` = {title, scale} while a unit's picture is shown, `test` whether test points are. */
export function legend(element, options, tones, palette, { peek = null, test = false, train = true } = {}) {
  const dot = (kind, title) => h("span", { class: "llv-entry" }, h("span", { class: `llv-dot llv-dot-${kind}` }), title);
  element.replaceChildren(
    h("span", { class: "llv-legend-colours" }, colourPart(options, tones, palette, peek)),
    h("span", { class: "llv-legend-points" }, train ? dot("train", "training") : null, test ? dot("test", "test") : null),
  );
}
