// Which sample goes through the network: part, number, next and previous, and thumbnails of the first test images.

import { h, mark, write } from "./dom.js";
import { GREY, enlarge } from "./pixels.js";

const PARTS = ["train", "test"]; // as `chosen` numbers them; 2 is an image of one's own
const THUMB = 28;

/** RGBA pixels of an image of bytes, (channels, height, width): grey, or in colours where there are three channels. */
export function colours(bytes, [channels, height, width]) {
  const size = height * width;
  if (channels !== 3) return Uint32Array.from({ length: size }, (_, i) => GREY[bytes[i]]);
  return Uint32Array.from({ length: size }, (_, i) => ((255 << 24) | (bytes[2 * size + i] << 16) | (bytes[size + i] << 8) | bytes[i]) >>> 0);
}

export class Chooser {
  /** `onchoose(part, number)`, `ondraw()`. */
  constructor({ onchoose, ondraw }) {
    Object.assign(this, { onchoose, options: null, now: null });
    const button = (text, label, action) => h("button", { type: "button", class: "llv-mini", "aria-label": label, title: label, onclick: action }, text);
    this.part = h("select", { class: "llv-field llv-choose-part", "aria-label": "Part of the data", onchange: () => this.go(this.part.value, 0) },
      h("option", { value: "test" }, "Test"), h("option", { value: "train" }, "Train"));
    this.number = h("input", { class: "llv-field llv-choose-number", type: "text", inputmode: "numeric", autocomplete: "off", onchange: () => this.typed() });
    this.of = h("span", { class: "llv-muted llv-choose-of" });
    this.thumbs = h("div", { class: "llv-thumbs", role: "group", "aria-label": "Test images" });
    this.draw = h("button", { type: "button", class: "llv-text-button", "aria-expanded": "false", onclick: ondraw }, "Draw your own");
    this.said = h("p", { class: "llv-problem", role: "alert" });
    this.element = h("div", { class: "llv-choose" }, this.draw, this.part,
      button("‹", "Previous sample", () => this.step(-1)), this.number, button("›", "Next sample", () => this.step(1)), this.of, this.thumbs, this.said);
  }

  describe(options, constants, name) {
    this.options = options;
    this.draw.hidden = !options.drawing;
    const choices = constants.get(`${name}/choices`);
    const labels = constants.get(`${name}/choice_labels`);
    this.thumbs.hidden = !choices;
    this.buttons = choices ? this.thumbnails(choices, labels?.data, options.classes) : [];
    this.thumbs.replaceChildren(...this.buttons);
  }

  thumbnails({ data, shape: [count, ...shape] }, labels, classes) {
    const [channels, height, width] = shape;
    const side = Math.max(1, Math.floor(THUMB / Math.max(height, width)));
    return Array.from({ length: count }, (_, k) => {
      const canvas = h("canvas", { width: width * side, height: height * side, "aria-hidden": "true" });
      const ctx = canvas.getContext("2d");
      const image = ctx.createImageData(canvas.width, canvas.height);
      const found = colours(data.subarray(k * channels * height * width, (k + 1) * channels * height * width), shape);
      enlarge(new Uint32Array(image.data.buffer), canvas.width, 0, 0, Uint32Array.from(found.keys()), 0, height, width, [side, side], found);
      ctx.putImageData(image, 0, 0);
      const label = `Test image ${k + 1}${labels ? `: ${classes[labels[k]]}` : ""}`;
      return h("button", { type: "button", class: "llv-thumb", title: label, "aria-label": label, onclick: () => this.go("test", k) }, canvas);
    });
  }

  /** What is looked at now: part 0 train, 1 test, 2 an image of one's own; `sample` counts from 0. */
  show([part, sample]) {
    const key = `${part} ${sample}`;
    if (key === this.shown) return;
    this.shown = key;
    this.now = { part: PARTS[part] ?? this.now?.part ?? "test", sample };
    const own = part === 2;
    if (this.part.value !== this.now.part) this.part.value = this.now.part;
    if (document.activeElement !== this.number || this.number.value.trim() === "") this.number.value = own ? "" : String(sample + 1);
    const count = this.options.samples[this.now.part];
    write(this.of, own ? "your drawing" : `of ${count.toLocaleString("en-US")}`);
    this.number.setAttribute("aria-label", `Number of the ${this.now.part} sample, 1 to ${count.toLocaleString("en-US")}`);
    this.buttons.forEach((button, k) => mark(button, { "aria-pressed": String(part === 1 && sample === k) }));
  }

  tell(sentence) {
    write(this.said, sentence);
  }

  typed() {
    const count = this.options.samples[this.now?.part ?? "test"];
    const number = Number(this.number.value.trim());
    if (!Number.isInteger(number) || number < 1 || number > count) {
      const received = this.number.value.trim();
      return this.tell(`Expected a whole number from 1 to ${count.toLocaleString("en-US")}; received ${received ? `“${received.slice(0, 20)}”` : "nothing"}.`);
    }
    this.go(this.now?.part ?? "test", number - 1);
  }

  step(by) {
    const { part, sample } = this.now ?? { part: "test", sample: 0 };
    const count = this.options.samples[part];
    this.go(part, (sample + by + count) % count);
  }

  go(part, sample) {
    this.tell("");
    this.number.value = String(sample + 1);
    this.shown = null;
    this.onchoose(part, sample);
  }
}
