// Formulas as elements: `_(…)` is a subscript, `^(…)` a superscript, `[top|bottom]` a fraction; all else is text.

import { h } from "./dom.js";

/** The text between the bracket at `from` and its partner, and the place after it; `split` cuts it at a "|" between. */
function inside(text, from, [open, close], split) {
  const parts = [""];
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === open && depth++ === 0) continue;
    if (text[at] === close && --depth === 0) return { parts, end: at + 1 };
    if (split && depth === 1 && text[at] === "|") parts.push("");
    else parts[parts.length - 1] += text[at];
  }
  throw new Error(`formula: expected a ${close} in ${JSON.stringify(text)}`);
}

/** The nodes that draw a text. Throws: a bracket has no partner. */
export function maths(text) {
  const nodes = [];
  let plain = "";
  const put = (node) => {
    if (plain) nodes.push(plain);
    plain = "";
    nodes.push(node);
  };
  for (let at = 0; at < text.length; ) {
    const pair = text.slice(at, at + 2);
    if (pair === "_(" || pair === "^(") {
      const { parts: [script], end } = inside(text, at + 1, "()", false);
      put(h(pair === "_(" ? "sub" : "sup", {}, maths(script)));
      at = end;
    } else if (text[at] === "[") {
      const { parts: [top, bottom], end } = inside(text, at, "[]", true);
      const over = h("span", { class: "lbp-over" }, maths(top));
      put(h("span", { class: "lbp-fraction" }, over, h("span", { class: "llv-hidden" }, " over "), h("span", { class: "lbp-under" }, maths(bottom ?? ""))));
      at = end;
    } else {
      plain += text[at];
      at += 1;
    }
  }
  return plain ? [...nodes, plain] : nodes;
}

/** The same as plain text, for names that are read aloud: ∂L/∂w x→1. */
export function spoken(text) {
  return text.replace(/\[([^[\]|]*)\|([^[\]|]*)\]/g, "$1/$2").replace(/[_^]\(([^()]*)\)/g, " $1").replaceAll("→", " to ").replace(/ +/g, " ").trim();
}

/** Lines as paragraphs: those that begin with "=" go on where the one before ends, and a sentence stands in grey. */
export function paragraphs(lines) {
  const made = [];
  for (const line of lines) {
    if (line.startsWith("=")) made.at(-1).append(" ", h("span", { class: "lbp-part" }, maths(line)));
    else made.push(h("p", { class: line.endsWith(".") ? "lbp-note" : "lbp-formula" }, h("span", { class: "lbp-part" }, maths(line))));
  }
  return made;
}
