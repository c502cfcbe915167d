// Feature maps: one sample on its way through the network, layer by layer, live; click a value to see how it comes about.

import { Card, paint } from "./card.js";
import { h, write } from "./dom.js";
import { Answer } from "./maps-answer.js";
import { Chooser } from "./maps-choose.js";
import { Input } from "./maps-input.js";
import { LayerBlock } from "./maps-layer.js";
import { Look } from "./maps-look.js";
import { placeText, planBelow, plansFor, sourceText } from "./maps-plan.js";
import { fieldOf, Unit } from "./maps-unit.js";
import { Pad } from "./pad.js";

const NARROW = 700; // pixels below which layers stand under each other
const TITLES = 44; // pixels of a block's title and scale

class Maps {
  constructor(host, view, api) {
    Object.assign(this, { host, view, api, palette: api.palette, frame: null, blocks: [], unit: null, pad: null, wanted: {} });
    const onpoint = (content, at) => this.point(content, at);
    this.look = new Look(api, (sentence) => this.chooser.tell(sentence));
    this.chooser = new Chooser({ onchoose: (part, sample) => this.choose(part, sample), ondraw: () => this.toggleDrawing() });
    this.input = new Input(onpoint);
    this.layers = h("div", { class: "llv-maps-layers", role: "group", "aria-label": "Layers" });
    this.answer = new Answer();
    this.strip = h("div", { class: "llv-maps-strip" }, this.input.element, this.layers, this.answer.element);
    this.legend = h("span", {});
    this.foot = h("div", { class: "llv-foot llv-maps-foot" },
      h("span", { class: "llv-ramp-text" }, "−"), h("span", { class: "llv-ramp", "aria-hidden": "true" }), h("span", { class: "llv-ramp-text" }, "+"), this.legend);
    this.explained = new Unit({ onplace: (place) => this.choosePlace(this.unit.index, place), onclose: () => this.closeUnit() });
    this.under = h("div", { class: "llv-maps-under" }, this.explained.element);
    this.root = h("div", { class: "llv llv-maps" }, this.chooser.element, this.strip, this.foot, this.under);
    host.append(this.root);
    this.card = new Card(this.root, { "aria-hidden": "true" });
    this.gradients = h("button", { type: "button", class: "ll-toggle", "aria-pressed": "false", title: "Show how the loss of this sample would change with each value", onclick: () => this.toggleGradients() }, "Gradients");
    this.onpoint = onpoint;
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.root);
    this.theme(api.palette);
  }

  find(name) {
    return this.frame?.arrays.get(`${this.view.name}/${name}`);
  }

  describe(view, constants) {
    const again = this.described !== undefined && this.described !== this.api.description?.generation;
    this.described = this.api.description?.generation ?? 0;
    this.view = view;
    this.frame = null;
    const { options } = view;
    this.api.tools?.replaceChildren(this.gradients);
    this.chooser.describe(options, constants ?? new Map(), view.name);
    const key = JSON.stringify(options);
    if (key !== this.key) {
      this.key = key;
      this.build(options);
    }
    if (again && Object.keys(this.wanted).length) this.look.ask(this.wanted); // the network was built anew: it knows nothing of this
  }

  build(options) {
    this.closeUnit(false);
    const data = JSON.stringify([options.input, options.samples, options.drawing]);
    if (data !== this.data) {
      for (const name of ["part", "sample", "image"]) delete this.wanted[name]; // of other data
      if (options.drawing) this.pad?.describe(options.input, options.drawing);
      else this.closePad();
    }
    this.data = data;
    this.input.describe(options.input);
    this.answer.describe(options);
    this.blocks = options.layers.map((layer, index) =>
      new LayerBlock(layer, index, { onpoint: this.onpoint, onpick: (place) => this.pick(index, place) }));
    this.layers.replaceChildren(...this.blocks.map(({ element }) => element));
    this.planned = null;
    this.resize();
  }

  update(frame) {
    if (frame === this.frame) return;
    this.frame = frame;
    if (!this.find("input")) return;
    this.draw();
  }

  draw() {
    const find = (name) => this.find(name);
    const { palette } = this;
    const gradient = Boolean(find("gradient_scale"));
    const scales = find(gradient ? "gradient_scale" : "map_scale").data;
    this.blocks.forEach((block, i) => block.update(find(`${gradient ? "gradient" : "map"}/${i}`)?.data, scales[i], gradient, palette));
    this.input.update(find, palette);
    this.answer.update(find);
    const chosen = find("chosen")?.data;
    if (chosen) this.chooser.show(chosen);
    this.adopt(find("exact_unit")?.data);
    this.explained.update(find, palette);
    this.say(gradient, chosen?.[0] === 2);
  }

  /** The line under the maps: what colours mean now. */
  say(gradient, own) {
    this.gradients.setAttribute("aria-pressed", String(this.wanted.gradients ?? gradient));
    let text = "each layer has its own scale, ± its largest value";
    if (gradient) text = "blue: a larger value would raise this sample's loss; orange: it would lower it";
    else if (this.wanted.gradients && own) text = "your drawing has no label, so there is no loss and no gradient: these are the maps";
    write(this.legend, text);
  }

  // Choosing

  choose(part, sample) {
    Object.assign(this.wanted, { part, sample, image: null });
    this.look.sample(part, sample);
  }

  toggleGradients() {
    this.wanted.gradients = !(this.wanted.gradients ?? Boolean(this.find("gradient_scale")));
    this.gradients.setAttribute("aria-pressed", String(this.wanted.gradients));
    this.look.ask({ gradients: this.wanted.gradients });
  }

  /** A value was clicked: where layers stand under each other, what explains it is further down. */
  pick(index, place) {
    this.choosePlace(index, place);
    if (this.root.classList.contains("llv-narrow")) this.explained.element.scrollIntoView({ block: "start" });
  }

  /** Put a place of a layer under the glass. */
  choosePlace(index, place) {
    const layer = this.view.options.layers[index];
    const fresh = this.unit?.index !== index || this.unit?.place.channel !== place.channel;
    this.unit = { index, place };
    this.card.hide();
    this.show();
    if (fresh) {
      Object.assign(this.wanted, { exact: layer.name, unit: place.channel });
      this.look.ask({ exact: layer.name, unit: place.channel });
    }
    if (this.frame) this.explained.update((name) => this.find(name), this.palette);
    if (!this.explained.slides) this.tell(() => `${layer.title}, ${placeText(layer, place)}: ${this.explained.real.textContent}`);
  }

  /** Somebody looked at a unit before this page was opened (or on another screen): show it here as well. */
  adopt(exact) {
    if (!exact || this.unit || this.wanted.exact === "") return;
    const layer = this.view.options.layers[exact[0]];
    const [rows, columns] = layer.shape.length === 3 ? layer.shape.slice(1) : [1, layer.shape[1] ?? 1];
    this.unit = { index: exact[0], place: { channel: exact[1], y: Math.floor(rows / 2), x: Math.floor(columns / 2) } };
    this.wanted.exact = layer.name;
    this.wanted.unit = exact[1];
    this.show();
  }

  show() {
    const { unit, view: { options } } = this;
    this.blocks.forEach((block) => block.mark(block.index === unit?.index && unit.place.channel < block.layer.shown ? unit.place : null));
    if (!unit) {
      this.input.frame(null);
      return this.explained.show(null);
    }
    const layer = options.layers[unit.index];
    const before = layer.kind === "dense" ? options.layers[unit.index - 1]?.shape ?? options.input : null;
    this.input.frame(fieldOf(layer, unit.place, layer.shape));
    this.explained.show({ layer, ...unit, source: (k) => sourceText(before, k) }, options.input);
  }

  closeUnit(tell = true) {
    if (!this.unit) return;
    const { index } = this.unit;
    this.unit = null;
    this.wanted.exact = "";
    delete this.wanted.unit;
    this.show();
    if (!tell) return;
    this.look.ask({ exact: "" });
    this.blocks[index]?.tiles.element.focus();
  }

  // Drawing

  toggleDrawing() {
    if (this.pad) return this.closePad();
    const { options } = this.view;
    this.pad = new Pad({ announce: (text) => this.api.announce?.(text), onclose: () => this.closePad(), onimage: (image) => this.drawn(image) });
    this.pad.describe(options.input, options.drawing);
    this.placePad();
    this.chooser.draw.setAttribute("aria-expanded", "true");
    this.pad.canvas.focus({ preventScroll: false });
  }

  /** Where layers stand under each other, the board stands over them, beside the answer. */
  placePad() {
    if (!this.pad) return;
    if (this.root.classList.contains("llv-narrow")) this.strip.before(this.pad.element);
    else this.under.prepend(this.pad.element);
  }

  drawn(image) {
    this.wanted.image = image;
    this.look.ask({ image });
  }

  closePad() {
    if (!this.pad) return;
    this.pad.destroy();
    this.pad = null;
    this.chooser.draw.setAttribute("aria-expanded", "false");
    this.chooser.draw.focus();
  }

  // Looks

  point(content, at) {
    if (content) this.card.show(content, at);
    else this.card.hide();
    const walked = content && document.activeElement?.matches(".llv-tiles:focus-visible");
    this.tell(walked ? () => content.slice(0, 2).map((part) => part.textContent).join(", ") : null);
  }

  /** Tell a screen reader, once the learner has come to rest. */
  tell(text) {
    clearTimeout(this.speak);
    if (text) this.speak = setTimeout(() => this.api.announce?.(text()), 400);
  }

  theme(palette) {
    this.palette = palette;
    paint(this.root, palette);
    if (this.find("input")) this.draw();
  }

  resize() {
    const { clientWidth: width } = this.root;
    if (!width || !this.blocks.length) return;
    const narrow = width < NARROW;
    if (narrow !== this.root.classList.contains("llv-narrow")) {
      this.root.classList.toggle("llv-narrow", narrow);
      this.placePad();
    }
    const height = narrow ? 0 : this.layers.clientHeight - TITLES;
    const room = narrow ? width - 24 : this.layers.clientWidth;
    const key = `${narrow} ${height} ${room}`;
    if (key === this.planned) return;
    this.planned = key;
    const layers = this.blocks.map(({ layer }) => layer);
    const plans = narrow ? layers.map((layer) => planBelow(layer, room)) : plansFor(layers, Math.max(80, height), room);
    this.blocks.forEach((block, i) => block.lay(plans[i]));
    this.show();
  }

  destroy() {
    clearTimeout(this.speak);
    this.observer.disconnect();
    this.explained.destroy();
    this.pad?.destroy();
    this.card.destroy();
    this.api.tools?.replaceChildren();
    this.root.remove();
  }
}

/** Mount a view of kind "maps" into an empty element. */
export function mount(host, view, api) {
  return new Maps(host, view, api);
}
