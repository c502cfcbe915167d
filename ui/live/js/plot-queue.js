// Charts take turns: four refreshes a second in all, one chart a tick, however many there are.

const TICK = 250; // ms
const waiting = new Set(); // in the order of asking
let timer = null;
let last = -Infinity;

function tick() {
  timer = null;
  const [job] = waiting;
  if (!job) return;
  waiting.delete(job);
  last = performance.now();
  job();
  if (waiting.size) timer = setTimeout(tick, TICK);
}

/** Run `job` in its turn; asking again before then changes nothing. */
export function enqueue(job) {
  waiting.add(job);
  timer ??= setTimeout(tick, Math.max(0, last + TICK - performance.now()));
}

/** Take a job back. */
export function withdraw(job) {
  waiting.delete(job);
}
