// What the page's script has not heard yet. Streamlit keeps only the newest message while it is busy, so each carries all.

const AGAIN = 3000; // ms after which what was not heard is said once more, then after twice as long, and so on:
// each message begins the page's script anew, and one that takes longer than this would never come to its end

export class Outbox {
  /** `send(message)` hands a message to the page's script. */
  constructor(send) {
    Object.assign(this, { send, letters: [], number: 0, patience: AGAIN });
    this.own = Math.random().toString(36).slice(2, 10); // the script counts anew for each outbox
  }

  /** Tell the script of an event; it is told once, and in the order in which it was put here. */
  put(event, value) {
    this.number += 1;
    this.letters.push([this.number, event, value]);
    this.patience = AGAIN;
    this.post();
  }

  post() {
    clearTimeout(this.timer);
    if (!this.letters.length) return;
    this.send({ from: this.own, letters: [...this.letters] });
    this.timer = setTimeout(() => this.post(), this.patience);
    this.patience *= 2;
  }

  /** The script has heard the letters of an outbox up to a number. */
  heard([from, number]) {
    if (from === this.own) this.letters = this.letters.filter(([own]) => own > number);
    if (!this.letters.length) clearTimeout(this.timer);
  }

  /** The values of an event that are still on their way. */
  waiting(event) {
    return this.letters.filter(([, name]) => name === event).map(([, , value]) => value);
  }

  close() {
    clearTimeout(this.timer);
  }
}
