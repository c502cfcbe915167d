// The straight line y = w x + b that makes a loss smallest. Held against scipy in tests/live/test_losses_fit.py.

import { OF_NUMBERS } from "./losses-maths.js";

/** The mean loss of a line on points [[x, y], …]. */
export function meanLoss(name, points, [w, b]) {
  const { f } = OF_NUMBERS.find((row) => row.name === name);
  return points.reduce((sum, [x, y]) => sum + f(w * x + b, y), 0) / points.length;
}

/** Least squares with a weight for each point: the normal equations. Null where all x are the same. */
export function weighted(points, weights) {
  let [s, sx, sy, sxx, sxy] = [0, 0, 0, 0, 0];
  points.forEach(([x, y], k) => {
    const weight = weights[k];
    s += weight;
    sx += weight * x;
    sy += weight * y;
    sxx += weight * x * x;
    sxy += weight * x * y;
  });
  const spread = s * sxx - sx * sx;
  if (!(spread > 1e-9 * s * sxx)) return null;
  const w = (s * sxy - sx * sy) / spread;
  return [w, (sy - w * sx) / s];
}

/** The smallest sum of distances: some best line goes through two of the points, so all pairs are tried. */
function absolute(points) {
  let best = null;
  for (let i = 0; i < points.length; i++) {
    for (let j = i + 1; j < points.length; j++) {
      if (points[i][0] === points[j][0]) continue;
      const w = (points[j][1] - points[i][1]) / (points[j][0] - points[i][0]);
      const line = [w, points[i][1] - w * points[i][0]];
      const loss = meanLoss("mae", points, line);
      if (!best || loss < best.loss) best = { line, loss };
    }
  }
  return best.line;
}

/** Least squares again and again, a point weighing 1 / max(1, |e|): that is where Huber's derivative is zero. */
function huberLine(points) {
  let line = weighted(points, points.map(() => 1));
  for (let round = 0; round < 500; round++) {
    const next = weighted(points, points.map(([x, y]) => 1 / Math.max(1, Math.abs(line[0] * x + line[1] - y))));
    const moved = Math.max(Math.abs(next[0] - line[0]), Math.abs(next[1] - line[1]));
    line = next;
    if (moved < 1e-10) break;
  }
  return line;
}

/** [w, b] of the best line for a loss of `OF_NUMBERS`; null where all points have one x. */
export function fit(name, points) {
  const squares = weighted(points, points.map(() => 1));
  if (!squares || name === "mse") return squares;
  return name === "mae" ? absolute(points) : huberLine(points);
}
