// The control bar: play, step, reset, speed, the counters and losses; the line under it tells the status and rewinds.

import { h, icon, mark, write } from "./dom.js";
import { count, metric } from "./format.js";
import { listen } from "./keys.js";
import { Progress } from "./progress.js";
import { Rewind } from "./rewind.js";
import { Speed } from "./speed.js";
import { Status } from "./status.js";

const TRAINS = new Set(["play", "step", "step_epoch"]);
const IDLE = new Set([undefined, "building", "failed"]);

function button(name, sign, key, onclick) {
  const title = key ? `${name} (${key})` : name;
  const label = h("span", { class: "ll-label" }, name);
  return h("button", { type: "button", class: "ll-button", title, "aria-label": name, "aria-keyshortcuts": key, onclick }, icon(sign), label);
}

/** "Training loss" for the line "train" of "Loss: cross-entropy"; a line with a name of its own keeps it. */
function caption(view, { title }) {
  const quantity = view.title.split(":")[0].replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
  const full = { train: `Training ${quantity}`, test: `Test ${quantity}` }[title] ?? title;
  return full[0].toUpperCase() + full.slice(1);
}

export class Bar {
  /** `live` gives store, send(command), announce(text); `hidden` holds names out of play step epoch reset speed rewind. */
  constructor(live) {
    this.live = live;
    this.expected = null;
    this.held = null;
    this.status = new Status((text) => live.announce(text));
    this.speed = new Speed((updates) => this.command({ do: "speed", updates_a_second: updates }));
    this.progress = new Progress();
    this.status.element.append(this.progress.text);
    this.rewind = new Rewind((step) => this.command({ do: "rewind", step }, "paused"));
    this.play = button("Play", "play", "Space", () => this.toggle());
    this.play.classList.add("ll-play");
    this.controls = {
      play: this.play,
      step: button("One update", "step", "ArrowRight", () => this.step()),
      epoch: button("One epoch", "epoch", "", () => this.command({ do: "step_epoch" })),
      reset: button("Reset", "reset", "R", () => this.reset()),
      speed: this.speed.select,
      rewind: this.rewind.element,
    };
    const { rewind, ...buttons } = this.controls;
    this.counters = { epoch: this.figure("Epoch", "epoch"), update: this.figure("Update", "update") };
    this.metrics = h("dl", { class: "ll-figures" }, this.counters.epoch.element, this.counters.update.element);
    this.shown = [];
    this.element = h("div", { class: "ll-bar", role: "group", "aria-label": "Training" },
      h("div", { class: "ll-controls" }, Object.values(buttons)), this.metrics, this.progress.element);
    this.under = h("div", { class: "ll-under" }, this.status.element, rewind, this.status.note);
    this.deaf = listen(this.element, { toggle: () => this.has("play") && this.toggle(), step: () => this.has("step") && this.step(),
      reset: () => this.has("reset") && this.reset() });
    this.off = live.store.on("hold", (sentence) => this.hold(sentence));
  }

  has(name) {
    return !this.controls[name].hidden && !this.controls[name].disabled;
  }

  figure(title, name, role) {
    const value = h("dd", { class: "ll-value", "data-testid": name }, "–");
    const swatch = role ? h("i", { class: `ll-swatch ll-swatch-${role}`, "aria-hidden": "true" }) : null;
    return { element: h("div", { class: "ll-figure", "data-name": name }, h("dt", {}, swatch, title), value), value };
  }

  /** The losses of the first curve (and what the second one measures, where there is room), in that curve's line styles. */
  describe(description) {
    const curves = description.views.filter((view) => view.kind === "curve" && view.series.length && view.options?.bar !== false).slice(0, 2);
    const lines = curves.flatMap((view) => view.series.slice(0, 2).map((row) => ({ ...row, title: caption(view, row) })));
    const series = lines.map((row, i) => ({ ...row, extra: i > 1 }));
    if (JSON.stringify(series) === JSON.stringify(this.series)) return;
    this.series = series;
    this.shown.forEach(({ element }) => element.remove());
    this.shown = series.map(({ metric: name, title, role, extra }) => {
      const row = { name, ...this.figure(title, name, ["train", "test"].includes(role) ? role : "train") };
      row.element.classList.toggle("ll-extra", extra);
      return row;
    });
    this.metrics.append(...this.shown.map(({ element }) => element));
  }

  get playing() {
    return (this.expected ?? this.live.store.state?.status) === "playing";
  }

  toggle() {
    const [command, status] = this.playing ? ["pause", "paused"] : ["play", "playing"];
    this.command({ do: command }, status);
  }

  step() {
    this.command({ do: "step", updates: 1 });
  }

  reset() {
    this.command({ do: "reset" });
  }

  /** A view says what is missing before anything can be trained (null: nothing): what is on screen is not what would be. */
  hold(sentence) {
    this.held = sentence;
    if (sentence && this.playing) this.command({ do: "pause" }, "paused");
    else this.show();
  }

  /** Send; show the expected status at once, take it back when the answer or the state says otherwise. */
  async command(command, expected = null) {
    if (this.held && TRAINS.has(command.do)) return this.status.say(this.held);
    const ticket = (this.ticket = {});
    if (expected) this.expected = expected;
    this.show();
    try {
      await this.live.send(command);
    } catch (error) {
      this.status.say(error.message);
    } finally {
      // The state packet that belongs to the answer comes before or just after it.
      setTimeout(() => this.ticket === ticket && this.settle(null), 300);
    }
  }

  settle(status) {
    if (status !== null && status !== this.expected) return;
    this.expected = null;
    this.show();
  }

  /** Draw the present state, frame and history. */
  show() {
    const { store, connection } = this.live;
    const { state, frame } = store;
    if (state && state.status === this.expected) this.expected = null;
    const epoch = store.description?.epochs === false ? null : store.description?.steps_an_epoch; // null: one speaks of steps alone
    const off = connection !== "open" || (IDLE.has(state?.status) && !this.expected);
    const name = this.playing ? "Pause" : "Play";
    if (this.play.getAttribute("aria-label") !== name) {
      mark(this.play, { "aria-label": name, title: `${name} (Space)` });
      this.play.replaceChildren(icon(name.toLowerCase()), h("span", { class: "ll-label" }, name));
    }
    for (const [key, control] of Object.entries(this.controls)) {
      control.hidden = (this.live.props.hidden?.includes(key) ?? false) || (key === "epoch" && epoch === null);
      // A failed run can still be reset.
      if (key !== "rewind") control.disabled = off && !(key === "reset" && state?.status === "failed" && connection === "open");
    }
    const at = frame ?? state;
    this.counters.epoch.element.hidden = epoch === null;
    write(this.counters.epoch.value, count(at?.epoch));
    write(this.counters.update.value, count(at?.step));
    for (const { name: key, value } of this.shown) {
      const now = store.present(key);
      const lost = typeof now === "number" && !Number.isFinite(now);
      write(value, metric(now));
      mark(value, { "data-lost": lost, title: lost && (Number.isNaN(now) ? "Not a number any more" : "Infinite") });
    }
    this.speed.show(state?.speed ?? null, epoch);
    this.rewind.show(at?.step ?? 0, state?.last_step ?? 0, off);
    this.progress.show(connection === "open" ? (this.expected ?? state?.status) : connection, state, at, store.description);
    this.status.show(connection, this.expected ?? state?.status, state, epoch, { held: this.held, hidden: this.live.props.hidden });
  }

  destroy() {
    this.deaf();
    this.off();
    this.status.hush();
  }
}
