// The live view: one instance on its parent element, however often it is opened.

import { Bar } from "./bar.js";
import { h, mark, write } from "./dom.js";
import { SHARES, warm } from "./kinds.js";
import { Layout } from "./layout.js";
import { locked } from "./locked.js";
import { readPalette } from "./palette.js";
import { Panel } from "./panel.js";
import { Socket } from "./socket.js";
import { Store } from "./store.js";
import { attach, paint } from "./styles.js";

const RATE = 25; // frames a second asked for: 20 are to be drawn, and some come late
const STYLES = ["live.css", "views.css"];

/** Show a run in `parent`, or follow changed props; gives the cleanup. props: token, base, layout, hidden, refusals, labels, trigger. */
export function open(parent, props) {
  const live = (parent.layerlab ??= new LiveView(parent));
  live.follow(props);
  return () => {
    live.destroy();
    if (parent.layerlab === live) delete parent.layerlab;
  };
}

class LiveView {
  constructor(parent) {
    Object.assign(this, { parent, props: {}, connection: "connecting", panels: new Map(), stats: { messages: 0, frames: 0, drawn: 0 } });
    this.store = new Store();
    this.bar = new Bar(this);
    this.body = h("div", { class: "ll-body" });
    this.spoken = h("div", { class: "ll-spoken", role: "status", "aria-live": "polite" });
    this.root = h("div", { class: "ll-root" }, h("div", { class: "ll-head" }, this.bar.element, this.bar.under), this.body, this.spoken);
    this.root.layerlab = this;
    this.root.style.visibility = "hidden"; // until it is styled
    this.layout = new Layout(this.body, (name) => this.panel(name));
    this.sight = new IntersectionObserver((entries) => this.look(entries), { rootMargin: "24px", threshold: SHARES });
    this.onvisibility = () => this.watch();
    document.addEventListener("visibilitychange", this.onvisibility);
    this.store.on("description", () => this.describe());
    this.store.on("frame", () => {
      this.stats.frames += 1;
      this.want("frame");
    });
    this.store.on("history", () => this.want("history"));
    this.store.on("state", () => this.schedule());
    attach(parent, STYLES).then(() => (this.root.style.visibility = ""));
    parent.append(this.root);
  }

  follow(props) {
    const before = this.props;
    this.props = { ...props }; // a copy: the caller may change its own
    const { top = [], below = [] } = props.layout;
    if (!before.layout) warm([...top, ...below].map(([name]) => name));
    if (props.token !== before.token || props.base !== before.base) this.connect();
    this.arrange();
    if (props.refusals > before.refusals) this.store.emit("refused", props.refusals);
    if (this.store.description && String(this.props.hidden) !== String(before.hidden)) this.describe();
    this.theme();
    // Streamlit may call before its new colours are in place.
    setTimeout(() => this.theme(), 150);
    this.bar.show();
  }

  connect() {
    this.socket?.close();
    this.store.clear();
    const url = new URL("live", this.props.base);
    url.protocol = url.protocol.replace("http", "ws");
    const socket = new Socket(url, this.props.token, {
      packet: (packet) => {
        this.stats.messages += 1;
        return this.store.receive(packet);
      },
      connection: (state) => this.connected(state),
    });
    this.socket = socket;
    this.watch();
  }

  connected(state) {
    this.connection = state;
    mark(this.root, { "data-connection": state });
    if (state === "lost") this.props.trigger?.("lost", true);
    this.schedule();
  }

  send(command) {
    return this.socket.send(command);
  }

  announce(text) {
    write(this.spoken, text);
  }

  panel(name) {
    if (!this.panels.has(name)) {
      const panel = new Panel(name, this);
      this.panels.set(name, panel);
      this.sight.observe(panel.element);
    }
    return this.panels.get(name);
  }

  arrange() {
    const names = this.store.description?.views.map((view) => view.name) ?? null;
    // While a new run is on its way, what stands stays.
    if (names === null && this.layout.key !== null && this.arranged === JSON.stringify(this.props.layout)) return;
    this.arranged = JSON.stringify(this.props.layout);
    const shown = this.layout.arrange(this.props.layout, names);
    for (const [name, panel] of this.panels) {
      if (shown.includes(name)) continue;
      this.sight.unobserve(panel.element);
      panel.destroy();
      this.panels.delete(name);
    }
  }

  describe() {
    const { description } = this.store;
    this.arrange();
    this.bar.describe(description);
    for (const view of description.views) {
      this.panels.get(view.name)?.describe(locked(view, this.props.hidden), this.props.labels?.[view.name] ?? view.title);
    }
    this.watch();
    this.schedule();
  }

  look(entries) {
    for (const { target, isIntersecting, intersectionRatio } of entries) {
      target.panel.show(isIntersecting ? Math.max(intersectionRatio, Number.EPSILON) : 0); // its edge may have no area
    }
    this.watch();
  }

  /** Tell the server what is in sight; the bar counts as seeing the first curve, whose numbers it shows. */
  watch() {
    const seen = new Set([...this.panels.values()].filter((panel) => panel.visible).map((panel) => panel.name));
    const curve = this.store.description?.views.find((view) => view.kind === "curve");
    if (curve) seen.add(curve.name);
    this.socket?.watch(document.visibilityState === "visible" ? [...seen].sort() : [], RATE);
  }

  want(change) {
    for (const panel of this.panels.values()) panel.want(change);
    this.schedule();
  }

  schedule() {
    this.due ??= requestAnimationFrame(() => this.draw());
  }

  draw() {
    this.due = null;
    const { frame } = this.store;
    this.bar.show();
    if (!frame) return;
    if (frame !== this.drawn) this.stats.drawn += 1;
    this.drawn = frame;
    for (const panel of this.panels.values()) panel.draw(frame);
  }

  theme() {
    const palette = readPalette(this.parent);
    if (palette.version === this.palette?.version) return;
    this.palette = palette;
    paint(this.root, palette);
    for (const panel of this.panels.values()) panel.theme(palette);
  }

  /** What a view may use. */
  api(panel) {
    const live = this;
    return {
      send: (command) => live.send(command),
      trigger: (name, value) => live.props.trigger?.(name, value),
      announce: (text) => live.announce(text),
      emit: (name, value) => live.store.emit(name, value),
      on: (name, listener) => live.store.on(name, listener),
      tools: panel.tools,
      get base() { return live.props.base; },
      get history() { return live.store.history; },
      get constants() { return live.store.constants; },
      get description() { return live.store.description; },
      get spec() { return live.store.description?.spec; },
      get state() { return live.store.state; },
      get frame() { return live.store.frame; },
      get palette() { return live.palette; },
    };
  }

  destroy() {
    document.removeEventListener("visibilitychange", this.onvisibility);
    cancelAnimationFrame(this.due);
    this.socket?.close();
    this.sight.disconnect();
    this.bar.destroy();
    for (const panel of this.panels.values()) panel.destroy();
    this.root.remove();
  }
}
