// Segmentation of a scene: the image, the true class of every pixel, the predicted one, and where they differ.

import { h } from "./dom.js";
import { hundredths } from "./format.js";
import { classTables, dim, errorKinds, errorOf, grey, Picture, pixel } from "./scene-image.js";

/** IoU of every class of figures (NaN where there is none) and how many pixels are wrong in which way. */
export function compare(truth, predicted, classes) {
  const both = new Array(classes + 1).fill(0);
  const either = new Array(classes + 1).fill(0);
  const errors = [0, 0, 0];
  for (let i = 0; i < truth.length; i++) {
    either[truth[i]] += 1;
    if (truth[i] === predicted[i]) {
      both[truth[i]] += 1;
      continue;
    }
    either[predicted[i]] += 1;
    errors[errorOf(truth[i], predicted[i])] += 1;
  }
  const each = either.map((count, kind) => (count ? both[kind] / count : NaN)).slice(1);
  const known = each.filter((value) => !Number.isNaN(value));
  return { each, errors, iou: known.length ? known.reduce((sum, value) => sum + value, 0) / known.length : NaN };
}

export class Segmentation {
  /** `scene` is the view: options, constants, frame arrays, palette. */
  constructor(scene) {
    Object.assign(this, { scene, unsure: false, compared: [], pictures: [] });
    this.tiles = ["Image", "Truth", "Prediction", "Errors"];
    this.list = h("div", { class: "llv-found llv-found-line" });
    this.tools = [h("button", { type: "button", class: "ll-toggle", "aria-pressed": "false", title: "Pale where the network is not sure of the class", onclick: (event) => {
      this.unsure = !this.unsure;
      event.currentTarget.setAttribute("aria-pressed", String(this.unsure));
      scene.redraw();
    } }, "Certainty")];
  }

  part(array, k) {
    const each = this.scene.options.side ** 2;
    return array.data.subarray(k * each, (k + 1) * each);
  }

  describe() {
    const { images, masks } = this.scene.constants;
    const { side, classes } = this.scene.options;
    const tables = classTables(this.scene.palette, classes.length);
    this.tables = tables;
    this.pictures = Array.from({ length: images.shape[0] }, (_, k) => {
      const made = ["image", "truth", "predicted", "errors"].map(() => new Picture(side));
      made[0].paint(grey(this.part(images, k)));
      const truth = this.part(masks, k);
      made[1].paint((i) => tables[truth[i]][255]);
      return made;
    });
    this.compared = [];
  }

  update() {
    const { constants, options, palette } = this.scene;
    const predicted = this.scene.array("predicted");
    const certainty = this.scene.array("certainty");
    if (!predicted) return;
    const wrong = errorKinds(palette).map(({ colour }) => pixel(colour));
    this.compared = this.pictures.map((made, k) => {
      const [truth, said, image] = [this.part(constants.masks, k), this.part(predicted, k), this.part(constants.images, k)];
      const sure = this.unsure && certainty ? this.part(certainty, k) : null;
      made[2].paint((i) => this.tables[said[i]][sure ? sure[i] : 255]);
      const dimmed = dim(image);
      made[3].paint((i) => (truth[i] === said[i] ? dimmed(i) : wrong[errorOf(truth[i], said[i])]));
      return compare(truth, said, options.classes.length);
    });
  }

  tile(ctx, i, k, size) {
    if (i < 2 || this.compared[k]) this.pictures[k][i].draw(ctx, 0, 0, size);
  }

  thumb(ctx, k, size) {
    this.pictures[k][this.compared[k] ? 2 : 0].draw(ctx, 0, 0, size);
  }

  score(k) {
    return this.compared[k] ? hundredths(this.compared[k].iou) : "";
  }

  label(k) {
    return this.compared[k] ? `mean IoU ${hundredths(this.compared[k].iou)}` : "";
  }

  tell(k) {
    const found = this.compared[k];
    if (!found) return this.list.replaceChildren();
    const { classes } = this.scene.options;
    const wrong = found.errors.reduce((sum, count) => sum + count, 0);
    const each = found.each.map((value, kind) => (Number.isNaN(value) ? null : `${classes[kind]} ${hundredths(value)}`)).filter(Boolean);
    this.list.replaceChildren(h("b", {}, `IoU ${hundredths(found.iou)}`), ` ${each.join(", ")}; ${wrong} of ${this.scene.options.side ** 2} pixels wrong`);
  }

  legend() {
    const { options, palette } = this.scene;
    const entry = (colour, text, title) => h("span", { class: "llv-entry", title }, h("span", { class: "llv-swatch", style: `background:${colour}` }), text);
    return [
      ...options.classes.map((name, kind) => entry(palette.classes[kind], name)),
      h("span", { class: "llv-entry" }, "Errors:"),
      ...errorKinds(palette).map(({ name, title, colour }) => entry(colour, name, title)),
    ];
  }
}
