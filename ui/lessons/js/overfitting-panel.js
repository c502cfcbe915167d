// What both panels with polynomials have in common: sliders on the left, two graphs beside them, the theme, a spoken line.

import { paint } from "./card.js";
import { h } from "./dom.js";
import { readPalette } from "./palette.js";
import { attach } from "./styles.js";

const STYLES = ["live.css", "views.css", "graph.css", "slider.css", "lessons-overfitting.css"];

/** The `open` of a browser part whose class is `Kind`. */
export function opener(Kind) {
  return (parent, props) => {
    const panel = (parent.layerlabOverfitting ??= new Kind(parent, props));
    panel.theme();
    setTimeout(() => panel.theme(), 150); // Streamlit may call before its new colours are in place
    return () => {
      panel.destroy();
      if (parent.layerlabOverfitting === panel) delete parent.layerlabOverfitting;
    };
  };
}

export class OverfittingPanel {
  constructor(parent, { graphs, controls, button }) {
    Object.assign(this, { parent, graphs });
    this.said = h("p", { class: "llo-said", role: "status", "aria-live": "polite" });
    this.again = h("button", { type: "button", class: "llv-text-button", onclick: () => button.act() }, button.title);
    this.root = h("div", { class: "llv llo" },
      h("div", { class: "llo-controls" }, controls.map(({ element }) => element), this.again),
      graphs.map((graph) => h("div", { class: "llo-graph" }, graph.element)), this.said);
    this.root.panel = this; // for measuring
    this.root.style.visibility = "hidden"; // until it is styled
    attach(parent, STYLES).then(() => (this.root.style.visibility = ""));
    parent.append(this.root);
  }

  theme() {
    const palette = readPalette(this.parent);
    paint(this.root, palette);
    for (const graph of this.graphs) graph.theme(palette);
  }

  destroy() {
    for (const graph of this.graphs) graph.destroy();
    this.root.remove();
  }
}
