// Making elements without innerHTML, so that no text from an experiment is ever read as markup.

/** h("button", {class: "ll-x", onclick, ariaLabel: …, "data-x": 1}, ...children): an HTML element. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child != null));
  return element;
}

const ICONS = {
  play: "M7 4.5v15l12-7.5z",
  pause: "M6.5 4.5h4v15h-4zM13.5 4.5h4v15h-4z",
  step: "M6 5v14l10-7zM17 5h2.5v14H17z",
  epoch: "M3 5.5v13l8-6.5zM11 5.5v13l8-6.5zM19.3 5.5h2.2v13h-2.2z",
  reset: "M12 5V1.5L6.5 6.5 12 11.5V8a5.2 5.2 0 1 1-5.2 5.2H4A8 8 0 1 0 12 5z",
  rewind: "M12 5.5v13L4 12zM21 5.5v13L13 12z",
  close: "M6 4.6 4.6 6l6 6-6 6L6 19.4l6-6 6 6 1.4-1.4-6-6 6-6L18 4.6l-6 6z",
};

/** A decorative 24 × 24 icon, hidden from screen readers. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", "aria-hidden": "true", class: "ll-icon" })) {
    svg.setAttribute(key, value);
  }
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** Write a text only where it changed: an unchanged node costs no layout. */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Set or remove attributes where they changed. */
export function mark(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value == null) element.removeAttribute(name);
    else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
  }
}
