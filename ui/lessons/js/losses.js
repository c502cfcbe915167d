// The parts of the page on losses that are dragged: one prediction (three kinds), or a line through points.

import { paint } from "./card.js";
import { h } from "./dom.js";
import { NumberLosses } from "./losses-number.js";
import { Outliers } from "./losses-outliers.js";
import { ScoreLosses } from "./losses-score.js";
import { ThreeLosses } from "./losses-three.js";
import { readPalette } from "./palette.js";
import { attach } from "./styles.js";

const STYLES = ["live.css", "views.css", "graph.css", "lessons-losses.css"];
const KINDS = {
  number: ["A number", () => new NumberLosses()],
  score: ["Two classes", () => new ScoreLosses()],
  three: ["Three classes", () => new ThreeLosses()],
  outliers: ["A line", (props) => new Outliers(props.points)],
};

/** Show the parts in `parent`, or follow a changed theme; gives the cleanup. props: parts, names of KINDS; points for "outliers". */
export function open(parent, props) {
  const part = (parent.layerlabLosses ??= new Losses(parent, props));
  part.theme();
  setTimeout(() => part.theme(), 150); // Streamlit may call before its new colours are in place
  return () => {
    part.destroy();
    if (parent.layerlabLosses === part) delete parent.layerlabLosses;
  };
}

class Losses {
  constructor(parent, props) {
    Object.assign(this, { parent, props, made: new Map() });
    const { parts } = props;
    this.buttons = parts.map((name) => h("button", { type: "button", class: "llv-text-button", "data-part": name, onclick: () => this.choose(name) }, KINDS[name][0]));
    this.menu = h("div", { class: "llo-choice", role: "group", "aria-label": "What is predicted" }, this.buttons);
    this.place = h("div");
    this.root = h("section", { class: "llv llo", "aria-label": "Losses" }, parts.length > 1 ? this.menu : null, this.place);
    this.root.lesson = this; // for measuring
    this.root.style.visibility = "hidden"; // until it is styled
    attach(parent, STYLES).then(() => (this.root.style.visibility = ""));
    parent.append(this.root);
    this.choose(parts[0]);
  }

  choose(name) {
    if (!this.made.has(name)) this.made.set(name, KINDS[name][1](this.props));
    this.part = this.made.get(name);
    this.place.replaceChildren(this.part.element);
    for (const button of this.buttons) button.setAttribute("aria-pressed", String(button.dataset.part === name));
    if (this.palette) this.show();
  }

  theme() {
    const palette = readPalette(this.parent);
    if (palette.version === this.palette?.version) return;
    this.palette = palette;
    paint(this.root, palette);
    this.show();
  }

  show() {
    for (const graph of this.part.graphs) graph.theme(this.palette);
    this.part.draw();
  }

  destroy() {
    for (const part of this.made.values()) for (const graph of part.graphs) graph.destroy();
    this.root.remove();
  }
}
