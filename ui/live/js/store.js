// The present of one run, and who wants to know when it changes.

import { History } from "./history.js";
import { arrays, rows } from "./packets.js";

export class Store {
  constructor() {
    this.history = new History();
    this.listeners = new Map();
    this.clear();
  }

  /** Forget a run. */
  clear() {
    this.description = null;
    this.constants = new Map();
    this.frame = null;
    this.state = null;
    this.history.clear();
  }

  /** Call `listener(value)` at every `topic`; gives a function that stops it. */
  on(topic, listener) {
    if (!this.listeners.has(topic)) this.listeners.set(topic, new Set());
    this.listeners.get(topic).add(listener);
    return () => this.listeners.get(topic).delete(listener);
  }

  /** Tell everyone who listens to a topic. */
  emit(topic, value) {
    for (const listener of [...(this.listeners.get(topic) ?? [])]) listener(value);
  }

  /**
   * A metric as it is now: a number, ±Infinity, NaN (it was a number and is none any more), or undefined (nothing yet).
   * A frame says null for all that is not finite; the history has it exactly, where it has that step.
   */
  present(name) {
    const { frame, history } = this;
    const value = frame?.metrics[name];
    if (value === undefined) return history.last(name);
    if (value !== null) return value;
    const exact = history.at(name, frame.step);
    if (exact === Infinity || exact === -Infinity) return exact;
    return history.last(name, frame.step) === undefined ? undefined : NaN;
  }

  /** Take one packet in; true if it was a frame (which wants an acknowledgement). */
  receive(packet) {
    const { header } = packet;
    if (header.type === "description") {
      this.description = header;
      this.constants = arrays(packet);
      this.frame = null; // a frame of the network before would not fit the new one
      this.emit("description", header);
    } else if (header.type === "frame") {
      if (header.generation === this.description?.generation) {
        this.frame = { step: header.step, epoch: header.epoch, metrics: header.metrics, arrays: arrays(packet) };
        this.emit("frame", this.frame);
      }
      return true;
    } else if (header.type === "history") {
      this.history.receive(header, rows(packet));
      this.emit("history", this.history);
    } else if (header.type === "state") {
      this.state = header;
      this.emit("state", header);
    }
    return false;
  }
}
