// How fast a run goes: a menu of paces, some of them in epochs where there are any.

import { h } from "./dom.js";
import { number } from "./format.js";

const PACES = [
  ["1 update/s", () => 1],
  ["10 updates/s", () => 10],
  ["1 epoch/s", (epoch) => epoch],
  ["10 epochs/s", (epoch) => 10 * epoch],
  ["full speed", () => null],
];
const WITHOUT_EPOCHS = [[0, "1 update/s", 1], [1, "10 updates/s", 10], [2, "30 updates/s", 30], [3, "100 updates/s", 100]];

export class Speed {
  /** `onchoose(updates a second or null)`. */
  constructor(onchoose) {
    this.epoch = 1;
    this.select = h("select", { class: "ll-speed", "aria-label": "Speed", title: "Speed" });
    this.select.append(...PACES.map(([title], i) => h("option", { value: i }, title)));
    this.select.value = PACES.length - 1;
    this.other = h("option", { value: "other" });
    this.select.addEventListener("change", () => onchoose(this.updates(this.select.value)));
  }

  updates(value) {
    return this.epoch === null ? (WITHOUT_EPOCHS[value]?.[2] ?? null) : PACES[value][1](this.epoch);
  }

  /** Name the paces anew: a run without epochs, such as that of balls on a surface, has others. */
  name() {
    PACES.forEach(([title], i) => (this.select.options[i].textContent = this.epoch === null ? (WITHOUT_EPOCHS[i]?.[1] ?? title) : title));
  }

  /** Follow the run; a pace that is not on the menu gets a line of its own. */
  show(speed, stepsAnEpoch) {
    const paced = stepsAnEpoch !== this.epoch;
    this.epoch = stepsAnEpoch === null ? null : stepsAnEpoch || 1;
    if (paced) this.name();
    const current = this.select.value;
    if (!paced && current !== "other" && this.updates(current) === speed) return; // two paces may be the same number
    const found = PACES.findIndex((_, i) => this.updates(i) === speed);
    if (found < 0) {
      this.other.textContent = `${number(speed)} updates/s`;
      this.select.append(this.other);
    } else this.other.remove();
    this.select.value = found < 0 ? "other" : String(found);
  }
}
