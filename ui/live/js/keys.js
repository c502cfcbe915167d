// Space plays and pauses, → makes one update, R resets; never while somebody types or moves another control.

const TYPING = "input, select, textarea, [contenteditable='true'], [role=slider], [role=combobox], [role=textbox]";
const PRESSED_BY_SPACE = "button, a, summary, [role=button], [role=tab], [role=option], [role=menuitem], [role=switch]";
const MOVED_BY_ARROWS = "[role=tab], [role=radio], [role=option], [role=menuitem], [role=grid] *, [data-ll-keys] *";

/** Listen on the document while `root` is on screen; `actions` = {toggle(), step(), reset()}. Gives a function that stops. */
export function listen(root, actions) {
  const onkey = (event) => {
    const { target, key } = event;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !root.checkVisibility()) return;
    if (!(target instanceof Element) || target.closest(TYPING) || target.closest("[role=dialog]")) return;
    let action;
    if (key === " " && !target.closest(PRESSED_BY_SPACE)) action = actions.toggle;
    else if (key === "ArrowRight" && !event.shiftKey && !target.closest(MOVED_BY_ARROWS)) action = actions.step;
    else if (key.toLowerCase() === "r" && !event.repeat) action = actions.reset;
    if (!action || (key === " " && event.repeat)) return;
    event.preventDefault(); // space would scroll the page
    action();
  };
  document.addEventListener("keydown", onkey);
  return () => document.removeEventListener("keydown", onkey);
}
