// Charts take turns: four refreshes a second in all, one chart a tick, however many there are.

const TICK = 250; // ms between two refreshes, so that they leave the pictures room
const REST = 60; // ms where nothing trains: then all charts soon show the last row
const waiting = new Set(); // in the order of asking
let timer = null;
let last = -Infinity;
let quick = false;

function wait() {
  timer ??= setTimeout(tick, Math.max(0, last + (quick ? REST : TICK) - performance.now()));
}

function tick() {
  timer = null;
  const [job] = waiting;
  if (!job) return;
  waiting.delete(job);
  job();
  last = performance.now();
  if (waiting.size) wait();
  else quick = false;
}

/** Run `job` in its turn; asking again before then changes nothing. */
export function enqueue(job) {
  waiting.add(job);
  wait();
}

/** Let those that wait by now have short turns. */
export function hurry() {
  if (!waiting.size || quick) return;
  quick = true;
  clearTimeout(timer);
  timer = null;
  wait();
}

/** Take a job back. */
export function withdraw(job) {
  waiting.delete(job);
}
