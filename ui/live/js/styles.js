// What every browser part needs of the page's look: its style sheets, and the theme's colours as variables.

import { h, mark } from "./dom.js";
import { luminance } from "./palette.js";

const COLOURS = ["text", "muted", "background", "surface", "border", "accent", "positive", "negative", "train", "test", "font"];

/** Put style sheets, which lie beside the scripts, where `parent` lives, once; the promise is kept when they have come. */
export function attach(parent, names) {
  const place = parent.getRootNode();
  const home = place instanceof ShadowRoot ? place : document.head;
  return Promise.all(names.map((name) => {
    const href = new URL(name, import.meta.url).href;
    const known = home.querySelector(`link[href="${href}"]`);
    const link = known ?? h("link", { rel: "stylesheet", href });
    if (!known) home.append(link);
    return link.sheet ? null : new Promise((done) => ["load", "error"].forEach((event) => link.addEventListener(event, done)));
  }));
}

/** The palette as --ll-* variables of an element, and `data-theme`. */
export function paint(root, palette) {
  // Streamlit's header lies over the top of the page: what sticks does so below it.
  root.style.setProperty("--ll-sticky", `${document.querySelector("[data-testid=stHeader]")?.offsetHeight ?? 0}px`);
  for (const name of COLOURS) root.style.setProperty(`--ll-${name}`, palette[name]);
  const onDark = luminance(palette.accent) < 0.18; // white on it reaches 4.5:1
  root.style.setProperty("--ll-onaccent", onDark ? "#ffffff" : "#0b0f14");
  mark(root, { "data-theme": palette.dark ? "dark" : "light" });
}
