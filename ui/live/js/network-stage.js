// The diagram's picture: a canvas with lines and units, and over it one invisible button a unit for pointer and keyboard.

import { h } from "./dom.js";
import { drawBiases, drawMaps, drawTiles, Atlas } from "./network-units.js";
import { drawChosen, drawEdges, reference } from "./network-edges.js";
import { layout } from "./network-layout.js";
import { unitTitle } from "./network-text.js";

export class Stage {
  constructor() {
    this.canvas = h("canvas", { class: "llv-canvas", "aria-hidden": "true" });
    this.ctx = this.canvas.getContext("2d");
    this.units = h("div", { class: "llv-units", role: "group" });
    this.element = h("div", { class: "llv-stage" }, this.canvas, this.units);
    this.atlases = [];
  }

  /** Place everything for this size; `options` are the view's. */
  build(options, width, height, palette) {
    this.ctx.font = `500 13px ${palette.font}`; // as the labels are written
    const plan = layout(options, width, height, (text) => this.ctx.measureText(text).width);
    const ratio = window.devicePixelRatio || 1;
    Object.assign(this, { options, plan, ratio });
    this.canvas.width = Math.round(plan.width * ratio);
    this.canvas.height = Math.round(height * ratio);
    for (const element of [this.canvas, this.element]) {
      element.style.width = `${plan.width}px`;
      element.style.height = `${height}px`;
    }
    this.atlases = plan.columns.map((_, at) => this.atlases[at] ?? new Atlas());
    const hidden = options.layers.length - 1;
    this.units.setAttribute("aria-label", `Network: ${options.inputs.length} inputs, ${hidden} hidden layer${hidden === 1 ? "" : "s"}. Arrow keys move between units${options.fixed ? "" : ", Enter sets a weight or bias"}.`);
    this.buttons = plan.columns.map(({ units }) => units.map((unit) => this.button(unit)));
    this.units.replaceChildren(...this.buttons.flat(), ...this.labels());
  }

  button({ layer, unit, x, y, size }) {
    const box = Math.max(size, Math.min(24, this.plan.columns[layer].between));
    const style = `left:${x - box / 2}px;top:${y - box / 2}px;width:${box}px;height:${box}px`;
    const button = h("button", {
      type: "button", class: "llv-unit", style, tabindex: layer === 0 && unit === 0 ? 0 : -1,
      "aria-label": unitTitle(this.options, layer, unit), "aria-haspopup": layer && !this.options.fixed ? "dialog" : null,
    });
    button.unit = { layer, unit };
    return button;
  }

  labels() {
    const { plan, options } = this;
    const label = (text, unit, side) => {
      const size = Math.min(13, this.plan.columns[unit.layer].between * 0.92);
      const height = Math.max(10, size * 1.3);
      const left = side === "before" ? unit.x - unit.size / 2 - 5 - plan.labels.before : unit.x + unit.size / 2 + 6;
      const style = `left:${left}px;top:${unit.y - height / 2}px;width:${plan.labels[side]}px;font-size:${size}px;line-height:${height}px`;
      return h("span", { class: `llv-label llv-${side}`, style, title: text, "aria-hidden": "true" }, text);
    };
    const inputs = plan.labels.show ? plan.columns[0].units.map((unit) => label(options.inputs[unit.unit], unit, "before")) : [];
    const titles = options.layers.at(-1).titles ?? [];
    return [...inputs, ...plan.columns.at(-1).units.filter(({ unit }) => titles[unit]).map((unit) => label(titles[unit.unit], unit, "after"))];
  }

  /** Whether a frame's weights belong to this very diagram (a frame may still be of the network before). */
  fits(weights) {
    const { columns } = this.plan;
    return weights.every(({ shape }, l) => shape[0] === columns[l + 1]?.units.length && shape[1] === columns[l].units.length);
  }

  /** Draw the present; `target` is what is pointed at: {layer, unit}, {layer, to, from} or null. Returns the widest line's |w|. */
  draw(numbers, palette, target) {
    const { ctx, plan, ratio } = this;
    const weights = numbers.weights();
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, plan.width, plan.height);
    const known = weights && this.fits(weights);
    const unit = target && "unit" in target ? target : null;
    if (known) drawEdges(ctx, plan, weights, palette, unit);
    if (known && target && !unit) drawChosen(ctx, plan, weights, palette, target);
    plan.columns.forEach((column, at) => {
      const chosen = unit?.layer === at ? unit.unit : null;
      const maps = numbers.array(`unit/${at}`);
      if (maps && maps.shape[0] === column.units.length) {
        this.atlases[at].fill(maps, palette.diverging);
        drawMaps(ctx, column, this.atlases[at], palette, chosen);
      } else drawTiles(ctx, column, known ? numbers.array(`activation/${at}`)?.data : null, palette, chosen);
      if (known && at > 0) drawBiases(ctx, column, numbers.array(`bias/${at - 1}`)?.data, palette);
    });
    return known ? reference(weights) : NaN;
  }
}
