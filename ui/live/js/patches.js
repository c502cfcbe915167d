// What each filter likes: for every filter of a layer the patches of test images that excite it most.

import { paint } from "./card.js";
import { h, mark, write } from "./dom.js";
import { count, number } from "./format.js";
import { Thumbs, chooseSample } from "./thumbs.js";

const SIDE = 44; // pixels of a patch, about

export function mount(host, view, api) {
  return new Patches(host, view, api);
}

class Patches {
  constructor(host, view, api) {
    Object.assign(this, { host, view, api, rows: [], picked: null, wanted: null });
    this.layer = h("select", { class: "ll-toggle", "aria-label": "Layer whose filters are asked", onchange: () => this.ask({ likes: this.layer.value }) });
    this.all = h("button", { type: "button", class: "ll-toggle", "aria-pressed": "false", title: "Search all test images in every frame, which then come more rarely",
      onclick: () => this.ask({ thorough: this.all.getAttribute("aria-pressed") !== "true" }) }, "All images");
    this.note = h("p", { class: "llv-muted llv-pictures-note" });
    this.said = h("p", { class: "llv-muted llv-pictures-note" });
    this.list = h("div", { class: "llv-patches" });
    this.root = h("div", { class: "llv llv-shelf" }, this.note, this.said, this.list);
    host.append(this.root);
    this.theme(api.palette);
  }

  describe(view) {
    this.view = view;
    const { layers } = view.options;
    const key = JSON.stringify(view.options);
    if (key !== this.key) {
      this.key = key;
      this.layer.replaceChildren(...layers.map(({ name, title }) => h("option", { value: name }, title)));
      this.forget();
      write(this.note, "");
    }
    this.layer.hidden = layers.length === 1;
    this.api.tools.replaceChildren(this.layer, this.all);
    // the network may have been built anew, and know nothing of what was chosen
    if (this.asked && layers.some(({ name }) => name === (this.asked.likes ?? name))) this.send(this.asked);
  }

  forget() {
    this.rows = [];
    this.picked = null;
    this.list.replaceChildren();
  }

  ask(options) {
    this.asked = { ...this.asked, ...options };
    if ("thorough" in options) mark(this.all, { "aria-pressed": String(options.thorough) });
    return this.send(options);
  }

  async send(options) {
    try {
      await this.api.send({ do: "look", options });
      write(this.said, "");
    } catch (error) {
      write(this.said, error.message);
    }
  }

  update(frame) {
    const find = (name) => frame.arrays.get(`${this.view.name}/${name}`);
    if (!find("layer")) return;
    const layer = this.view.options.layers[find("layer").data[0]];
    if (this.layer.value !== layer.name && document.activeElement !== this.layer) this.layer.value = layer.name;
    const [searched, all] = find("searched").data;
    const patch = find("patch");
    if (!patch) {
      this.forget();
      return write(this.note, "This layer has left the numbers: infinite values cannot be ranked.");
    }
    const [filters, top, ...shape] = patch.shape;
    const cut = filters < layer.filters ? ` The first ${filters} of ${layer.filters} filters.` : "";
    write(this.note, `Searched ${searched === all ? "all" : `${count(searched)} of`} ${count(all)} test images; a unit sees ${layer.field.join(" × ")} pixels.${cut}`);
    const key = `${layer.name} ${filters} ${top} ${shape}`;
    if (key !== this.laid) {
      this.laid = key;
      this.build(filters, layer);
    }
    this.fill(find, layer, top, shape);
  }

  build(filters, layer) {
    this.forget();
    this.rows = Array.from({ length: filters }, (_, a) => {
      const thumbs = new Thumbs({ label: `${layer.title}, filter ${a + 1}`, side: SIDE, onpick: (b) => this.pick(a, b) });
      return { thumbs, element: h("div", { class: "llv-patches-row" }, h("span", { class: "llv-patches-name" }, `${a + 1}`), thumbs.element) };
    });
    this.list.replaceChildren(...this.rows.map(({ element }) => element));
  }

  fill(find, layer, top, shape) {
    const { classes } = this.view.options;
    const { data } = find("patch");
    const places = find("place").data;
    const values = find("value").data;
    this.samples = find("sample").data;
    const targets = find("target").data;
    const taken = top * shape[0] * shape[1] * shape[2];
    const whole = Math.max(...layer.field);
    const scale = Math.max(...shape.slice(1)) / whole; // large patches are sent smaller
    this.rows.forEach(({ thumbs }, a) => {
      const texts = [];
      const insides = [];
      for (let k = a * top; k < (a + 1) * top; k++) {
        const [row, column, ...inside] = places.subarray(6 * k, 6 * k + 6);
        const name = classes.length ? ` (${classes[targets[k]]})` : "";
        texts.push({ label: `Filter ${a + 1}: ${number(values[k])} for test image ${this.samples[k] + 1}${name}, at row ${row + 1}, column ${column + 1} of the map`,
          lines: [number(values[k])] });
        insides.push(scale === 1 ? inside : inside.map((n) => Math.round(n * scale)));
      }
      thumbs.show({ data: data.subarray(a * taken, (a + 1) * taken), shape: [top, ...shape] }, texts,
        { insides, pressed: (b) => this.samples[a * top + b] === this.picked });
    });
  }

  async pick(a, b) {
    const sample = this.samples[a * (this.samples.length / this.rows.length) + b];
    this.picked = sample;
    write(this.said, await chooseSample(this.api, sample));
  }

  theme(palette) {
    paint(this.root, palette);
  }

  destroy() {
    this.api.tools.replaceChildren();
    this.root.remove();
  }
}
