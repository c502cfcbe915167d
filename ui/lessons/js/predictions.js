// Keeps a learner's predictions in the browser, and tells the page of those of earlier visits.

const KEPT = "layerlab.predictions";

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? {};
  } catch {
    return {}; // a browser that keeps nothing, or something that is not ours
  }
}

function write(given) {
  try {
    localStorage.setItem(KEPT, JSON.stringify(given));
  } catch {
    // then they are known until the page is closed
  }
}

/** props: `given`, question -> [answer, right], and `known`: whether the page has heard of what is kept. */
export function open(parent, { given, known, trigger }) {
  parent.style.display = "none"; // nothing to see
  const kept = read();
  if (known || !Object.keys(kept).length) write(given);
  else if (!parent.layerlabRecalled) {
    parent.layerlabRecalled = true;
    trigger("recalled", kept);
  }
  return () => {};
}
