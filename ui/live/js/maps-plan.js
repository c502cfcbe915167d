// How the maps of a layer are laid out, and how their places are called; numbers and words only.

import { sizeOf } from "./tiles.js";

const TARGETS = [64, 56, 48, 42]; // pixels of a map's longer side, the largest first
const LEAST_WIDTH = 92; // a block is as wide as its title

/** [height, width] of a shape's plane: of one channel; a series has height 1, a single value is 1 × 1. */
export function planeOf(shape) {
  return shape.length === 3 ? [shape[1], shape[2]] : shape.length === 2 ? [1, shape[1]] : [1, 1];
}

/** The plan of a layer's pictures (see tiles.js) that fills `height` pixels with pictures about `target` pixels large. */
export function planOf({ shape, shown: count }, height, target) {
  const [rows, columns] = planeOf(shape);
  if (shape.length === 1) {
    const side = Math.max(count > 84 ? 9 : 13, Math.min(18, Math.floor((height + 1) / count) - 1));
    const down = Math.max(1, Math.floor((height + 1) / (side + 1)));
    return { count, rows, columns, cell: [side, side], across: Math.ceil(count / down), gap: 1 };
  }
  if (shape.length === 2) {
    const high = Math.max(5, Math.min(14, Math.floor((height + 2) / count) - 2));
    const down = Math.max(1, Math.floor((height + 2) / (high + 2)));
    const wide = Math.max(1, Math.round(Math.min(3 * target, 200) / columns));
    return { count, rows, columns, cell: [high, wide], across: Math.ceil(count / down), gap: 2 };
  }
  const longest = Math.max(rows, columns);
  const side = Math.max(1, Math.ceil(target / longest - 0.15));
  const zoom = side * longest > 1.15 * target ? target / (side * longest) : 1; // whole pixels where that comes close
  const gap = Math.round(3 / zoom);
  const down = Math.max(1, Math.floor((height + 3) / (zoom * (rows * side + gap))));
  return { count, rows, columns, cell: [side, side], across: Math.ceil(count / Math.min(down, count)), gap, zoom };
}

/** Plans of all layers side by side, as large as fit into `width` (the smallest, and the row scrolls, where none fit). */
export function plansFor(layers, height, width) {
  for (const target of TARGETS) {
    const plans = layers.map((layer) => planOf(layer, height, target));
    const taken = plans.reduce((sum, plan) => sum + Math.max(LEAST_WIDTH, sizeOf(plan)[0]) + 14, 0);
    if (taken <= width) return plans;
  }
  const four = Math.max(TARGETS.at(-1), Math.min(TARGETS[0], Math.floor(height / 4) - 4)); // the row scrolls: four under each other
  return layers.map((layer) => planOf(layer, height, four));
}

/** The plan of a layer that has all the width, one under the other (on a phone). */
export function planBelow(layer, width) {
  const plan = planOf(layer, 10_000, 56);
  const each = sizeOf({ ...plan, count: 1, across: 1 })[0] + 3;
  if (layer.shape.length === 1) plan.cell = [18, 18];
  const wide = layer.shape.length === 1 ? 19 : each;
  return { ...plan, across: Math.max(1, Math.min(plan.count, Math.floor((width + plan.gap) / wide))) };
}

/** A place of a layer in words: "map 3, row 5, column 7"; "unit 12". */
export function placeText({ shape }, { channel, y, x }) {
  if (shape.length === 1) return `unit ${channel + 1}`;
  return shape.length === 2 ? `map ${channel + 1}, place ${x + 1}` : `map ${channel + 1}, row ${y + 1}, column ${x + 1}`;
}

/** What value number `k` of a row of values is, where it was a map before: "map 2, row 1, column 4"; else "value 5". */
export function sourceText(before, k) {
  if (!before || before.length < 2) return `value ${k + 1}`;
  const [high, wide] = planeOf(before);
  const place = { channel: Math.floor(k / (high * wide)), y: Math.floor((k % (high * wide)) / wide), x: k % wide };
  return placeText({ shape: before }, place);
}
