// Making SVG elements, as dom.js makes HTML.

const SVG = "http://www.w3.org/2000/svg";

/** svg("line", {x1: 0, class: "llg-grid"}, ...children): an SVG element; attributes that are null are left out. */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child != null));
  return element;
}

/** The text of a path through points, broken where a value is not a number; pixels are kept where a browser can draw them. */
export function pathOf(xs, ys, xScale, yScale) {
  const far = (pixel) => Math.min(9999, Math.max(-9999, pixel)).toFixed(1);
  let text = "";
  let drawing = false;
  for (let k = 0; k < xs.length; k++) {
    const left = xScale.at(xs[k]);
    const top = yScale.at(ys[k]);
    if (Number.isNaN(left) || Number.isNaN(top)) {
      drawing = false;
      continue;
    }
    text += `${drawing ? "L" : "M"}${far(left)} ${far(top)}`;
    drawing = true;
  }
  return text;
}
