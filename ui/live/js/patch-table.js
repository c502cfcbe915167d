// The multiplication table of one place: input patch × kernel = products, cell by cell, as a reader would write it down.

import { h, write } from "./dom.js";
import { number } from "./format.js";
import { largest } from "./pixels.js";
import { luminance, mix } from "./palette.js";

/** So many decimals, a true minus, and none before a zero. */
function fixed(value, digits) {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** One grid of numbers with a caption; a cell is coloured by its sign and size. */
class Grid {
  constructor(caption) {
    this.caption = h("caption", {}, caption);
    this.body = h("tbody");
    this.element = h("table", { class: "llv-grid" }, this.caption, this.body);
    this.cells = [];
  }

  lay([rows, columns]) {
    if (this.cells.length === rows * columns && this.columns === columns) return;
    this.columns = columns;
    this.cells = Array.from({ length: rows * columns }, () => h("td"));
    this.body.replaceChildren(...Array.from({ length: rows }, (_, row) => h("tr", {}, this.cells.slice(row * columns, (row + 1) * columns))));
  }

  /** `inside`: which values are real; the others are padding, for which `outside` is written. */
  show(values, palette, inside = null, outside = "0") {
    const most = largest(values) || 1;
    const power = Math.floor(Math.log10(most));
    const digits = power < 0 ? Math.min(6, 1 - power) : Math.max(0, 2 - power); // the same for all, so that points align
    this.cells.forEach((cell, i) => {
      const value = values[i];
      const back = mix(palette.zero, value < 0 ? palette.negative : palette.positive, Math.min(1, Math.abs(value) / most) * 0.85);
      const padding = Boolean(inside && !inside[i]);
      write(cell, padding ? outside : fixed(value, digits));
      cell.title = padding ? "outside of the input" : number(value, 7);
      cell.style.backgroundColor = padding ? "" : back;
      cell.style.color = padding ? "" : luminance(back) > 0.179 ? "#000000" : "#ffffff"; // 4.5:1 on any colour
      cell.classList.toggle("llv-grid-padding", padding);
    });
  }

  /** Point a cell out (null: none), the largest of a window, say. */
  point(index) {
    this.cells.forEach((cell, i) => cell.classList.toggle("llv-grid-chosen", i === index));
  }
}

export class PatchTable {
  constructor({ patch = "input patch", kernel = "kernel", products = "products" } = {}) {
    this.grids = [new Grid(patch), new Grid(kernel), new Grid(products)];
    const [a, b, c] = this.grids.map((grid) => grid.element);
    const sign = (text) => h("span", { class: "llv-grid-sign", "aria-hidden": "true" }, text);
    this.element = h("div", { class: "llv-patch", tabindex: "0", role: "region", "aria-label": "Input patch times kernel" },
      a, sign("×"), b, sign("="), c);
    this.products = products;
  }

  /** One channel of `convolveAt`: {patch, inside, kernel, products, sum}; `size`: [rows, columns] of the kernel. */
  show({ patch, inside, kernel, products, sum }, size, palette) {
    for (const grid of this.grids) grid.lay(size);
    this.grids[0].show(patch, palette, inside);
    this.grids[1].show(kernel, palette);
    this.grids[2].show(products, palette, inside);
    write(this.grids[2].caption, `${this.products}, sum ${number(sum, 4)}`);
  }
}

export { Grid };
