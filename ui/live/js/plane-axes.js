// The square of a plane view: where it stands, how data become pixels, axes with ticks and titles.

const LEFT = 46; // ticks and the title of the vertical axis
const BELOW = 36;
const ABOVE = 8;
const RIGHT = 10;

/** The plot square in a host of this size, with `to(x1, x2)` → pixels and `from(px, py)` → data. */
export function square(width, height, range) {
  const size = Math.max(40, Math.floor(Math.min(width - LEFT - RIGHT, height - ABOVE - BELOW)));
  const left = Math.round(LEFT + Math.max(0, (width - LEFT - RIGHT - size) / 2));
  const top = ABOVE;
  const [[low1, high1], [low2, high2]] = range;
  return {
    left, top, size, range, width, height,
    to: (x1, x2) => [left + ((x1 - low1) / (high1 - low1)) * size, top + size - ((x2 - low2) / (high2 - low2)) * size],
    from: (px, py) => [low1 + ((px - left) / size) * (high1 - low1), low2 + ((top + size - py) / size) * (high2 - low2)],
    has: (px, py) => px >= left && px <= left + size && py >= top && py <= top + size,
  };
}

/** Round numbers between low and high, at most `most` steps apart: 1, 2 or 5 times a power of ten. */
export function ticks(low, high, most = 6) {
  const rough = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough * 0.999);
  const found = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) found.push(k * step);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return found.map((value) => ({ value, text: (Math.abs(value) < step / 2 ? 0 : value).toFixed(decimals).replace("-", "−") }));
}

function fitted(ctx, text, room) {
  if (ctx.measureText(text).width <= room) return text;
  let cut = text;
  while (cut.length > 1 && ctx.measureText(`${cut}…`).width > room) cut = cut.slice(0, -1);
  return `${cut}…`;
}

/** Draw the frame, ticks and titles of both axes. */
export function drawAxes(ctx, box, titles, palette) {
  const { left, top, size, range } = box;
  ctx.lineWidth = 1;
  ctx.strokeStyle = palette.muted;
  ctx.strokeRect(left - 0.5, top - 0.5, size + 1, size + 1);
  ctx.fillStyle = palette.muted;
  ctx.font = `12px ${palette.font}`;
  const most = size < 170 ? 4 : 6;
  ctx.textAlign = "center";
  ctx.textBaseline = "top";
  for (const { value, text } of ticks(...range[0], most)) {
    const [x] = box.to(value, range[1][0]);
    ctx.fillRect(Math.round(x) - 0.5, top + size, 1, 4);
    ctx.fillText(text, x, top + size + 6);
  }
  ctx.textAlign = "right";
  ctx.textBaseline = "middle";
  for (const { value, text } of ticks(...range[1], most)) {
    const [, y] = box.to(range[0][0], value);
    ctx.fillRect(left - 4, Math.round(y) - 0.5, 4, 1);
    ctx.fillText(text, left - 7, y);
  }
  ctx.fillStyle = palette.text;
  ctx.font = `500 13px ${palette.font}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "alphabetic";
  ctx.fillText(fitted(ctx, titles[0], size), left + size / 2, top + size + 33);
  ctx.save();
  ctx.translate(left - 33, top + size / 2);
  ctx.rotate(-Math.PI / 2);
  ctx.fillText(fitted(ctx, titles[1], size), 0, 0);
  ctx.restore();
}
