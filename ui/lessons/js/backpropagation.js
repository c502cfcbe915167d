// Backpropagation, step by step: one update of a small network, forwards and backwards, every number on the drawing.

import { paint } from "./card.js";
import { h, icon, mark, write } from "./dom.js";
import { readPalette } from "./palette.js";
import { Graph } from "./backpropagation-graph.js";
import { maths, spoken } from "./backpropagation-maths.js";
import { CheckPanel, OpenPanel, StepPanel } from "./backpropagation-panel.js";
import { attach } from "./styles.js";

const STYLES = ["live.css", "views.css", "lessons-backpropagation.css"];
const PHASES = [["forward", "Forward"], ["loss", "Loss"], ["backward", "Backward"], ["update", "Update"]];
const PACE = 1600; // ms a step while it plays
const TYPING = "input:not([type=range]), select, textarea, [contenteditable='true'], [role=slider], [role=combobox], [role=textbox], [role=radio], [role=tab], [role=option], [data-ll-keys] *";
const PRESSED = "button, a, summary, [role=button]";

/** Show a trace in `parent`, or follow a changed one; gives the cleanup. props: steps, nodes, layers, check, losses, round, refusal. */
export function open(parent, props) {
  const lesson = (parent.layerlabSteps ??= new Steps(parent));
  lesson.follow(props);
  setTimeout(() => lesson.theme(), 150); // Streamlit may call before its new colours are in place
  return () => {
    lesson.destroy();
    if (parent.layerlabSteps === lesson) delete parent.layerlabSteps;
  };
}

class Steps {
  constructor(parent) {
    Object.assign(this, { parent, at: 0, opened: null, timer: null, round: null });
    const button = (text, name, action) => h("button", { type: "button", class: "llv-text-button lbp-button", onclick: action }, name ? icon(name) : null, h("span", {}, text));
    this.back = button("Previous", "rewind", () => this.walk(-1));
    this.play = button("Play", "play", () => this.toggle());
    this.next = button("Next", "step", () => this.walk(1));
    this.phases = PHASES.map(([name, title]) => h("button", { type: "button", class: "llv-text-button lbp-jump", onclick: () => this.jump(name) }, title));
    this.slider = h("input", { type: "range", class: "llv-slider lbp-slider", min: 0, step: 1, "aria-label": "Step", oninput: () => this.go(Number(this.slider.value)) });
    this.count = h("span", { class: "llv-muted lbp-count" });
    this.again = button("Take the new weights", "epoch", () => this.trigger("again", this.round));
    this.reset = button("First weights", "reset", () => this.trigger("reset", this.round));
    this.rate = h("input", { class: "llv-field lbp-rate", type: "text", inputmode: "decimal", autocomplete: "off", onchange: () => this.setRate() });
    this.losses = h("p", { class: "lbp-losses", role: "status" });
    this.graph = new Graph({ onopen: (name) => this.openNode(name) });
    this.step = new StepPanel();
    this.open = new OpenPanel({ onset: (name, value) => this.trigger("set", { name, value }), onclose: () => this.openNode(null) });
    this.check = new CheckPanel();
    this.spoken = h("div", { class: "llv-hidden", role: "status", "aria-live": "polite" });
    this.root = h("div", { class: "llv lbp" },
      h("div", { class: "lbp-bar" }, this.back, this.play, this.next, h("span", { class: "lbp-jumps", role: "group", "aria-label": "Go to a phase" }, this.phases), this.slider, this.count),
      this.graph.element, h("div", { class: "lbp-panels" }, this.step.element, this.open.element),
      h("p", { class: "lbp-legend llv-muted" }, "Each number: its value, then ∂, how the loss changes with it (∂L by ∂ that number), then →, what the update makes of it. Blue is positive, orange negative. Numbers are rounded to four digits on the screen, never in the computation."),
      h("div", { class: "lbp-rounds" }, this.again, this.reset, h("label", { class: "lbp-label" }, "learning rate η ", this.rate), this.losses), this.check.element, this.spoken);
    this.root.steps = this; // for measuring
    this.root.style.visibility = "hidden"; // until it is styled
    attach(parent, STYLES).then(() => {
      this.root.style.visibility = "";
      this.lay();
    });
    parent.append(this.root);
    this.theme();
    this.onkey = (event) => this.key(event);
    document.addEventListener("keydown", this.onkey);
    this.observer = new ResizeObserver(() => this.lay());
    this.observer.observe(this.root);
  }

  theme() {
    paint(this.root, readPalette(this.parent));
  }

  follow(props) {
    Object.assign(this, { trigger: props.trigger, data: props });
    this.theme();
    const shape = JSON.stringify(props.layers) + Object.keys(props.nodes).length;
    if (props.round !== this.round || shape !== this.shape) this.at = 0; // another network, or its next update
    if (shape !== this.shape) this.opened = null;
    Object.assign(this, { round: props.round, shape, width: 0 });
    this.pause();
    mark(this.slider, { max: props.steps.length });
    if (document.activeElement !== this.rate) this.rate.value = String(props.rate);
    this.reset.disabled = props.losses.length < 2 && !props.changed;
    this.losses.replaceChildren(...(props.losses.length > 1 ? ["L so far: ", ...props.losses.flatMap((loss, k) => [k ? " → " : "", ...maths(loss)])] : []));
    this.check.show(props);
    this.lay();
  }

  lay() {
    const { clientWidth: width } = this.graph.element;
    if (!this.data || !width || width === this.width) return;
    this.width = width;
    this.graph.lay(this.data, width);
    this.show();
  }

  setRate() {
    const value = Number(this.rate.value.trim().replace(",", "."));
    const good = value > 0 && value <= 100;
    mark(this.rate, { "aria-invalid": good ? null : "true", title: good ? null : "A number above 0, at most 100" });
    if (good) this.trigger("set", { name: "learning_rate", value });
    else write(this.spoken, "The learning rate is a number above 0, at most 100.");
  }

  // Steps

  go(at) {
    this.at = Math.max(0, Math.min(this.data.steps.length, at));
    this.show();
    if (this.at > 0) this.graph.reveal(this.data.steps[this.at - 1][2]);
  }

  walk(by) {
    this.pause();
    this.go(this.at + by);
    write(this.spoken, this.told());
  }

  /** To the first step of a phase. */
  jump(phase) {
    this.pause();
    this.go(this.data.steps.findIndex(([name]) => name === phase) + 1);
    write(this.spoken, this.told());
  }

  told() {
    if (!this.at) return "Before the first step.";
    const [, title, nodes] = this.data.steps[this.at - 1];
    return `Step ${this.at} of ${this.data.steps.length}. ${spoken(title)} ${nodes.length === 1 ? spoken(this.lines().slice(0, 3).join(" ")) : ""}`;
  }

  toggle() {
    if (this.timer) return this.pause();
    if (this.at >= this.data.steps.length) this.go(0);
    this.timer = setInterval(() => {
      this.go(this.at + 1);
      if (this.at >= this.data.steps.length) this.pause();
    }, PACE);
    this.go(this.at + 1);
    this.face("Pause", "pause");
  }

  pause() {
    clearInterval(this.timer);
    this.timer = null;
    this.face("Play", "play");
  }

  face(text, name) {
    if (this.play.textContent !== text) this.play.replaceChildren(icon(name), h("span", {}, text));
  }

  key(event) {
    const { target, key } = event;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !this.root.checkVisibility()) return;
    if (!(target instanceof Element) || target.closest("[role=dialog]")) return;
    if (key === "Escape" && this.opened && this.root.contains(target)) this.openNode(null);
    else if (target.closest(TYPING) || target === this.slider) return;
    else if (key === "ArrowRight" && !event.shiftKey) this.walk(1);
    else if (key === "ArrowLeft" && !event.shiftKey) this.walk(-1);
    else if (key === " " && !event.repeat && !target.closest(PRESSED)) this.toggle();
    else return;
    event.preventDefault();
  }

  // What is shown

  openNode(name) {
    const before = this.opened;
    this.opened = name;
    this.show();
    if (!name && before) this.graph.cells.get(before)?.focus({ preventScroll: true });
  }

  /** What has been computed after the present step. */
  known() {
    const given = Object.keys(this.data.nodes).filter((name) => /^(input|target|weight|bias)/.test(name));
    const known = { values: new Set(given), gradients: new Set(), updates: new Set() };
    const sets = { forward: "values", loss: "values", backward: "gradients", update: "updates" };
    for (const [phase, , nodes] of this.data.steps.slice(0, this.at)) nodes.forEach((name) => known[sets[phase]].add(name));
    return known;
  }

  lines() {
    const [phase, , nodes] = this.data.steps[this.at - 1];
    return nodes.flatMap((name) => this.data.nodes[name].lines[phase === "loss" ? "forward" : phase] ?? []);
  }

  show() {
    if (!this.data || !this.graph.data) return;
    const { steps, nodes, refusal } = this.data;
    const [phase, title, now] = this.at ? steps[this.at - 1] : [null, "Before the first step", []];
    this.graph.show({ known: this.known(), phase, now, opened: this.opened });
    const intro = ["Inputs, weights, biases and the target are given; every other number is still a dot. Press Next (or →) and follow them: forwards to the loss, backwards through the same operations, then one small step downhill."];
    this.step.show(this.at ? title : "Before the first step", this.at ? this.lines() : intro);
    this.open.show(this.opened, nodes[this.opened] ?? null, refusal);
    this.slider.value = this.at;
    mark(this.slider, { "aria-valuetext": `${this.at} of ${steps.length}: ${spoken(title)}` });
    write(this.count, `${this.at} / ${steps.length}`);
    this.back.disabled = this.at === 0;
    this.next.disabled = this.at === steps.length;
    PHASES.forEach(([name], k) => mark(this.phases[k], { "aria-current": name === phase ? "step" : null }));
  }

  destroy() {
    this.pause();
    this.observer.disconnect();
    document.removeEventListener("keydown", this.onkey);
    this.root.remove();
  }
}
