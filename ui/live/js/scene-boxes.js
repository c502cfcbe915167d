// Boxes over a scene: which are shown, how far they overlap the true ones, and how they are drawn.

import { percent } from "./format.js";
import { luminance } from "./palette.js";

const ENOUGH = 0.5; // the overlap from which a figure counts as found, as in the lab
const COLUMNS = 7; // x0, y0, x1, y1, class, certainty, kept

/** Intersection over union of two boxes [x0, y0, x1, y1]. */
export function overlap(a, b) {
  const width = Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0]));
  const height = Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));
  const shared = width * height;
  const either = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - shared;
  return either > 0 ? shared / either : 0;
}

/** The found boxes of scene `at` out of an array (n, k, 7), surest first. */
export function foundIn({ data, shape }, at) {
  return Array.from({ length: shape[1] }, (_, i) => {
    const row = data.subarray((at * shape[1] + i) * COLUMNS, (at * shape[1] + i + 1) * COLUMNS);
    return { box: [...row.subarray(0, 4)], kind: row[4], sure: row[5], kept: row[6] > 0 };
  });
}

/** The true boxes of scene `at` out of boxes (n, m, 4) and classes (n, m), -1 where there is none. */
export function truthIn(boxes, kinds, at) {
  const most = kinds.shape[1];
  return Array.from({ length: most }, (_, i) => ({ box: [...boxes.data.subarray((at * most + i) * 4, (at * most + i + 1) * 4)], kind: kinds.data[at * most + i] }))
    .filter(({ kind }) => kind >= 0);
}

/**
 * What is shown from a certainty on, and how good that is: `rows` are the kept boxes with their largest overlap `iou`, and
 * whether they are `right` (the class too, each figure once); `hidden` were suppressed; `missed` are figures that no row
 * found; `iou` is the mean over the figures of their largest overlap, as in the lab.
 */
export function judge(found, truth, from) {
  const seen = found.filter(({ sure }) => sure >= from);
  const taken = new Set();
  const rows = seen.filter(({ kept }) => kept).map((row) => {
    const overlaps = truth.map(({ box }) => overlap(row.box, box));
    const best = overlaps.indexOf(Math.max(...overlaps, 0));
    const iou = best < 0 ? 0 : overlaps[best];
    const right = iou >= ENOUGH && truth[best].kind === row.kind && !taken.has(best);
    if (right) taken.add(best);
    return { ...row, iou, right };
  });
  const best = truth.map(({ box }) => Math.max(0, ...rows.map((row) => overlap(row.box, box))));
  return {
    rows,
    hidden: seen.filter(({ kept }) => !kept),
    missed: truth.filter((_, i) => !taken.has(i)),
    iou: best.length ? best.reduce((sum, value) => sum + value, 0) / best.length : NaN,
  };
}

function frame(ctx, [x0, y0, x1, y1], scale, colour, { width = 2, dash = [], halo = true } = {}) {
  const path = [x0 * scale, y0 * scale, (x1 - x0) * scale, (y1 - y0) * scale];
  ctx.save();
  ctx.setLineDash([]);
  if (halo) {
    ctx.lineWidth = width + 2;
    ctx.strokeStyle = "rgba(0, 0, 0, 0.55)";
    ctx.setLineDash(dash);
    ctx.strokeRect(...path);
  }
  ctx.setLineDash(dash);
  ctx.lineWidth = width;
  ctx.strokeStyle = colour;
  ctx.strokeRect(...path);
  ctx.restore();
}

function chip(ctx, text, [x0, y0, x1, y1], scale, colour, size, taken) {
  ctx.font = "600 11px system-ui, sans-serif";
  ctx.textBaseline = "middle";
  const width = ctx.measureText(text).width + 8;
  const height = 15;
  const x = Math.max(0, Math.min(x0 * scale, size - width));
  // above the box where there is room, else below it, and never over the last one
  const spots = [y0 * scale - height - 1, y1 * scale + 1, y0 * scale + 1].map((y) => Math.max(0, Math.min(y, size - height)));
  const free = (y) => !taken.some((other) => x < other.x + other.width && other.x < x + width && y < other.y + height && other.y < y + height);
  const y = spots.find(free) ?? spots[0];
  taken.push({ x, y, width });
  ctx.fillStyle = colour;
  ctx.fillRect(x, y, width, height);
  ctx.fillStyle = luminance(colour) > 0.179 ? "#000000" : "#ffffff";
  ctx.fillText(text, x + 4, y + height / 2 + 0.5);
}

/** Draw a judged scene at `scale` CSS pixels a pixel; `labels` with class and certainty, `all` also what was suppressed. */
export function drawBoxes(ctx, { judged, truth, classes, palette, scale, size, labels = true, showTruth = true, all = false }) {
  const colour = (kind) => palette.classes[kind % palette.classes.length];
  const width = labels ? 2 : 1.5;
  if (all) for (const row of judged.hidden) frame(ctx, row.box, scale, colour(row.kind), { width: 1, halo: false });
  for (const row of judged.rows) frame(ctx, row.box, scale, colour(row.kind), { width, halo: labels });
  if (showTruth) for (const { box } of truth) frame(ctx, box, scale, "#ffffff", { width: labels ? 1.5 : 1, dash: labels ? [5, 4] : [2, 2], halo: labels });
  if (!labels) return;
  const taken = [];
  const named = size >= 130; // on a smaller picture the colour has to do
  for (const row of judged.rows) chip(ctx, named ? `${classes[row.kind]} ${percent(row.sure)}` : percent(row.sure), row.box, scale, colour(row.kind), size, taken);
}
