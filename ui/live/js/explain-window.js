// How one value of a convolution or of a pooling comes about: the window on the input, and what it covers.

import { h, write } from "./dom.js";
import { number } from "./format.js";
import { signedNumber } from "./network-text.js";
import { Grid, PatchTable } from "./patch-table.js";
import { largest, toBytes } from "./pixels.js";
import { SlidingWindow } from "./sliding-window.js";
import { Tiles } from "./tiles.js";
import { convolveAt, firstOfGroup, geometryOf, patchAt } from "./window-maths.js";

/** The window on one channel of a layer's input, and the map that comes out with the present place framed. */
export class Passage {
  constructor(onplace) {
    this.slider = new SlidingWindow({ label: "What the layer gets, with the window of this value.", onmove: onplace });
    this.result = new Tiles();
    this.result.element.setAttribute("aria-label", "The map that comes out");
    const out = h("div", { class: "llv-passage-out" }, this.result.element, h("span", { class: "llv-muted" }, "comes out"));
    this.slider.pictures.append(out);
    this.element = h("div", { class: "llv-passage" }, this.slider.element);
  }

  show({ input, got, size, output, place, palette }, geometry, channel) {
    const taken = size[0] * size[1];
    this.slider.lay({ size, output, geometry, most: [136, 150] });
    this.slider.draw(input.subarray(channel * taken, (channel + 1) * taken), largest(input) || 1, palette.diverging);
    this.slider.show([place.y, place.x]);
    const made = output[0] * output[1];
    const cell = Math.max(1, Math.floor(Math.min(84 / output[0], 84 / output[1])));
    this.result.lay({ count: 1, rows: output[0], columns: output[1], cell: [output[0] === 1 ? Math.max(cell, 12) : cell, cell], across: 1 });
    this.result.draw(toBytes(got.subarray(place.channel * made, (place.channel + 1) * made), largest(got) || 1), palette.diverging);
    this.result.mark({ tile: 0, y: place.y, x: place.x });
  }

  destroy() {
    this.slider.destroy();
  }
}

export class Convolution {
  constructor(onplace) {
    this.passage = new Passage(onplace);
    this.table = new PatchTable();
    this.chips = h("div", { class: "llv-chips", role: "group", "aria-label": "Input maps and their sums" });
    this.total = h("p", { class: "llv-sumline" });
    this.element = h("div", { class: "llv-explained" }, this.passage.element, h("div", { class: "llv-working" }, this.chips, this.table.element, h("div", { class: "llv-result" }, this.total)));
    this.chosen = 0;
  }

  show(facts) {
    this.facts = facts;
    const { layer, axes, size, place, input, inputs, weight, bias, palette } = facts;
    const geometry = geometryOf(layer.layer, axes);
    const first = firstOfGroup(place.channel, layer.layer, inputs);
    const found = convolveAt(input, size, weight, bias, geometry, [place.y, place.x], first);
    const count = found.channels.length;
    this.chosen = Math.min(this.chosen, count - 1);
    this.passage.show(facts, geometry, first + this.chosen);
    this.table.show(found.channels[this.chosen], geometry.kernel, palette);
    this.offer(found.channels, first);
    const products = count === 1 ? "sum of the products" : `all ${count} input maps`;
    this.total.replaceChildren(`${products} `, signedNumber(found.sum, number(found.sum, 6)), " + bias ", signedNumber(bias, number(bias, 6)), " = ");
    return found.value;
  }

  /** A button for each input map, with what it adds. */
  offer(channels, first) {
    const { chips } = this;
    chips.hidden = channels.length === 1;
    if (chips.children.length !== channels.length) {
      chips.replaceChildren(...channels.map((_, k) => h("button", { type: "button", class: "llv-chip-button", onclick: () => {
        this.chosen = k;
        this.show(this.facts);
      } })));
    }
    channels.forEach(({ sum }, k) => {
      write(chips.children[k], `map ${first + k + 1}: ${number(sum)}`);
      chips.children[k].setAttribute("aria-pressed", String(k === this.chosen));
    });
  }

  destroy() {
    this.passage.destroy();
  }
}

export class Pooling {
  constructor(onplace) {
    this.passage = new Passage(onplace);
    this.grid = new Grid("the window");
    this.said = h("p", { class: "llv-sumline" });
    this.element = h("div", { class: "llv-explained" }, this.passage.element, h("div", { class: "llv-working" }, this.grid.element, h("div", { class: "llv-result" }, this.said)));
  }

  show(facts) {
    const { layer, axes, size, place, input, palette } = facts;
    const whole = { kernel: size, stride: [1, 1], padding: [0, 0], dilation: [1, 1] };
    const geometry = layer.kind === "global_avg_pool" ? whole : geometryOf(layer.layer, axes);
    this.passage.show(facts, geometry, place.channel);
    const { values, inside } = patchAt(input, size, geometry, [place.y, place.x], place.channel);
    this.grid.element.hidden = values.length > 64; // a whole map is seen beside
    if (values.length <= 64) {
      this.grid.lay(geometry.kernel);
      this.grid.show(values, palette, inside, layer.kind === "max_pool" ? "–" : "0");
    }
    if (layer.kind === "max_pool") {
      let best = -1;
      values.forEach((value, i) => inside[i] && (best < 0 || value > values[best]) && (best = i));
      this.grid.point(best);
      this.said.replaceChildren(`the largest of ${inside.reduce((n, is) => n + is, 0)} values = `);
      return values[best];
    }
    const sum = values.reduce((total, value) => total + value, 0);
    this.grid.point(-1);
    this.said.replaceChildren(`their sum ${number(sum, 6)} divided by ${values.length} = `);
    return sum / values.length;
  }

  destroy() {
    this.passage.destroy();
  }
}
