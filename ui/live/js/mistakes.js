// The most confident mistakes: test images that the network gets wrong, the one it is surest of first.

import { paint } from "./card.js";
import { h, write } from "./dom.js";
import { count, number, percent } from "./format.js";
import { Thumbs, chooseSample, measuredOn } from "./thumbs.js";

const SIDE = 64; // pixels of an image, about

/** How sure the network is, as a reader says it: "97 %" of a probability, else the output itself. */
export function sureness(value, probability) {
  return probability ? percent(value) : number(value);
}

export function mount(host, view, api) {
  return new Mistakes(host, view, api);
}

class Mistakes {
  constructor(host, view, api) {
    Object.assign(this, { host, view, api, picked: null });
    this.note = h("p", { class: "llv-muted llv-pictures-note" });
    this.said = h("p", { class: "llv-muted llv-pictures-note" });
    this.thumbs = new Thumbs({ label: view.title, side: SIDE, onpick: (k) => this.pick(k) });
    this.root = h("div", { class: "llv llv-shelf" }, this.note, this.said, this.thumbs.element);
    host.append(this.root);
    this.theme(api.palette);
  }

  describe(view) {
    this.view = view;
  }

  update(frame) {
    const find = (name) => frame.arrays.get(`${this.view.name}/${name}`)?.data;
    const measured = find("measured");
    if (!measured) return;
    const { classes, probability } = this.view.options;
    const [n, all, wrong] = measured;
    const images = frame.arrays.get(`${this.view.name}/image`);
    this.samples = find("sample");
    const shown = this.samples.length;
    const first = shown < wrong ? `, of which the ${shown} surest are shown` : "";
    write(this.note, `${count(wrong)} wrong${first}. ${measuredOn([n, all])}`);
    const [truth, predicted, sure] = [find("true"), find("predicted"), find("sure")];
    const texts = Array.from(this.samples, (sample, k) => {
      const [a, b, value] = [classes[truth[k]], classes[predicted[k]], sureness(sure[k], probability)];
      return { label: `Test image ${sample + 1}: ${a}, taken for ${b}, ${probability ? "probability" : "output"} ${value}`, lines: [`${a} → ${b}`, value] };
    });
    this.thumbs.show(images, texts, { pressed: (k) => this.samples[k] === this.picked });
  }

  async pick(k) {
    this.picked = this.samples[k];
    write(this.said, await chooseSample(this.api, this.picked));
  }

  theme(palette) {
    paint(this.root, palette);
  }

  destroy() {
    this.root.remove();
  }
}
