// The lines between units: colour = sign, thickness = |weight|; and which line is under the pointer.

import { edgeEnds } from "./network-layout.js";

const LEVELS = 12; // of thickness, where many lines are drawn as few paths
const EXACT = 300; // up to so many lines each is drawn with its own thickness

/** The |weight| that gets the widest line: the largest of the network, and at least 1 so that small nets look calm. */
export function reference(weights) {
  let most = 1;
  for (const { data } of weights) for (const value of data) if (Math.abs(value) > most) most = Math.abs(value);
  return most;
}

/** 0 (no weight) … 1 (the widest line); a root so that small weights stay visible beside large ones. */
export function strength(value, most) {
  return Math.pow(Math.min(1, Math.abs(value) / most), 0.7);
}

function trace(path, x0, y0, x1, y1) {
  const middle = (x0 + x1) / 2;
  path.moveTo(x0, y0);
  path.bezierCurveTo(middle, y0, middle, y1, x1, y1);
}

/** Lines that look alike, by how they look: `of(negative, rel, faded)` is the path to add a line to. */
class Pens {
  constructor(exact) {
    this.exact = exact;
    this.pens = [];
    this.known = [];
  }

  of(negative, rel, faded) {
    if (this.exact) return this.make(negative, rel, faded);
    const level = Math.round(rel * LEVELS);
    const key = level * 4 + (negative ? 2 : 0) + (faded ? 1 : 0);
    return (this.known[key] ??= this.make(negative, level / LEVELS, faded));
  }

  make(negative, rel, faded) {
    const path = new Path2D();
    this.pens.push({ negative, rel, faded, path });
    return path;
  }

  /** Faded lines first, then weak ones, so that strong ones lie on top. */
  draw(ctx, plan, palette) {
    for (const { negative, rel, faded, path } of this.pens.sort((a, b) => b.faded - a.faded || a.rel - b.rel)) {
      ctx.strokeStyle = negative ? palette.negative : palette.positive;
      ctx.lineWidth = 0.7 + (plan.maxEdge - 0.7) * rel;
      ctx.globalAlpha = (0.28 + 0.67 * rel) * (faded ? 0.18 : 1);
      ctx.stroke(path);
    }
    ctx.globalAlpha = 1;
  }
}

/** Draw all lines; with a `focus` {layer, unit} the lines that do not touch that unit are faded. */
export function drawEdges(ctx, plan, weights, palette, focus = null) {
  const most = reference(weights);
  const pens = new Pens(weights.reduce((sum, { data }) => sum + data.length, 0) <= EXACT);
  weights.forEach(({ data, shape: [outs, ins] }, layer) => {
    const [left, right] = [plan.columns[layer], plan.columns[layer + 1]];
    const x0 = left.x + left.size / 2;
    const x1 = right.x - right.size / 2;
    const [from0, to0] = [focus?.layer === layer ? focus.unit : -1, focus?.layer === layer + 1 ? focus.unit : -1];
    for (let to = 0, at = 0; to < outs; to++) {
      for (let from = 0; from < ins; from++, at++) {
        const value = data[at];
        if (!Number.isFinite(value)) continue;
        const faded = focus !== null && from !== from0 && to !== to0;
        trace(pens.of(value < 0, strength(value, most), faded), x0, left.units[from].y, x1, right.units[to].y);
      }
    }
  });
  pens.draw(ctx, plan, palette);
}

/** Draw one line again, clearly marked as chosen. */
export function drawChosen(ctx, plan, weights, palette, { layer, to, from }) {
  const { data, shape } = weights[layer];
  const value = data[to * shape[1] + from];
  const width = 0.7 + (plan.maxEdge - 0.7) * strength(value, reference(weights));
  const line = edgeEnds(plan, layer, to, from);
  ctx.globalAlpha = 1;
  for (const [colour, extra] of [[palette.text, 5], [palette.background, 2.6], [value < 0 ? palette.negative : palette.positive, 0.6]]) {
    ctx.strokeStyle = colour;
    ctx.lineWidth = width + extra;
    ctx.beginPath();
    trace(ctx, line.x0, line.y0, line.x1, line.y1);
    ctx.stroke();
  }
}

/**
 * The line nearest to (x, y) within `reach` pixels, as {layer, to, from}, or null.
 *
 * All curves between two columns share x(t) where their ends share x, so t is found once: x(t) = x0 + (x1-x0)(1.5t - 1.5t² + t³).
 */
export function edgeAt(plan, x, y, reach = 7) {
  const layer = plan.columns.findIndex((column, l) => {
    const next = plan.columns[l + 1];
    return next && x > column.x + column.size / 2 && x < next.x - next.size / 2;
  });
  if (layer < 0) return null;
  const [left, right] = [plan.columns[layer], plan.columns[layer + 1]];
  const x0 = left.x + left.size / 2;
  const along = right.x - right.size / 2 - x0;
  let [low, high] = [0, 1];
  for (let i = 0; i < 24; i++) {
    const t = (low + high) / 2;
    if (x0 + along * (1.5 * t - 1.5 * t * t + t * t * t) < x) low = t;
    else high = t;
  }
  const t = low;
  const rise = t * t * (3 - 2 * t); // y(t) goes from y0 to y1 by this share
  const slope = (6 * t * (1 - t)) / (along * (1.5 - 3 * t + 3 * t * t));
  let best = null;
  let nearest = reach;
  for (const a of left.units) {
    for (const b of right.units) {
      const away = Math.abs(a.y + (b.y - a.y) * rise - y) / Math.hypot(1, (b.y - a.y) * slope);
      if (away < nearest) {
        nearest = away;
        best = { layer, to: b.unit, from: a.unit };
      }
    }
  }
  return best;
}

/** The point half-way along a line, in the diagram's pixels. */
export function middleOf(plan, { layer, to, from }) {
  const { x0, y0, x1, y1 } = edgeEnds(plan, layer, to, from);
  return { x: (x0 + x1) / 2, y: (y0 + y1) / 2 };
}
