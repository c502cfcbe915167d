// A chart's legend in its panel's header: the picture keeps its room.

import { h } from "./dom.js";
import { role } from "./palette.js";

const MOST = 4; // more lines than that get Plotly's own legend

const named = (traces) => traces.filter((trace) => trace.showlegend !== false);

/** Whether these traces get a legend in the header: a few named lines whose colours are roles. */
export function fits(traces) {
  const found = named(traces);
  return found.length > 1 && found.length <= MOST && found.every((trace) => trace.name && trace.meta?.colour && trace.type === "scatter");
}

/** The legend as an element. */
export function legend(traces, palette) {
  const keys = named(traces).map((trace) => {
    const line = h("i", { class: "ll-swatch", "aria-hidden": "true" });
    line.style.borderTopColor = role(palette, trace.meta.colour);
    line.style.borderTopStyle = trace.line?.dash && trace.line.dash !== "solid" ? "dashed" : "solid";
    const [, name, note] = /^(.*?)( \(.*\))?$/.exec(trace.name);
    return h("span", { class: "ll-key", title: note ? trace.name : null }, line, h("span", {}, name, note ? h("span", { class: "ll-note-of-key" }, note) : null));
  });
  return h("div", { class: "ll-legend" }, keys);
}
