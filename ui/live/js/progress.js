// How far a training with an end has come, and how long it will take: a thin line under the bar, and words in the status line.

import { h, mark, write } from "./dom.js";

const PAUSE = 1000; // ms between two readings of the time left, so that it can be read
const MEMORY = 0.7; // how much of the pace so far stays in a new reading: the rate of a busy machine jumps

/** Epochs after which training stops, as the spec says now; null without such an end. */
export function lastEpoch(spec, changes = {}) {
  for (const path of ["training.epochs", "epochs"]) {
    const value = path in changes ? changes[path] : path.split(".").reduce((part, name) => part?.[name], spec);
    if (typeof value === "number") return value;
  }
  return null;
}

/** "about 40 s left", coarser the longer it takes; "" where that is not known or not worth a word. */
export function timeLeft(seconds) {
  if (!Number.isFinite(seconds) || seconds < 0) return "";
  if (seconds < 5) return "a few seconds left";
  if (seconds < 57.5) return `about ${5 * Math.round(seconds / 5)} s left`;
  if (seconds < 90) return "about a minute left";
  if (seconds < 57 * 60) return `about ${Math.round(seconds / 60)} min left`;
  const hours = seconds / 3600;
  if (hours < 1.5) return "about an hour left";
  return hours < 48 ? `about ${Math.round(hours)} h left` : `about ${Math.round(hours / 24)} days left`;
}

export class Progress {
  constructor() {
    this.fill = h("i", {});
    this.element = h("div", { class: "ll-progress", role: "progressbar", "aria-label": "Epochs done", "aria-valuemin": 0, "aria-valuemax": 100, hidden: true }, this.fill);
    this.text = h("span", { class: "ll-left", "data-testid": "left" });
    this.forget();
  }

  forget() {
    Object.assign(this, { seconds: null, read: -Infinity, of: null });
  }

  /** Follow the present: the status, the state packet, the frame's or state's epoch, and the description. */
  show(status, state, at, description) {
    const epochs = description ? lastEpoch(description.spec, state?.changes) : null;
    const share = epochs && at ? Math.min(1, at.epoch / epochs) : 0;
    this.element.hidden = epochs === null;
    if (epochs !== null) {
      this.fill.style.transform = `scaleX(${share.toFixed(4)})`;
      mark(this.element, { "aria-valuenow": Math.round(100 * share), "aria-valuetext": `${Math.floor(at?.epoch ?? 0)} of ${epochs} epochs` });
    }
    const run = `${description?.generation} ${epochs}`;
    if (status !== "playing" || epochs === null || share >= 1 || run !== this.of) this.forget();
    this.of = run;
    if (status === "playing" && epochs !== null && share < 1) this.reckon(state, at, epochs, description.steps_an_epoch);
    write(this.text, status === "playing" && this.seconds !== null ? timeLeft(this.seconds) : "");
  }

  /** A new reading once a second: what is left to do by the measured rate, and mostly what was left before, less the time since. */
  reckon(state, at, epochs, stepsAnEpoch, now = performance.now()) {
    if (now - this.read < PAUSE || !(state?.rate > 0) || !stepsAnEpoch) return;
    const measured = Math.max(0, (epochs - at.epoch) * stepsAnEpoch) / state.rate;
    const expected = this.seconds === null ? measured : this.seconds - (now - this.read) / 1000;
    this.seconds = Math.max(0, MEMORY * expected + (1 - MEMORY) * measured);
    this.read = now;
  }
}
