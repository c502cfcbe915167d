// One visual language: blue positive, orange negative, grey zero; follows Streamlit's theme variables.

const LIGHT = {
  positive: "#0877bd", negative: "#f08a24", zero: "#eceff1", positiveText: "#0b6aa8", negativeText: "#a85400",
  train: "#4f55c4", test: "#0b7f66",
  classes: ["#f08a24", "#0877bd", "#12956e", "#b6489c", "#c9a400", "#6a55c9", "#4aa8de", "#b0313f", "#77808a", "#86592d"],
  layers: ["#6d3aa0", "#3b5bb5", "#137fa0", "#138a66", "#648f1c", "#a67d00", "#c4620f", "#bd3849", "#962d7b"],
  variants: ["#0b6aa8", "#c4620f", "#12805f", "#b6489c", "#6a55c9", "#8f7000", "#b0313f", "#5a8018", "#137fa0", "#5b6570", "#86592d", "#1d2f6f"],
};
const DARK = {
  positive: "#3aa5e8", negative: "#f79a3e", zero: "#2b313b", positiveText: "#6cbef2", negativeText: "#ffb066",
  train: "#a3a8ff", test: "#45cba6",
  classes: ["#f79a3e", "#3aa5e8", "#35c296", "#dc7cc6", "#e6c840", "#a393f5", "#8ccdf5", "#ec7f8b", "#a3acb8", "#c69663"],
  layers: ["#bb9af7", "#8fa8ff", "#5cc7e6", "#4fd1a5", "#a8d65c", "#f0c94a", "#f7a05a", "#f58290", "#e58fd0"],
  variants: ["#6cbef2", "#f7a05a", "#45cba6", "#dc7cc6", "#a393f5", "#f0c94a", "#ec7f8b", "#a8d65c", "#5cc7e6", "#a3acb8", "#c69663", "#8fa8ff"],
};

let version = 0;
let known = "";
const pixel = document.createElement("canvas");
pixel.width = pixel.height = 1;
const ink = pixel.getContext("2d", { willReadFrequently: true });

/** Any CSS colour → [red, green, blue], 0…255 (alpha is dropped). Throws: not a colour. */
export function rgb(colour) {
  const text = String(colour).trim();
  const hex = /^#([0-9a-f]{6})$/i.exec(text);
  if (hex) return [0, 2, 4].map((i) => parseInt(hex[1].slice(i, i + 2), 16));
  if (!CSS.supports("color", text)) throw new Error(`colour: expected a CSS colour; received ${JSON.stringify(colour)}`);
  ink.clearRect(0, 0, 1, 1);
  ink.fillStyle = text;
  ink.fillRect(0, 0, 1, 1);
  return [...ink.getImageData(0, 0, 1, 1).data.slice(0, 3)];
}

/** Colour between a (t = 0) and b (t = 1), as "rgb(r, g, b)". */
export function mix(a, b, t) {
  const from = rgb(a);
  const to = rgb(b);
  return `rgb(${from.map((v, i) => Math.round(v + (to[i] - v) * t)).join(", ")})`;
}

/** The same colour with an alpha 0…1. */
export function alpha(colour, opacity) {
  return `rgba(${rgb(colour).join(", ")}, ${opacity})`;
}

/** 256 canvas pixels (little-endian RGBA) through the given colours, evenly spaced. */
export function ramp(colours) {
  const stops = colours.map(rgb);
  const out = new Uint32Array(256);
  for (let i = 0; i < 256; i++) {
    const at = (i / 255) * (stops.length - 1);
    const k = Math.min(stops.length - 2, Math.floor(at));
    const [r, g, b] = stops[k].map((v, c) => Math.round(v + (stops[k + 1][c] - v) * (at - k)));
    out[i] = ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
  }
  return out;
}

/** One 256-pixel table a class, from the zero colour (probability 0) to the class's colour (1). */
export function classRamp(palette, count) {
  return Array.from({ length: count }, (_, k) => ramp([palette.zero, palette.classes[k % palette.classes.length]]));
}

/** The colour of a role: train test layer:<k> class:<k> variant:<k> positive negative zero accent muted text. Throws: unknown role. */
export function role(palette, name) {
  const [kind, index] = String(name).split(":");
  if (kind === "layer") return palette.layers[Number(index) % palette.layers.length];
  if (kind === "class") return palette.classes[Number(index) % palette.classes.length];
  if (kind === "variant") return palette.variants[Number(index) % palette.variants.length];
  if (typeof palette[kind] === "string") return palette[kind];
  throw new Error(`colour role: expected train, test, layer:<k>, class:<k>, variant:<k>, positive …; received ${JSON.stringify(name)}`);
}

/** Relative luminance 0 (black) … 1 (white), WCAG 2. */
export function luminance(colour) {
  const [r, g, b] = rgb(colour).map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The theme at an element: colours as CSS texts, `diverging` as 256 pixels; `version` grows when the theme changes. */
export function readPalette(element) {
  const style = getComputedStyle(element);
  const variable = (name, fallback) => {
    const value = style.getPropertyValue(name).trim();
    return value && CSS.supports("color", value) ? value : fallback;
  };
  const background = variable("--st-background-color", "#ffffff");
  const dark = luminance(background) < 0.4;
  const own = dark ? DARK : LIGHT;
  const text = variable("--st-text-color", dark ? "#f2f4f8" : "#1d2430");
  const palette = {
    dark, text, background, ...own,
    muted: mix(text, background, dark ? 0.3 : 0.34),
    surface: variable("--st-secondary-background-color", dark ? "#1a1f29" : "#f5f7fa"),
    border: mix(text, background, dark ? 0.8 : 0.86),
    accent: variable("--st-primary-color", own.positive),
    font: style.getPropertyValue("--st-font").trim() || "system-ui, sans-serif",
  };
  const signature = JSON.stringify(palette);
  if (signature !== known) {
    known = signature;
    version += 1;
  }
  // Five stops: the middle stays pale while both ends keep their full colour.
  const half = (end) => mix(own.zero, end, 0.55);
  palette.diverging = ramp([own.negative, half(own.negative), own.zero, half(own.positive), own.positive]);
  palette.version = version;
  return palette;
}
