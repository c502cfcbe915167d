// Views drawn by Plotly: curve, bars, histogram, surface. Python built the figure; frames and history fill it.

import { h, mark } from "./dom.js";
import { fill, put, template } from "./feeds.js";
import { dress } from "./plot-theme.js";
import { enqueue, hurry, withdraw } from "./plot-queue.js";
import { logTicks, lone } from "./plot-ticks.js";
import { fits, legend } from "./plot-legend.js";
import { loadPlotly } from "./plotly.js";

const HALF = 420; // px: a figure that needs more gets the whole row of a tab
const SCROLLBAR = 12; // px
const CONFIG = { displayModeBar: false, displaylogo: false, responsive: false, doubleClick: "reset", showTips: false };

export function mount(host, view, api) {
  return new Plot(host, view, api);
}

class Plot {
  constructor(host, view, api) {
    Object.assign(this, { host, view, api, plotly: null, scale: "linear", chosen: null });
    this.chart = h("div", { class: "ll-plot", role: "img" });
    host.append(this.chart);
    this.refresh = () => this.draw();
    this.off = api.on?.("state", () => this.hasten());
    this.toggle = h("button", { type: "button", class: "ll-toggle", "aria-pressed": "false", title: "Logarithmic scale",
      "aria-label": `Logarithmic scale: ${view.title}`, onclick: () => this.switch() }, "log");
    loadPlotly(api.base).then((plotly) => {
      this.plotly = plotly;
      this.ask();
    }, (error) => host.replaceChildren(h("p", { class: "ll-broken" }, error.message)));
  }

  describe(view) {
    this.view = view;
    this.figure = this.api.description.figures?.[view.name] ?? { data: [], layout: {} };
    const names = view.series?.map((row) => row.title).join(", ");
    mark(this.chart, { "aria-label": [view.title, names && `chart of ${names}`, view.help].filter(Boolean).join(". ") });
    this.scale = this.figure.layout?.yaxis?.type === "log" ? "log" : "linear"; // as the figure begins
    this.least = this.figure.layout?.meta?.least ?? 0;
    mark(this.chart, { "data-wide": this.least > HALF });
    this.head();
    this.press();
    this.ask();
  }

  /** Legend and switch stand in the panel's header. */
  head() {
    const traces = this.figure.data ?? [];
    const offered = ["curve", "lines"].includes(this.view.kind) && this.view.options?.log !== undefined;
    this.outside = fits(traces) && this.figure.layout?.meta?.legend !== "inside";
    this.api.tools.replaceChildren(...(this.outside ? [legend(traces, this.api.palette)] : []), ...(offered ? [this.toggle] : []));
  }

  update() {
    this.ask();
  }

  theme() {
    if (this.figure) this.head();
    this.ask();
  }

  resize() {
    this.ask();
  }

  get log() {
    return (this.chosen ?? this.scale) === "log";
  }

  switch() {
    this.chosen = this.log ? "linear" : "log";
    this.press();
    this.ask();
  }

  press() {
    mark(this.toggle, { "aria-pressed": String(this.log) });
  }

  ask() {
    if (!this.plotly || !this.figure) return;
    enqueue(this.refresh);
    this.hasten();
  }

  /** Once training is over or rests, its last rows need not wait for their turn. */
  hasten() {
    if (this.api.state && this.api.state.status !== "playing") hurry();
  }

  draw() {
    const { clientWidth, clientHeight } = this.host;
    if (!clientWidth || !clientHeight || this.gone) return; // out of sight: a later resize asks again
    const scrolls = clientWidth < this.least;
    const [width, height] = scrolls ? [this.least, clientHeight - SCROLLBAR] : [clientWidth, clientHeight];
    mark(this.chart, { tabindex: scrolls ? 0 : null }); // a keyboard must be able to scroll it
    const layout = structuredClone(this.figure.layout ?? {});
    for (const [path, text] of Object.entries(layout.meta?.texts ?? {})) put(layout, path, template(text, this.api.frame?.metrics));
    const data = fill(this.figure.data ?? [], this.api).map(lone);
    for (const trace of data) if (trace.meta?.name) trace.name = template(trace.meta.name, this.api.frame?.metrics);
    for (const key of new Set(["yaxis", ...Object.keys(layout).filter((name) => /^yaxis\d+$/.test(name))])) {
      if (this.chosen) layout[key] = { ...layout[key], type: this.chosen, range: undefined };
      if (layout[key]?.type === "log") Object.assign(layout[key], logTicks(data));
    }
    if (this.outside) layout.showlegend = false;
    layout.uirevision = `${this.log}`; // a zoom stays while frames arrive, and goes with the scale
    const { data: traces, layout: dressed } = dress({ data, layout }, this.api.palette, this.view.kind, { width, height });
    this.plotly.react(this.chart, traces, dressed, CONFIG);
  }

  destroy() {
    this.gone = true;
    this.off?.();
    withdraw(this.refresh);
    this.plotly?.purge(this.chart);
  }
}
