// Charts take turns: four refreshes a second in all, one chart a tick, however many there are; fewer where they are dear.

const TICK = 250; // ms from one refresh to the next, so that they leave the pictures room
const REST = 60; // ms where nothing trains: then all charts soon show the last row
const LONGEST = 1000; // ms: after a dear one the pictures have as long for themselves as it took, but no longer than this
const waiting = new Set(); // in the order of asking
let timer = null;
let last = -Infinity;
let pause = 0; // after the last one
let quick = 0; // how many short turns are left
let drawing = false;

function wait() {
  if (drawing || !waiting.size) return;
  timer ??= setTimeout(tick, Math.max(0, last + (quick ? REST : pause) - performance.now()));
}

function tick() {
  timer = null;
  const [job] = waiting;
  if (!job) return;
  waiting.delete(job);
  quick = Math.max(0, quick - 1);
  drawing = true;
  const began = performance.now();
  try {
    job(); // which may ask for its next turn
  } finally {
    painted(() => {
      drawing = false;
      last = performance.now();
      pause = Math.max(TICK - (last - began), Math.min(LONGEST, last - began));
      wait();
    });
  }
}

/** Call back once the screen shows what was drawn: lines and shaders take most of their time after the script. */
function painted(done) {
  requestAnimationFrame(() => setTimeout(done));
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
