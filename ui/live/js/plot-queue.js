// Charts take turns: four refreshes a second in all, one chart a tick, however many there are.

const TICK = 250; // ms between two refreshes, so that they leave the pictures room
const REST = 60; // ms where nothing trains: then all charts soon show the last row
const waiting = new Set(); // in the order of asking
let timer = null;
let last = -Infinity;
let quick = 0; // how many short turns are left
let drawing = false;

function wait() {
  if (drawing || !waiting.size) return;
  timer ??= setTimeout(tick, Math.max(0, last + (quick ? REST : TICK) - performance.now()));
}

function tick() {
  timer = null;
  const [job] = waiting;
  if (!job) return;
  waiting.delete(job);
  quick = Math.max(0, quick - 1);
  drawing = true;
  try {
    job(); // which may ask for its next turn
  } finally {
    drawing = false;
    last = performance.now();
    wait();
  }
}

/** Run `job` in its turn; asking again before then changes nothing. */
export function enqueue(job) {
  waiting.add(job);
  wait();
}

/** Let those that wait by now have short turns, as many as they are: who asks later waits as usual. */
export function hurry() {
  if (!waiting.size || quick) return;
  quick = waiting.size;
  clearTimeout(timer);
  timer = null;
  wait();
}

/** Take a job back. */
export function withdraw(job) {
  waiting.delete(job);
}
