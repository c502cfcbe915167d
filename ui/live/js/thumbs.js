// Small images as buttons in a row or more, each with a line or two under it; one stop for Tab, arrow keys go along.

import { h, mark, write } from "./dom.js";
import { colours } from "./maps-choose.js";
import { enlarge } from "./pixels.js";

const STEPS = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };

export class Thumbs {
  /** `side`: pixels of a picture, about; `onpick(k)`: picture k was chosen. */
  constructor({ label, side, onpick }) {
    Object.assign(this, { side, onpick, items: [], size: "" });
    this.element = h("div", { class: "llv-pictures", role: "group", "aria-label": label, "data-ll-keys": true, onkeydown: (event) => this.key(event) });
  }

  /**
   * Draw images {data: bytes, shape: [n, channels, height, width]}; texts: [{label, lines: [text …]}], one for each.
   * `insides`: for each [top, left, height, width] of the part that is image; the rest stays empty. `pressed(k)`: chosen.
   */
  show({ data, shape: [count, ...shape] }, texts, { insides = null, pressed = () => false } = {}) {
    this.lay(count, shape, texts[0]?.lines.length ?? 0);
    const taken = shape[0] * shape[1] * shape[2];
    this.items.forEach((item, k) => {
      const { label, lines } = texts[k];
      mark(item.button, { "aria-label": label, title: label, "aria-pressed": String(pressed(k)) });
      lines.forEach((line, i) => write(item.lines[i], line));
      this.draw(item, data.subarray(k * taken, (k + 1) * taken), shape, insides?.[k]);
    });
  }

  /** As many buttons as there are pictures; those that stand stay, so that the focus does. */
  lay(count, shape, lines) {
    const [, height, width] = shape;
    const size = `${height} ${width} ${lines}`;
    if (size !== this.size) this.items = [];
    this.size = size;
    const cell = Math.max(1, Math.floor(this.side / Math.max(height, width)));
    while (this.items.length < count) {
      const k = this.items.length;
      const canvas = h("canvas", { width: width * cell, height: height * cell, "aria-hidden": "true" });
      const under = Array.from({ length: lines }, () => h("span", { class: "llv-picture-line" }));
      const button = h("button", { type: "button", class: "llv-picture", tabindex: k ? "-1" : "0", onclick: () => this.onpick(k) }, canvas, under);
      const ctx = canvas.getContext("2d");
      const image = ctx.createImageData(canvas.width, canvas.height);
      this.items.push({ button, canvas, ctx, image, pixels: new Uint32Array(image.data.buffer), cell, lines: under });
    }
    this.items.length = count;
    const buttons = this.items.map(({ button }) => button);
    if (buttons.length === this.element.children.length && buttons.every((button, k) => button === this.element.children[k])) return;
    this.element.replaceChildren(...buttons);
    this.rove(buttons[0]);
  }

  draw({ ctx, canvas, image, pixels, cell }, bytes, shape, inside) {
    const [, height, width] = shape;
    const found = colours(bytes, shape);
    if (inside) {
      const [top, left, high, wide] = inside;
      for (let i = 0; i < found.length; i++) {
        const [y, x] = [Math.floor(i / width), i % width];
        if (y < top || x < left || y >= top + high || x >= left + wide) found[i] = 0; // beyond the border there is nothing
      }
    }
    enlarge(pixels, canvas.width, 0, 0, Uint32Array.from(found.keys()), 0, height, width, [cell, cell], found);
    ctx.putImageData(image, 0, 0);
  }

  rove(button) {
    for (const item of this.items) item.button.tabIndex = item.button === button ? 0 : -1;
  }

  key(event) {
    const step = STEPS[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = this.items.findIndex(({ button }) => button === document.activeElement || button === this.element.getRootNode().activeElement);
    const next = this.items[Math.max(0, Math.min(this.items.length - 1, at + step))]?.button;
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    this.rove(next);
    next.focus();
  }
}

/** Let test image `sample` go through the network; gives the sentence to say. */
export async function chooseSample(api, sample) {
  try {
    await api.send({ do: "look", options: { part: "test", sample, image: null } });
  } catch (error) {
    return error.message;
  }
  const said = `Test image ${(sample + 1).toLocaleString("en-US")} goes through the network now: see its feature maps.`;
  api.announce(said);
  return said;
}

/** "All 1,000 test images." or "Measured on 48 of 1,000 test images; on all when training ends." */
export function measuredOn([measured, all], images = "test images") {
  const whole = all.toLocaleString("en-US");
  if (measured === all) return `All ${whole} ${images}.`;
  return `Measured on ${measured.toLocaleString("en-US")} of ${whole} ${images}; on all when training ends.`;
}
