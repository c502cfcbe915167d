// How fast a run goes: a menu of paces, some of them in epochs.

import { h } from "./dom.js";
import { number } from "./format.js";

const PACES = [
  ["1 update/s", () => 1],
  ["10 updates/s", () => 10],
  ["1 epoch/s", (epoch) => epoch],
  ["10 epochs/s", (epoch) => 10 * epoch],
  ["full speed", () => null],
];

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
    return PACES[value][1](this.epoch);
  }

  /** Follow the run; a pace that is not on the menu gets a line of its own. */
  show(speed, stepsAnEpoch) {
    const paced = stepsAnEpoch !== this.epoch;
    this.epoch = stepsAnEpoch || 1;
    const current = this.select.value;
    if (!paced && current !== "other" && this.updates(current) === speed) return; // two paces may be the same number
    const found = PACES.findIndex(([, of]) => of(this.epoch) === speed);
    if (found < 0) {
      this.other.textContent = `${number(speed)} updates/s`;
      this.select.append(this.other);
    } else this.other.remove();
    this.select.value = found < 0 ? "other" : String(found);
  }
}
