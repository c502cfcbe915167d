// One WebSocket to the run: hello, commands with replies, acknowledgements, patient reconnecting.

import { decode } from "./packets.js";

const PAUSES = [500, 1000, 2000, 4000, 8000]; // ms, the last one repeats
const STEADY = 5000; // ms after which a connection counts as good
const UNKNOWN_RUN = 1008;

export class Socket {
  /** `on` = {packet(packet) -> was it a frame, connection("connecting" | "open" | "offline" | "lost")}. */
  constructor(url, token, on) {
    Object.assign(this, { url, token, on, views: [], rate: 20, tries: 0, next: 0, closed: false });
    this.waiting = new Map();
    this.sooner = () => this.timer && this.connect();
    addEventListener("online", this.sooner);
    this.connect();
  }

  connect() {
    clearTimeout(this.timer);
    this.timer = null;
    this.on.connection(this.tries ? "offline" : "connecting");
    const socket = new WebSocket(this.url, "layerlab.v1");
    socket.binaryType = "arraybuffer";
    socket.onopen = () => socket.send(JSON.stringify({ token: this.token, views: this.views, rate: this.rate }));
    socket.onmessage = (event) => {
      try {
        this.receive(event.data);
      } catch (error) {
        // Out of step with the server: a fresh connection brings everything anew.
        console.warn("live view:", error);
        socket.close();
      }
    };
    socket.onclose = (event) => this.gone(event.code);
    this.socket = socket;
    this.met = false;
  }

  receive(data) {
    if (!this.met) {
      this.met = true;
      // A server that greets and falls over must not be called twice a second.
      this.steady = setTimeout(() => (this.tries = 0), STEADY);
      this.on.connection("open");
    }
    if (typeof data === "string") {
      this.answer(JSON.parse(data));
      return;
    }
    let frames = 0;
    for (const packet of decode(data)) {
      if (packet.header.type === "reply") this.answer(packet.header);
      else if (this.on.packet(packet)) frames = 1; // counted a message, not a packet
    }
    // After drawing: a browser that is late in drawing thereby gets fewer frames.
    if (frames) requestAnimationFrame(() => this.write({ do: "ack" }));
  }

  answer(reply) {
    const promise = this.waiting.get(reply.id);
    this.waiting.delete(reply.id);
    if (reply.ok) promise?.resolve(reply.result);
    else promise?.reject(new Error(reply.error));
  }

  gone(code) {
    clearTimeout(this.steady);
    for (const { reject } of this.waiting.values()) reject(new Error("The connection was lost before the answer came."));
    this.waiting.clear();
    if (this.closed) return;
    if (code === UNKNOWN_RUN) {
      this.close();
      this.on.connection("lost");
      return;
    }
    this.tries += 1;
    this.on.connection("offline");
    const pause = PAUSES[Math.min(this.tries, PAUSES.length) - 1];
    this.timer = setTimeout(() => this.connect(), pause * (0.8 + 0.4 * Math.random())); // spread out a whole class
  }

  write(message) {
    if (this.socket.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  /** Send a command; resolves with the result, rejects with the refusal as one sentence. */
  send(command) {
    return new Promise((resolve, reject) => {
      const id = ++this.next;
      this.waiting.set(id, { resolve, reject });
      if (!this.write({ ...command, id })) {
        this.waiting.delete(id);
        reject(new Error("There is no connection just now. Try again in a moment."));
      }
    });
  }

  /** Say what this viewer sees, where that changed. */
  watch(views, rate) {
    if (rate === this.rate && views.length === this.views.length && views.every((name, i) => name === this.views[i])) return;
    Object.assign(this, { views, rate });
    this.write({ do: "views", views, rate });
  }

  /** End for good. */
  close() {
    this.closed = true;
    clearTimeout(this.timer);
    clearTimeout(this.steady);
    removeEventListener("online", this.sooner);
    this.socket.close();
  }
}
