// The small "?" of a panel: opens on hover, focus and click, closes on Escape; a popover, so nothing clips it.

import { h } from "./dom.js";

let serial = 0;

/** A help button for a text; the text is also its accessible description. */
export function helpButton(title, text) {
  const id = `ll-help-${++serial}`;
  const bubble = h("div", { class: "ll-bubble", role: "tooltip", id, popover: "manual" }, text);
  const button = h("button", { type: "button", class: "ll-help", "aria-label": `About ${title}`, "aria-describedby": id }, "?");
  const show = () => {
    if (!bubble.isConnected || bubble.matches(":popover-open")) return;
    bubble.showPopover();
    const at = button.getBoundingClientRect();
    const width = bubble.offsetWidth;
    bubble.style.left = `${Math.max(8, Math.min(innerWidth - width - 8, at.right - width + 8))}px`;
    const below = at.bottom + 6;
    bubble.style.top = `${below + bubble.offsetHeight > innerHeight ? at.top - bubble.offsetHeight - 6 : below}px`;
  };
  const hide = () => bubble.isConnected && bubble.matches(":popover-open") && bubble.hidePopover();
  button.addEventListener("pointerenter", show);
  button.addEventListener("focus", show);
  button.addEventListener("click", show);
  button.addEventListener("pointerleave", () => button !== document.activeElement && hide());
  button.addEventListener("blur", hide);
  button.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    hide();
    event.stopPropagation();
  });
  return [button, bubble];
}
