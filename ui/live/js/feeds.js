// What fills a figure: the grammar of `meta` in docs/architecture.md, "Figures".

import { number, percent } from "./format.js";
import { gather, thin } from "./thin.js";

const LIMIT = 1000; // points a curve

/** Set a dotted path ("marker.color", "annotations.0.text") in plain objects and lists. */
export function put(target, path, value) {
  const keys = path.split(".");
  const last = keys.pop();
  let at = target;
  for (const key of keys) at = at[key] ??= {};
  at[last] = value;
}

function isColumn(feed) {
  return !feed.includes(":");
}

/** The history columns that the traces are drawn from, thinned alike, so that a cursor finds them at the same x. */
function columnsOf(traces, history) {
  const names = new Set(traces.flatMap((trace) => Object.entries(trace.meta?.feeds ?? {}).filter(([, feed]) => isColumn(feed))).map(([, feed]) => feed));
  const curves = traces.flatMap((trace) => Object.entries(trace.meta?.feeds ?? {}).filter(([key, feed]) => key !== "x" && isColumn(feed)).map(([, feed]) => feed));
  const known = [...new Set(curves)].map((name) => history.column(name)).filter(Boolean);
  const rows = thin(known, history.length, LIMIT);
  const found = new Map();
  for (const name of names) {
    const column = history.column(name);
    if (column) found.set(name, gather(column, rows));
  }
  return found;
}

function shaped({ data, shape }, slice) {
  if (slice !== null) {
    const size = shape.slice(1).reduce((product, n) => product * n, 1);
    return shaped({ data: data.subarray(slice * size, (slice + 1) * size), shape: shape.slice(1) }, null);
  }
  if (shape.length < 2) return Float64Array.from(data); // a copy: Plotly keeps it, the message's buffer may go
  const [height, width] = shape;
  return Array.from({ length: height }, (_, row) => Float64Array.from(data.subarray(row * width, (row + 1) * width)));
}

/** The largest of (C, G, G) where map k is it, and one place around (so that the parts meet without a gap), else NaN. */
function highest({ data, shape: [count, rows, columns] }, k) {
  const each = rows * columns;
  const winner = Uint8Array.from({ length: each }, (_, at) => {
    let best = 0;
    for (let other = 1; other < count; other++) if (data[other * each + at] > data[best * each + at]) best = other;
    return best;
  });
  const inside = (row, column) => row >= 0 && row < rows && column >= 0 && column < columns;
  const near = [-1, 0, 1].flatMap((down) => [-1, 0, 1].map((right) => [down, right]));
  return Array.from({ length: rows }, (_, row) => Float64Array.from({ length: columns }, (_, column) => {
    const at = row * columns + column;
    const wins = ([down, right]) => inside(row + down, column + right) && winner[at + down * columns + right] === k;
    return near.some(wins) ? data[winner[at] * each + at] : NaN;
  }));
}

function value(feed, { frame, constants, columns }) {
  if (isColumn(feed)) return columns.get(feed);
  const colon = feed.indexOf(":");
  const kind = feed.slice(0, colon);
  const name = feed.slice(colon + 1);
  if (kind === "metric") return [frame?.metrics[name] ?? null];
  if (kind === "metrics") return name.slice(1, -1).split(",").map((key) => frame?.metrics[key.trim()] ?? null);
  const [key, slice] = name.split("@");
  const array = frame?.arrays.get(key) ?? constants.get(key);
  if (kind === "array") return array && shaped(array, slice === undefined ? null : Number(slice));
  if (kind === "highest") return array && highest(array, Number(slice));
  const edges = array?.data;
  const bins = edges && Array.from({ length: edges.length - 1 }, (_, i) => i);
  if (kind === "centres") return bins?.map((i) => (edges[i] + edges[i + 1]) / 2);
  if (kind === "widths") return bins?.map((i) => edges[i + 1] - edges[i]);
  throw new Error(`feed: expected a column, array:, highest:, centres:, widths:, metric: or metrics:[…]; received ${JSON.stringify(feed)}`);
}

/** Traces with their feeds filled in; `present` = {frame, constants, history}. A missing feed empties the trace. */
export function fill(traces, present) {
  const columns = columnsOf(traces, present.history);
  return traces.map((trace) => {
    const feeds = Object.entries(trace.meta?.feeds ?? {});
    const filled = structuredClone(trace);
    const values = feeds.map(([path, feed]) => [path, value(feed, { ...present, columns })]);
    const missing = values.some(([, found]) => found === undefined);
    for (const [path, found] of values) put(filled, path, missing ? [] : found);
    if (feeds.some(([, feed]) => isColumn(feed))) filled.connectgaps ??= true; // a metric need not be in every row
    return filled;
  });
}

/** "{dead/1|percent} dead" with the present metrics in it. */
export function template(text, metrics) {
  return text.replace(/\{([^}|]+)(\|percent)?\}/g, (_, name, share) => (share ? percent : number)(metrics?.[name]));
}
