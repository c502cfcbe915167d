// The row above the diagram: what each layer is, and the buttons that add and remove layers and units.

import { h } from "./dom.js";
import { activationTitle } from "./network-text.js";

const INLINE = 70; // from this distance on, the number of units stands between its buttons
const BESIDE = 38; // from the middle of a layer's "−" and "+" to the middle of a "+" beside them
const WIDE = 112; // from this distance between columns on, every gap gets its own "+"

function button(label, text, reason, kind, onclick) {
  return h("button", {
    type: "button", class: `llv-mini llv-${kind}`, "aria-label": label, title: reason ?? label, tabindex: -1,
    "aria-disabled": reason ? "true" : "false", onclick: reason ? null : onclick,
  }, text);
}

function hiddenCell(options, layer, step, act) {
  const wide = step >= WIDE;
  const inline = step >= INLINE;
  const { units, activation, name } = options.layers[layer];
  const { max_units: most } = options.edit;
  const whose = `hidden layer ${layer + 1}`;
  const title = activationTitle(activation);
  const lower = units <= 1 ? `A layer needs at least one unit. Remove the layer instead.` : null;
  const upper = units >= most ? `A layer can have at most ${most} units.` : null;
  return [
    h("div", { class: "llv-cell-top", title: `${name}: ${units} units, ${title}` },
      h("span", { class: "llv-cell-title" }, wide ? [h("b", {}, name), ` ${title}`] : inline ? title : [h("b", {}, String(units)), ` ${title}`]),
      button(`Remove hidden layer ${layer + 1}`, "×", null, "remove", () => act("remove_layer", layer))),
    h("div", { class: "llv-cell-bottom" },
      button(`Remove a unit from ${whose}`, "−", lower, "less", () => act("remove_unit", layer)),
      inline ? h("span", { class: "llv-count" }, String(units)) : null,
      button(`Add a unit to ${whose}`, "+", upper, "add", () => act("add_unit", layer))),
  ];
}

function plainCell(title, below) {
  return [
    h("div", { class: "llv-cell-top", title: `${title} ${below}` }, h("span", { class: "llv-cell-title" }, h("b", {}, title))),
    h("div", { class: "llv-cell-bottom llv-quiet" }, below),
  ];
}

/** "+" in a gap: a new hidden layer after `layer` of them. */
function gap(options, layer, x, quiet, roomy, act) {
  const { max_layers: most } = options.edit;
  const hidden = options.layers.length - 1;
  const label = layer === 0 ? "Add a hidden layer after the inputs" : `Add a hidden layer after hidden layer ${layer}`;
  const reason = hidden >= most ? `A network here can have at most ${most} hidden layers.` : null;
  const plus = button(label, quiet || !roomy ? "+" : "+ layer", reason, quiet ? "gap llv-gap-quiet" : "gap", () => act("add_layer", layer));
  if (!quiet && roomy) plus.classList.add("llv-roomy");
  plus.style.left = `${x}px`;
  return plus;
}

/** Build the head of the diagram; `act(action, layer)` is called for every button. Returns the toolbar element. */
export function header(options, plan, act) {
  const bar = h("div", { class: "llv-head", style: `height:${plan.head}px`, role: options.edit ? "toolbar" : "group", "aria-label": "Layers of the network" });
  const wide = plan.step >= WIDE;
  plan.columns.forEach((column, at) => {
    const last = plan.columns.length - 1;
    const layer = at - 1;
    const inputs = options.inputs.length;
    let content;
    if (at === 0) content = plainCell(inputs === 1 ? "Input" : "Inputs", String(inputs));
    else if (at === last) content = plainCell("Output", activationTitle(options.layers[layer].activation));
    else if (options.edit) content = hiddenCell(options, layer, plan.step, act);
    else content = plainCell(options.layers[layer].name, `${options.layers[layer].units} ${activationTitle(options.layers[layer].activation)}`);
    const room = at === 0 || at === last ? Math.min(78, plan.step) : Math.min(136, plan.step - 2);
    // With all layers there are, no room is kept for another "+": the output's cell makes way, over its unit and name.
    const full = options.layers.length > options.edit?.max_layers;
    const aside = full && at === last ? Math.min(30, 6 + plan.labels.after / 2) : 0;
    const left = Math.max(0, Math.min(plan.width - room, column.x + aside - room / 2));
    bar.append(h("div", { class: "llv-cell", style: `left:${left}px;width:${room}px` }, content));
    if (options.edit && at < last && (wide || at === last - 1)) {
      const x = full && !wide ? column.x + BESIDE : (column.x + plan.columns[at + 1].x) / 2;
      bar.append(gap(options, at, x, at !== last - 1, plan.step >= WIDE + 40, act));
    }
  });
  roving(bar);
  return bar;
}

/** One tab stop for all buttons; left and right arrows, Home and End move between them. */
function roving(bar) {
  const buttons = [...bar.querySelectorAll("button")];
  if (!buttons.length) return;
  const current = (chosen) => buttons.forEach((each) => (each.tabIndex = each === chosen ? 0 : -1));
  current(buttons[0]);
  bar.addEventListener("focusin", (event) => current(event.target));
  bar.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(event.target);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (event.key === " " || event.key === "Enter") event.stopPropagation(); // not the page's own keys
    if (to === undefined || at < 0) return;
    event.preventDefault();
    event.stopPropagation();
    buttons[(to + buttons.length) % buttons.length].focus();
  });
}
