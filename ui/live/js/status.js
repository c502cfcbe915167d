// What a run is doing, in words: a line of fixed height, and a note in the page's header where there is more to say.

import { h, icon, mark, write } from "./dom.js";
import { pace } from "./format.js";

const RELOAD = "Reload the page to start a new one.";
const LINES = {
  connecting: "Connecting…",
  offline: "Connection lost. Trying again…",
  lost: `This run is no longer here. ${RELOAD}`,
  building: "Building the network…",
  ready: "Ready. Press Play.",
  playing: "Training",
  paused: "Paused.",
  finished: "Finished.",
  diverged: "Training diverged.",
  failed: "This run failed.",
  asleep: "Asleep: nobody was watching. Press Play to go on.",
};
const ADVICE = {
  diverged: "The loss left the numbers. Lower the learning rate, then press Reset.",
  failed: `Something went wrong while training. Press Reset to begin again.`,
};
const PRESSED = { play: /\bPlay\b/, reset: /\bReset\b/ };
const ALARMING = new Set(["diverged", "failed", "lost"]);
const WAITING = new Set(["ready", "paused", "finished", "asleep"]);

/** The sentence for a status, with its reason. */
export function line(status, reason) {
  if (ALARMING.has(status)) return LINES[status] ?? "";
  return reason && status !== "playing" ? `${(LINES[status] ?? "").split(/[.:]/)[0]}. ${reason}` : (LINES[status] ?? status ?? "");
}

/** A text without the sentences that name a button which is hidden. */
export function without(text, hidden = []) {
  const gone = Object.entries(PRESSED).filter(([name]) => hidden.includes(name)).map(([, pattern]) => pattern);
  return text.split(/(?<=[.!?…]) /).filter((sentence) => !gone.some((pattern) => pattern.test(sentence))).join(" ");
}

export class Status {
  /** `announce(text)` speaks to screen readers. */
  constructor(announce) {
    this.announce = announce;
    this.text = h("span", { class: "ll-statustext", "data-testid": "status" });
    this.rate = h("span", { class: "ll-rate", "data-testid": "rate" });
    this.element = h("div", { class: "ll-status" }, h("span", { class: "ll-dot", "aria-hidden": "true" }), this.text, this.rate);
    this.noteText = h("p", {});
    const close = h("button", { type: "button", class: "ll-close", "aria-label": "Close this note", onclick: () => this.hush() }, icon("close"));
    this.note = h("div", { class: "ll-note", "data-testid": "note", popover: "manual" }, this.noteText, close);
    this.spoken = this.told = null;
  }

  /**
   * Show the present: connection, status (maybe the expected one), and the state packet.
   *
   * `held` says what is missing before anything can be trained, `hidden` which controls are not there.
   */
  show(connection, status, state, stepsAnEpoch, { held = null, hidden = [] } = {}) {
    const now = connection === "open" ? (status ?? "building") : connection;
    const reason = connection === "open" ? without(state?.reason ?? "", hidden) : "";
    const waits = held && WAITING.has(now);
    const text = waits ? held : without(line(now, reason), hidden);
    mark(this.element, { "data-status": now });
    if (text !== this.text.textContent) {
      write(this.text, text);
      this.text.title = text;
      this.cut = this.text.scrollHeight > this.text.clientHeight + 1; // asked once a text: it costs a layout
    }
    write(this.rate, now === "playing" ? pace(state?.rate, stepsAnEpoch, state?.others) : "");
    if (text !== this.spoken) {
      this.spoken = text;
      this.announce(text);
    }
    const long = WAITING.has(now) && this.cut ? (waits ? held : reason || text) : "";
    const alarm = `${LINES[now]} ${now === "lost" ? "" : reason || without(ADVICE[now] ?? "", hidden)}`;
    const detail = ALARMING.has(now) ? alarm : state?.notice || long;
    if (detail === this.told) return;
    this.told = detail;
    if (detail) this.say(detail, ALARMING.has(now));
    else this.hush();
  }

  /** Show a note; one that is not `lasting` goes by itself. */
  say(text, lasting = false) {
    clearTimeout(this.timer);
    write(this.noteText, text.trim());
    mark(this.note, { "data-tone": lasting ? "alarm" : "calm" });
    if (this.note.isConnected && !this.note.matches(":popover-open")) this.note.showPopover();
    this.announce(text.trim());
    if (!lasting) this.timer = setTimeout(() => this.hush(), 9000);
  }

  hush() {
    clearTimeout(this.timer);
    if (this.note.isConnected && this.note.matches(":popover-open")) this.note.hidePopover();
  }
}
