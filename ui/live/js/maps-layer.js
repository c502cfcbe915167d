// One layer's maps: title, shape, scale, and the pictures.

import { h, write } from "./dom.js";
import { number } from "./format.js";
import { signedNumber } from "./network-text.js";
import { placeText, planeOf } from "./maps-plan.js";
import { fromByte } from "./pixels.js";
import { Tiles } from "./tiles.js";

export class LayerBlock {
  /** `onpoint(content | null, rectangle)`; `onpick(place)` with {channel, y, x}. */
  constructor(layer, index, { onpoint, onpick }) {
    Object.assign(this, { layer, index, bytes: null, scale: 0, gradient: false });
    this.title = h("h3", { class: "llv-block-title", title: layer.title }, layer.title);
    this.about = h("p", { class: "llv-block-scale" });
    this.lost = h("p", { class: "llv-block-lost", hidden: true }, "left the numbers");
    this.tiles = new Tiles({
      onpoint: (place, at) => onpoint(place && this.content(place), at),
      onpick: ({ tile, y, x }) => onpick({ channel: tile, y, x }),
    });
    const [rows, columns] = planeOf(layer.shape);
    const what = layer.shape.length === 1 ? `${layer.shown} values` : `${layer.shown} maps of ${layer.shape.length === 2 ? columns : `${rows} × ${columns}`}`;
    this.tiles.name(`${layer.title}: ${what}. Arrow keys go from value to value, with Shift from map to map; Enter shows how a value is computed.`);
    this.element = h("div", { class: "llv-block" }, this.title, this.about, this.lost, this.tiles.element);
  }

  lay(plan) {
    this.tiles.lay(plan);
    if (this.bytes) this.redraw();
  }

  /** `bytes`: uint8 maps or undefined (they left the numbers), `scale`: their largest value. */
  update(bytes, scale, gradient, palette) {
    Object.assign(this, { bytes, scale, gradient, palette });
    const { shape, shown } = this.layer;
    const cut = shown < shape[0] ? `${shown} of ${shape.join(" × ")}` : shape.join(" × ");
    write(this.about, `${cut} · ±${bytes ? number(scale) : "–"}`);
    this.lost.hidden = Boolean(bytes);
    this.redraw();
  }

  redraw() {
    if (this.bytes && this.palette) this.tiles.draw(this.bytes, this.palette.diverging);
    else this.tiles.clear();
  }

  content({ tile, y, x }) {
    if (!this.bytes) return null;
    const { rows, columns } = this.tiles.plan;
    const value = fromByte(this.bytes[(tile * rows + y) * columns + x], this.scale);
    const about = Math.abs(value) < this.scale / 250 ? 0 : value; // 255 steps have none at zero
    return [
      h("div", { class: "llv-card-title" }, this.gradient ? "∂ loss / ∂ value ≈ " : "≈ ", signedNumber(about, number(about, 2))),
      h("p", { class: "llv-muted" }, `${this.layer.title} · ${placeText(this.layer, { channel: tile, y, x })}`),
      h("p", { class: "llv-muted" }, "Click: how it is computed"),
    ];
  }

  mark(place) {
    this.tiles.mark(place && { tile: place.channel, y: place.y, x: place.x });
  }
}
