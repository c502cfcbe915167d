// Tabs after the ARIA pattern: one stop for the Tab key, arrows move, Home and End jump.

import { h, mark } from "./dom.js";

let serial = 0;

/** `tabs` = [{title, content: element}]; `chosen` the title to open, `onchoose(title)`. Gives the element. */
export function tabs(rows, chosen, onchoose) {
  const group = `ll-tabs-${++serial}`;
  const heads = rows.map(({ title }, i) =>
    h("button", { type: "button", role: "tab", class: "ll-tab", id: `${group}-${i}`, "aria-controls": `${group}-${i}-panel` }, title),
  );
  const bodies = rows.map(({ content }, i) =>
    h("div", { role: "tabpanel", class: "ll-tabpanel", id: `${group}-${i}-panel`, "aria-labelledby": `${group}-${i}` }, content),
  );
  const choose = (k, byHand) => {
    heads.forEach((head, i) => mark(head, { "aria-selected": i === k ? "true" : "false", tabindex: i === k ? 0 : -1 }));
    bodies.forEach((body, i) => (body.hidden = i !== k));
    if (!byHand) return;
    heads[k].focus();
    bodies[k].scrollIntoView({ block: "nearest" }); // at the bottom of a screen it would open out of sight
    onchoose(rows[k].title);
  };
  const list = h("div", { role: "tablist", class: "ll-tablist", "aria-label": "More views" }, heads);
  list.addEventListener("click", (event) => {
    const k = heads.indexOf(event.target.closest("[role=tab]"));
    if (k >= 0) choose(k, true);
  });
  list.addEventListener("keydown", (event) => {
    const at = heads.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: heads.length - 1 }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    choose((to + heads.length) % heads.length, true);
  });
  choose(Math.max(0, rows.findIndex(({ title }) => title === chosen)), false);
  return h("div", { class: "ll-tabs" }, list, bodies);
}
