// Test scenes and what a network makes of them: one large, all of them small in a strip under it.

import { paint } from "./card.js";
import { h } from "./dom.js";
import { Detection } from "./scene-detection.js";
import { Gallery } from "./scene-gallery.js";
import { Segmentation } from "./scene-segmentation.js";

const TASKS = { detection: Detection, segmentation: Segmentation };
const ARRAYS = ["images", "boxes", "kinds", "masks"];
const GAP = 10;
const CAPTION = 18;
const NARROW = 560;

export function mount(host, view, api) {
  return new Scene(host, view, api);
}

class Scene {
  constructor(host, view, api) {
    Object.assign(this, { view, api, palette: api.palette, frame: null, constants: null, task: null });
    this.stage = h("div", { class: "llv-scene-stage" });
    this.gallery = new Gallery(() => this.redraw(), (k) => this.label(k));
    this.legend = h("div", { class: "llv-legend llv-scene-legend" });
    this.root = h("div", { class: "llv llv-scene" }, this.stage, this.gallery.element, this.legend);
    host.append(this.root);
    paint(this.root, this.palette);
    this.observer = new ResizeObserver(() => this.layout());
    this.observer.observe(this.stage);
  }

  get options() {
    return this.view.options;
  }

  array(name) {
    return this.frame?.arrays.get(`${this.view.name}/${name}`);
  }

  label(k) {
    const said = this.constants ? this.task.label(k) : "";
    return `Scene ${k + 1} of ${this.gallery.items.length}${said ? `: ${said}` : ""}`;
  }

  describe(view, constants) {
    const changed = this.task === null || view.options.task !== this.options.task;
    this.view = view;
    if (changed) this.build();
    const found = ARRAYS.map((name) => [name, constants.get(`${view.name}/${name}`)]);
    this.frame = null;
    this.constants = found.every(([, array]) => array) ? Object.fromEntries(found) : null;
    if (!this.constants) return;
    this.task.describe();
    this.gallery.fill(this.constants.images.shape[0]);
    this.legend.replaceChildren(...this.task.legend());
    this.layout();
  }

  /** The places of one task: its tiles, its list, its tools. */
  build() {
    this.task = new TASKS[this.options.task](this);
    this.canvases = this.task.tiles.map(() => h("canvas", { class: "llv-tile", "aria-hidden": "true" }));
    const tiles = this.task.tiles.map((title, i) => h("figure", { class: "llv-tilebox" }, this.canvases[i], h("figcaption", {}, title)));
    this.stage.replaceChildren(h("div", { class: "llv-tiles" }, tiles), this.task.list);
    this.api.tools?.replaceChildren(...this.task.tools);
  }

  /** As large as the tiles fit, side by side, or in two rows where it is narrow. */
  layout() {
    if (!this.constants) return;
    const { clientWidth: width, clientHeight: height } = this.stage;
    this.root.classList.toggle("llv-scene-narrow", width < NARROW);
    const beside = this.task.list.offsetWidth < width / 2 ? this.task.list.offsetWidth : 0;
    const count = this.canvases.length;
    const fits = (columns) => {
      const rows = Math.ceil(count / columns);
      return Math.min((width - beside - GAP * (columns + 1)) / columns, (height - (beside ? 0 : this.task.list.offsetHeight)) / rows - CAPTION - 4);
    };
    const columns = [count, Math.ceil(count / 2)].sort((a, b) => fits(b) - fits(a))[0];
    this.size = Math.max(48, Math.floor(fits(columns)));
    this.stage.style.setProperty("--llv-columns", columns);
    const ratio = window.devicePixelRatio || 1;
    for (const canvas of this.canvases) {
      canvas.style.width = canvas.style.height = `${this.size}px`;
      canvas.width = canvas.height = Math.round(this.size * ratio);
    }
    this.redraw();
  }

  update(frame) {
    this.frame = frame;
    this.redraw();
  }

  theme(palette) {
    this.palette = palette;
    paint(this.root, palette);
    if (!this.constants) return;
    this.task.describe();
    this.legend.replaceChildren(...this.task.legend());
    this.redraw();
  }

  resize() {
    this.layout();
  }

  redraw() {
    if (!this.constants || !this.size) return;
    const chosen = this.gallery.chosen;
    this.task.update();
    const ratio = window.devicePixelRatio || 1;
    this.canvases.forEach((canvas, i) => {
      const ctx = canvas.getContext("2d");
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      ctx.clearRect(0, 0, this.size, this.size);
      this.task.tile(ctx, i, chosen, this.size);
    });
    this.task.tell(chosen);
    this.gallery.paint((ctx, k, size) => this.task.thumb(ctx, k, size), (k) => this.task.score(k));
  }

  destroy() {
    this.observer.disconnect();
    this.root.remove();
  }
}
