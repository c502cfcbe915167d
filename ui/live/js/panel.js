// One view in its frame: title, tools, help, and the picture, which is mounted when it first comes into sight.

import { h, write } from "./dom.js";
import { helpButton } from "./help.js";
import { least, load } from "./kinds.js";

export class Panel {
  /** `live` is the LiveView it belongs to. */
  constructor(name, live) {
    Object.assign(this, { name, live, view: null, instance: null, share: 0, pending: new Set() });
    this.title = h("h2", { class: "ll-title", id: `ll-title-${name}` });
    this.tools = h("div", { class: "ll-tools" });
    this.help = h("div", { class: "ll-helpslot" });
    this.host = h("div", { class: "ll-host" }, h("div", { class: "ll-skeleton", "aria-hidden": "true" }));
    const head = h("header", { class: "ll-panelhead" }, this.title, this.tools, this.help);
    this.element = h("section", { class: "ll-panel", "data-view": name, "aria-labelledby": this.title.id }, head, this.host);
    this.element.panel = this;
    this.observer = new ResizeObserver(() => this.guard(() => this.instance?.resize?.()));
    this.observer.observe(this.host);
  }

  /** The lab's view of this name, at first and after every rebuild. */
  describe(view, title) {
    const same = this.view?.kind === view.kind;
    if (this.view?.help !== view.help || this.view?.title !== view.title) {
      this.help.replaceChildren(...(view.help ? helpButton(title, view.help) : []));
    }
    this.view = view;
    this.element.dataset.kind = view.kind;
    write(this.title, title);
    if (!same) this.unmount();
    else this.guard(() => this.instance?.describe?.(view, this.live.store.constants));
    this.want("frame", "history", "constants");
    if (this.visible) this.mount();
  }

  /** Something is new; it is drawn with the next animation frame in which this panel is in sight. */
  want(...changes) {
    for (const change of changes) this.pending.add(change);
    if (this.visible && this.instance) this.live.schedule();
  }

  /** `share` of it is in sight, 0 … 1. */
  show(share) {
    this.share = share;
    if (this.visible && this.view) this.mount();
    if (this.visible && this.pending.size) this.live.schedule();
  }

  /** Whether enough of it is in sight to be drawn. */
  get visible() {
    return this.share > 0 && this.share >= least(this.view?.kind);
  }

  async mount() {
    if (this.instance || this.mounting === this.view.kind) return;
    const { kind } = this.view;
    this.mounting = kind;
    try {
      const module = await load(kind);
      if (this.mounting !== kind) return;
      this.host.replaceChildren();
      this.instance = module.mount(this.host, this.view, this.live.api(this));
      this.instance.describe?.(this.view, this.live.store.constants);
      this.want("frame", "history", "constants");
    } catch (error) {
      this.fail(error);
    }
  }

  unmount() {
    this.guard(() => this.instance?.destroy?.());
    this.instance = this.mounting = null;
    this.host.replaceChildren(h("div", { class: "ll-skeleton", "aria-hidden": "true" }));
    this.tools.replaceChildren();
  }

  draw(frame) {
    if (!this.visible || !this.instance || !this.pending.size) return;
    const changed = this.pending;
    this.pending = new Set();
    this.guard(() => this.instance.update(frame, changed));
  }

  theme(palette) {
    this.guard(() => this.instance?.theme?.(palette));
    this.want("frame");
  }

  /** One broken view must not take the others with it. */
  guard(action) {
    try {
      action();
    } catch (error) {
      this.fail(error);
    }
  }

  fail(error) {
    console.error(`view ${this.name}:`, error);
    this.instance = null;
    this.host.replaceChildren(h("p", { class: "ll-broken" }, "This view could not be drawn. The others go on."));
  }

  destroy() {
    this.observer.disconnect();
    this.guard(() => this.instance?.destroy?.());
    this.element.remove();
  }
}
