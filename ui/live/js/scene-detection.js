// Detection over a scene: found boxes with the true ones, how sure every cell is, and a list of what was found.

import { h } from "./dom.js";
import { hundredths, percent } from "./format.js";
import { drawBoxes, foundIn, judge, truthIn } from "./scene-boxes.js";
import { grey, Picture } from "./scene-image.js";

export class Detection {
  /** `scene` is the view: options, constants, frame arrays, palette. */
  constructor(scene) {
    Object.assign(this, { scene, from: 0.5, truth: true, all: false, judged: [], truths: [] });
    this.tiles = ["Found boxes", "How sure each cell is"];
    this.list = h("div", { class: "llv-found" });
    this.slider = h("input", { type: "range", class: "llv-sure", min: 5, max: 95, step: 5, value: 50, "aria-label": "Show boxes from this certainty on", oninput: () => this.sure() });
    this.shownFrom = h("output", { class: "llv-sure-text" }, "50 %");
    const toggle = (text, title, name) => h("button", { type: "button", class: "ll-toggle", "aria-pressed": String(this[name]), title, onclick: (event) => {
      this[name] = !this[name];
      event.currentTarget.setAttribute("aria-pressed", String(this[name]));
      scene.redraw();
    } }, text);
    this.tools = [
      h("label", { class: "llv-sure-label", title: "Show boxes of which the network is at least so sure" }, "sure from", this.slider, this.shownFrom),
      toggle("Suppressed", "Show also the boxes that were left out because a surer one shows the same figure", "all"),
      toggle("Truth", "Show the true boxes, dashed", "truth"),
    ];
  }

  sure() {
    this.from = Number(this.slider.value) / 100;
    this.shownFrom.textContent = percent(this.from);
    this.slider.setAttribute("aria-valuetext", percent(this.from));
    this.scene.redraw();
  }

  /** The scenes themselves have changed. */
  describe() {
    const { images, boxes, kinds } = this.scene.constants;
    const { side } = this.scene.options;
    this.truths = Array.from({ length: images.shape[0] }, (_, k) => truthIn(boxes, kinds, k));
    this.pictures = this.truths.map((_, k) => {
      const picture = new Picture(side);
      picture.paint(grey(images.data.subarray(k * side * side, (k + 1) * side * side)));
      return picture;
    });
    this.judged = [];
  }

  /** Judge all scenes by the newest frame. */
  update() {
    const found = this.scene.array("found");
    this.judged = found ? this.truths.map((truth, k) => judge(foundIn(found, k), truth, this.from)) : [];
  }

  boxes(ctx, k, size, labels) {
    const { options, palette } = this.scene;
    this.pictures[k].draw(ctx, 0, 0, size);
    if (!this.judged[k]) return;
    drawBoxes(ctx, { judged: this.judged[k], truth: this.truths[k], classes: options.classes, palette, scale: size / options.side, size, labels, showTruth: this.truth, all: this.all && labels });
  }

  tile(ctx, i, k, size) {
    if (i === 0) return this.boxes(ctx, k, size, true);
    const { options, palette } = this.scene;
    const cells = this.scene.array("cells");
    this.pictures[k].draw(ctx, 0, 0, size);
    if (!cells) return;
    const each = size / options.grid;
    ctx.font = `${each < 24 ? 9 : 11}px system-ui, sans-serif`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    for (let row = 0; row < options.grid; row++) {
      for (let column = 0; column < options.grid; column++) {
        const sure = cells.data[(k * options.grid + row) * options.grid + column] / 255;
        ctx.globalAlpha = 0.85 * sure;
        ctx.fillStyle = palette.positive;
        ctx.fillRect(column * each, row * each, each, each);
        ctx.globalAlpha = 1;
        ctx.strokeStyle = "rgba(255, 255, 255, 0.28)";
        ctx.lineWidth = 0.5;
        ctx.strokeRect(column * each, row * each, each, each);
        if (sure < 0.05 || each < 18) continue;
        ctx.lineWidth = 2.5;
        ctx.strokeStyle = "rgba(0, 0, 0, 0.7)";
        ctx.fillStyle = "#ffffff";
        const text = String(Math.round(100 * sure));
        ctx.strokeText(text, (column + 0.5) * each, (row + 0.5) * each);
        ctx.fillText(text, (column + 0.5) * each, (row + 0.5) * each);
      }
    }
    ctx.textAlign = "start";
  }

  thumb(ctx, k, size) {
    this.boxes(ctx, k, size, false);
  }

  score(k) {
    return this.judged[k] ? hundredths(this.judged[k].iou) : "";
  }

  label(k) {
    const judged = this.judged[k];
    return judged ? `mean IoU ${hundredths(judged.iou)}, ${judged.rows.length} boxes for ${this.truths[k].length} figures` : "";
  }

  /** What was found in scene k, in words and numbers. */
  tell(k) {
    const { options, palette } = this.scene;
    const judged = this.judged[k];
    if (!judged) return this.list.replaceChildren();
    const swatch = (kind) => h("span", { class: "llv-swatch", style: `background:${palette.classes[kind]}` });
    const found = judged.rows.map((row) => h("tr", {}, h("td", {}, swatch(row.kind), options.classes[row.kind]), h("td", {}, percent(row.sure)), h("td", {}, row.iou ? hundredths(row.iou) : "–"), h("td", {}, row.right ? "right" : "wrong")));
    const missed = judged.missed.map(({ kind }) => h("tr", { class: "llv-missed" }, h("td", {}, swatch(kind), options.classes[kind]), h("td", {}, "–"), h("td", {}, "–"), h("td", {}, "missed")));
    const head = h("tr", {}, ["figure", "sure", "IoU", ""].map((text) => h("th", { scope: "col" }, text)));
    this.list.replaceChildren(
      h("div", { class: "llv-found-title" }, `Mean IoU ${hundredths(judged.iou)}: ${judged.rows.filter(({ right }) => right).length} right, ${judged.rows.filter(({ right }) => !right).length} wrong, ${judged.missed.length} missed`),
      h("table", {}, h("thead", {}, head), h("tbody", {}, found, missed)),
    );
  }

  legend() {
    const { options, palette } = this.scene;
    const entry = (style, text) => h("span", { class: "llv-entry" }, h("span", { class: "llv-swatch", style }), text);
    return [
      ...options.classes.map((name, kind) => entry(`background:${palette.classes[kind]}`, name)),
      entry("background:none;border:2px solid currentColor", "found"),
      entry("background:none;border:2px dashed currentColor", "true"),
    ];
  }
}
