// What the whole network takes, and which part of the limits that is.

import { bytes, short } from "./builder-figures.js";
import { h, mark, write } from "./dom.js";
import { count } from "./format.js";

const UNITS = { memory: bytes };

export class Totals {
  constructor() {
    this.parts = new Map();
    this.element = h("div", { class: "lb-totals" });
  }

  show({ totals, problem }) {
    for (const row of totals) {
      if (!this.parts.has(row.name)) this.add(row);
      const { value, bar, meter } = this.parts.get(row.name);
      const share = row.value / row.limit;
      const percent = share > 0 && share < 0.01 ? "< 1 %" : `${Math.round(100 * share)} %`;
      const amount = UNITS[row.name] ?? short;
      const title = row.name === "memory" ? "memory a sample" : row.title;
      write(value, `${amount(row.value)} ${title}`);
      const said = `${count(row.value)} of ${count(row.limit)} ${row.title}, ${percent}${problem ? ", as far as it fits" : ""}`;
      mark(meter, { "aria-valuenow": Math.min(row.value, row.limit), "aria-valuetext": said, title: share > 1 ? `${said}. Try ${row.remedy}.` : said, "data-over": share > 1 });
      bar.style.width = `${Math.min(100, 100 * share)}%`;
      write(this.parts.get(row.name).share, `${percent} of the limit`);
    }
  }

  add({ name, title, limit }) {
    const bar = h("i", {});
    const value = h("span", { class: "lb-total" });
    const share = h("span", { class: "lb-share" });
    const meter = h("div", { class: "lb-meter", role: "meter", "aria-label": title, "aria-valuemin": 0, "aria-valuemax": limit, "aria-valuenow": 0 }, bar);
    this.parts.set(name, { value, bar, meter, share });
    this.element.append(h("div", { class: "lb-sum", "data-name": name }, value, share, meter));
  }
}
