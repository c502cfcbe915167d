// The samples on the plane: training filled circles, test hollow diamonds; and which one is under the pointer.

/** Rows of a float32 (n, 2) array and its targets as {x1, x2, target, part, index}. */
export function samples(constants, view, part) {
  const points = constants.get(`${view.name}/${part}_points`);
  const targets = constants.get(`${view.name}/${part}_targets`);
  if (!points) return [];
  return Array.from({ length: points.shape[0] }, (_, index) => ({
    x1: points.data[2 * index], x2: points.data[2 * index + 1], target: targets?.data[index] ?? NaN, part, index,
  }));
}

/** How large points are drawn: smaller where there are many. */
export function radius(box, count) {
  return Math.max(2.6, Math.min(4.6, box.size / 62)) * (count > 700 ? 0.8 : 1);
}

function diamond(ctx, x, y, reach) {
  ctx.moveTo(x - reach, y);
  ctx.lineTo(x, y - reach);
  ctx.lineTo(x + reach, y);
  ctx.lineTo(x, y + reach);
  ctx.closePath();
}

/**
 * Draw samples: filled circles (training) and hollow diamonds (test), told apart without colour.
 *
 * `pale` colours (values near zero) need a dark rim to be seen; class colours stand out better in a light one.
 */
export function drawPoints(ctx, box, points, colour, palette, pale) {
  const size = radius(box, points.length);
  const light = palette.dark ? "#0b0f14" : "#ffffff";
  const dark = palette.dark ? "#ffffff" : "#1b2430";
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.left, box.top, box.size, box.size);
  ctx.clip();
  for (const { x1, x2, target, part } of points) {
    const [x, y] = box.to(x1, x2);
    const test = part === "test";
    ctx.beginPath();
    if (test) diamond(ctx, x, y, size * 1.15);
    else ctx.arc(x, y, size, 0, 2 * Math.PI);
    if (test) {
      ctx.lineWidth = 2.6;
      ctx.strokeStyle = dark;
      ctx.stroke();
      ctx.fillStyle = light;
      ctx.fill();
      ctx.lineWidth = 1.6;
      ctx.strokeStyle = colour(target);
      ctx.stroke();
    } else {
      ctx.fillStyle = colour(target);
      ctx.fill();
      ctx.lineWidth = pale ? 0.9 : 1.2;
      ctx.strokeStyle = pale ? dark : light;
      ctx.stroke();
    }
  }
  ctx.restore();
}

/** A clear ring around one place. */
export function drawRing(ctx, box, x1, x2, palette) {
  const [x, y] = box.to(x1, x2);
  for (const [width, colour] of [[5, palette.background], [2.5, palette.text]]) {
    ctx.beginPath();
    ctx.arc(x, y, 9, 0, 2 * Math.PI);
    ctx.lineWidth = width;
    ctx.strokeStyle = colour;
    ctx.stroke();
  }
}

/** The border w1 x1 + w2 x2 + b = 0 within the square (clipped by it). */
export function drawBorder(ctx, box, [w1, w2, b], palette) {
  const [[low1, high1], [low2, high2]] = box.range;
  if (!(Math.hypot(w1, w2) > 0)) return;
  // solve for the coordinate in which the line is the flatter one, so that no division is by nearly nothing
  const flat = Math.abs(w2) * (high2 - low2) >= Math.abs(w1) * (high1 - low1);
  const ends = flat ? [low1, high1].map((x1) => [x1, -(w1 * x1 + b) / w2]) : [low2, high2].map((x2) => [-(w2 * x2 + b) / w1, x2]);
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.left, box.top, box.size, box.size);
  ctx.clip();
  for (const [width, colour] of [[5, palette.background], [2.5, palette.text]]) {
    ctx.beginPath();
    ends.forEach(([x1, x2], k) => ctx[k ? "lineTo" : "moveTo"](...box.to(x1, x2)));
    ctx.lineWidth = width;
    ctx.strokeStyle = colour;
    ctx.stroke();
  }
  ctx.restore();
}

/** The point nearest to a pixel, within `reach` pixels; else null. */
export function nearest(points, box, px, py, reach = 9) {
  let best = null;
  let least = reach;
  for (const point of points) {
    const [x, y] = box.to(point.x1, point.x2);
    const away = Math.hypot(x - px, y - py);
    if (away < least) [best, least] = [point, away];
  }
  return best;
}
