// Which panel stands where: rows at the top, rows below, the rest in tabs. Panels are moved, never made anew.

import { h } from "./dom.js";
import { tabs } from "./tabs.js";

const MORE = "More";

/** `[["network", 2], ["output", 1]]` or a list of such rows → rows. */
function rowsOf(part) {
  if (!part?.length) return [];
  return Array.isArray(part[0][0]) ? part : [part];
}

/**
 * What to show, as plain values: {top, below: rows of [name, width], tabs: [{title, views}]}; `names` are the lab's views
 * (null while unknown: then everything named is expected). Unknown names are left out, unnamed views go to the tab "More";
 * with `only` they are not shown.
 */
export function arrangement(layout, names) {
  const known = (name) => names === null || names.includes(name);
  const pick = (part) => rowsOf(part).map((row) => row.filter(([name]) => known(name))).filter((row) => row.length);
  const top = pick(layout.top);
  const below = pick(layout.below);
  const named = (layout.tabs ?? []).map(({ title, views }) => ({ title, views: views.filter(known) })).filter((tab) => tab.views.length);
  const used = new Set([...top, ...below].flatMap((row) => row.map(([name]) => name)).concat(named.flatMap((tab) => tab.views)));
  const rest = layout.only ? [] : (names ?? []).filter((name) => !used.has(name));
  return { top, below, tabs: rest.length ? [...named, { title: MORE, views: rest }] : named };
}

export class Layout {
  /** `panel(name)` gives the panel of a view, made where there is none yet. */
  constructor(body, panel) {
    Object.assign(this, { body, panel, key: null, chosen: null });
  }

  /** Arrange the panels; nothing is touched where the arrangement is what it was. Gives the names shown. */
  arrange(layout, names) {
    const plan = arrangement(layout, names);
    const key = JSON.stringify(plan);
    const shown = [...plan.top, ...plan.below].flatMap((row) => row.map(([name]) => name)).concat(plan.tabs.flatMap((tab) => tab.views));
    if (key === this.key) return shown;
    this.key = key;
    const row = (part) => (views) => {
      const cells = views.map(([name]) => this.panel(name).element);
      const grid = h("div", { class: `ll-row ll-${part}` }, cells);
      grid.style.setProperty("--ll-columns", views.map(([, width]) => `minmax(0, ${width}fr)`).join(" "));
      return grid;
    };
    const children = [...plan.top.map(row("top")), ...plan.below.map(row("below"))];
    if (plan.tabs.length) {
      const rows = plan.tabs.map(({ title, views }) => ({
        title,
        content: h("div", { class: "ll-row ll-intab" }, views.map((name) => this.panel(name).element)),
      }));
      children.push(tabs(rows, this.chosen, (title) => (this.chosen = title)));
    }
    this.body.replaceChildren(...children);
    return shown;
  }
}
