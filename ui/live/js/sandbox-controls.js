// What a learner chooses in the sandbox: an image (or their own drawing), a kernel, how it slides, and how it is shown.

import { h, mark, write } from "./dom.js";
import { KernelFields } from "./sandbox-kernel.js";
import { readWhole } from "./sandbox-maths.js";
import { enlarge, GREY } from "./pixels.js";

const THUMB = 40; // pixels
const SLIDING = [
  ["stride", "Stride", "pixels from one place of the kernel to the next"],
  ["padding", "Padding", "rows and columns of zeros around the image"],
  ["dilation", "Dilation", "pixels from one number of the kernel to the next"],
];

/** A canvas that shows bytes (row by row) in grey, at least `least` pixels large. */
function picture(bytes, [height, width], least) {
  const cell = Math.ceil(least / Math.max(height, width));
  const canvas = h("canvas", { width: width * cell, height: height * cell, "aria-hidden": "true" });
  const ctx = canvas.getContext("2d");
  const image = ctx.createImageData(canvas.width, canvas.height);
  enlarge(new Uint32Array(image.data.buffer), canvas.width, 0, 0, bytes, 0, height, width, [cell, cell], GREY);
  ctx.putImageData(image, 0, 0);
  return canvas;
}

export class Controls {
  /** `onimage(number)`, `ondraw()`, `onkernel()`: the kernel or how it slides has changed, `onshown()`. */
  constructor({ images, kernels, limits }, { onimage, ondraw, onkernel, onshown }) {
    Object.assign(this, { kernels, limits, onkernel });
    this.thumbs = images.map(({ bytes, size, title }, k) =>
      h("button", { type: "button", class: "llv-thumb", title, "aria-label": title, onclick: () => onimage(k) }, picture(bytes, size, THUMB)));
    this.draw = h("button", { type: "button", class: "llv-text-button", "aria-expanded": "false", onclick: ondraw }, "Draw");
    this.preset = h("select", { class: "llv-field", "aria-label": "Kernel", onchange: () => this.take(this.preset.value) },
      kernels.map(({ name, title }) => h("option", { value: name }, title)), h("option", { value: "" }, "My own"));
    const [least, most] = limits.kernel;
    const sizes = Array.from({ length: most - least + 1 }, (_, k) => least + k);
    this.size = h("select", { class: "llv-field", "aria-label": "Size of the kernel", onchange: () => this.resize(Number(this.size.value)) },
      sizes.map((n) => h("option", { value: n }, `${n} × ${n}`)));
    this.summary = h("p", { class: "llv-muted llk-summary" });
    this.fields = new KernelFields({ onchange: () => this.typed() });
    this.sliding = Object.fromEntries(SLIDING.map(([name, , help]) => {
      const [from, to] = limits[name];
      const field = h("input", { class: "llv-field llk-whole", type: "number", min: from, max: to, step: 1, title: help, oninput: () => onkernel() });
      field.value = name === "padding" ? 0 : 1;
      return [name, field];
    }));
    this.problem = h("p", { class: "llk-problem", role: "alert", id: "llk-sliding-problem" });
    this.shown = h("select", { class: "llv-field", "aria-label": "How the map is shown", onchange: () => onshown() },
      h("option", { value: "signed" }, "blue positive, orange negative"), h("option", { value: "grey" }, "grey, 0 black and 1 white"));
    const labelled = (text, ...inside) => h("label", { class: "llk-label" }, h("span", {}, text), ...inside);
    this.element = h("div", { class: "llk-controls" },
      h("div", { class: "llk-line", role: "group", "aria-label": "Image" }, this.thumbs, this.draw),
      h("div", { class: "llk-line" }, this.preset, this.size), this.summary, this.fields.element,
      h("div", { class: "llk-line" }, SLIDING.map(([name, title]) => labelled(title, this.sliding[name]))), this.problem,
      labelled("Map", this.shown));
    this.take(kernels[0].name, false);
  }

  /** Use one of the kernels that there are; "" keeps the numbers, which are then the learner's own. */
  take(name, tell = true) {
    const row = this.kernels.find((kernel) => kernel.name === name);
    this.preset.value = name;
    if (row) {
      this.fields.show(row.rows);
      this.size.value = row.rows.length;
      this.shown.value = row.signed ? "signed" : "grey";
    }
    write(this.summary, row?.summary ?? "Type numbers or fractions such as 1/9 into the table.");
    if (tell) this.onkernel();
  }

  resize(size) {
    this.fields.resize(size);
    this.own();
    this.onkernel();
  }

  typed() {
    this.own();
    this.onkernel();
  }

  own() {
    if (this.preset.value) this.take("", false);
  }

  image(number) {
    this.thumbs.forEach((thumb, k) => mark(thumb, { "aria-pressed": String(k === number) }));
  }

  /** Say why the kernel does not fit; "" takes it back. */
  tell(sentence) {
    write(this.problem, sentence);
  }

  /** {kernel, size, stride, padding, dilation}, or null while a field holds something else; its sentence stands below. */
  read() {
    const kernel = this.fields.read();
    let problem = "";
    const found = {};
    for (const [name, title] of SLIDING) {
      const field = this.sliding[name];
      try {
        found[name] = readWhole(field.validity.badInput ? "no number" : field.value, this.limits[name]);
        mark(field, { "aria-invalid": null, "aria-describedby": null });
      } catch (error) {
        mark(field, { "aria-invalid": "true", "aria-describedby": this.problem.id });
        problem ||= `${title}: ${error.message}.`;
      }
    }
    write(this.problem, problem);
    return kernel && !problem ? { kernel, size: this.fields.size, ...found } : null;
  }
}
