// What of a figure follows the theme: roles to colours, fonts, grid, background.

import { alpha, mix, role } from "./palette.js";

function paint(trace, palette) {
  const { colour, colours } = trace.meta ?? {};
  if (colours) trace.marker = { ...trace.marker, color: colours.map((name) => role(palette, name)) };
  if (!colour) return;
  if (trace.type === "surface") {
    trace.colorscale = colour === "diverging"
      ? [[0, palette.negative], [0.5, palette.zero], [1, palette.positive]]
      : [[0, palette.zero], [1, role(palette, colour)]];
    return;
  }
  const found = role(palette, colour);
  trace.marker = { ...trace.marker, color: found };
  if (trace.type?.startsWith("scatter")) trace.line = { ...trace.line, color: found };
}

function axis(given, palette) {
  return {
    ...given,
    gridcolor: alpha(palette.text, palette.dark ? 0.1 : 0.08), linecolor: palette.border, zerolinecolor: alpha(palette.text, 0.18),
    tickfont: { ...given?.tickfont, color: palette.muted }, automargin: given?.automargin ?? true,
    title: { standoff: 6, ...given?.title, font: { size: 12, color: palette.muted, ...given?.title?.font } },
  };
}

/** A figure (already a copy) in the theme's colours; `kind` is the view's. */
export function dress({ data, layout }, palette, kind, size) {
  for (const trace of data) paint(trace, palette);
  const font = { ...layout.font, family: palette.font.split(",").map((name) => name.trim()).join(", "), size: layout.font?.size ?? 12, color: palette.text };
  const threeD = data.some((trace) => trace.type === "surface");
  const legend = (layout.showlegend ?? data.length > 1) && !threeD;
  const dressed = {
    ...layout, ...size, font, autosize: false, paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
    uirevision: layout.uirevision ?? "same",
    margin: layout.margin ?? { l: 44, r: 12, t: legend ? 22 : 8, b: 34, pad: 0 },
    legend: { orientation: "h", x: 1, xanchor: "right", y: 1, yanchor: "bottom", ...layout.legend,
      bgcolor: "rgba(0,0,0,0)", font: { ...layout.legend?.font, color: palette.text } },
    hoverlabel: { ...layout.hoverlabel, bgcolor: mix(palette.background, palette.text, 0.06), bordercolor: palette.border, font: { color: palette.text, family: font.family } },
  };
  if (kind === "curve") dressed.hovermode ??= "x unified";
  const used = data.flatMap((trace) => [trace.xaxis, trace.yaxis]).filter(Boolean).map((id) => `${id[0]}axis${id.slice(1)}`);
  const names = Object.keys(layout).filter((key) => /^[xy]axis\d*$/.test(key));
  if (!threeD) for (const name of new Set(["xaxis", "yaxis", ...used, ...names])) dressed[name] = axis(layout[name], palette);
  if (threeD) {
    dressed.margin = layout.margin ?? { l: 0, r: 0, t: 0, b: 0 };
    for (const scene of new Set(["scene", ...Object.keys(layout).filter((key) => /^scene\d+$/.test(key))])) {
      const of = layout[scene] ?? {};
      dressed[scene] = { ...of, bgcolor: "rgba(0,0,0,0)" };
      for (const name of ["xaxis", "yaxis", "zaxis"]) dressed[scene][name] = { ...axis(of[name], palette), backgroundcolor: "rgba(0,0,0,0)" };
    }
  }
  for (const note of dressed.annotations ?? []) note.font = { color: palette.muted, size: 12, ...note.font };
  return { data, layout: dressed };
}
