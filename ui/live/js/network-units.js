// The units: each one's answer over the plane as a small picture, or its output for one sample as a coloured tile.

import { number } from "./format.js";
import { luminance, mix } from "./palette.js";

/** Pixels of uint8 maps (units, G, G) under each other in one canvas (G wide), x2 upwards. */
export class Atlas {
  constructor() {
    this.canvas = document.createElement("canvas");
    this.ctx = this.canvas.getContext("2d");
  }

  /** Colour the maps through a table of 256 pixels. Row 0 of a map is its smallest x2, so rows are written upside down. */
  fill({ data, shape: [units, rows, columns] }, table) {
    if (this.canvas.width !== columns || this.canvas.height !== units * rows) {
      this.canvas.width = columns;
      this.canvas.height = units * rows;
      this.image = this.ctx.createImageData(columns, units * rows);
      this.pixels = new Uint32Array(this.image.data.buffer);
    }
    const { pixels } = this;
    for (let unit = 0; unit < units; unit++) {
      for (let row = 0; row < rows; row++) {
        let into = (unit * rows + row) * columns;
        let from = (unit * rows + rows - 1 - row) * columns;
        for (let i = 0; i < columns; i++) pixels[into++] = table[data[from++]];
      }
    }
    this.ctx.putImageData(this.image, 0, 0);
    this.rows = rows;
    this.columns = columns;
  }

  /** Draw one map into a square; grid points lie on its edges, so half a pixel is cut off around. */
  draw(ctx, unit, x, y, size) {
    const { rows, columns } = this;
    ctx.drawImage(this.canvas, 0.5, unit * rows + 0.5, columns - 1, rows - 1, x, y, size, size);
  }
}

/** A colour between orange (-1), grey (0) and blue (+1). */
export function signed(palette, share) {
  const t = Math.max(-1, Math.min(1, share));
  return mix(palette.zero, t < 0 ? palette.negative : palette.positive, Math.abs(t));
}

/** The borders of a column's units, the chosen one's last and strong. */
function frames(ctx, column, palette, chosen) {
  const outline = ({ x, y, size }) => ctx.roundRect(x - size / 2, y - size / 2, size, size, Math.min(4, size / 6));
  ctx.lineWidth = 1;
  ctx.strokeStyle = mix(palette.text, palette.background, 0.45);
  ctx.beginPath();
  column.units.forEach(outline);
  ctx.stroke();
  if (chosen === null) return;
  ctx.lineWidth = 2.5;
  ctx.strokeStyle = palette.text;
  ctx.beginPath();
  outline(column.units[chosen]);
  ctx.stroke();
}

/** Draw within a unit's rounded square; on small ones the corners are too small to be seen. */
function clip(ctx, { x, y, size }, draw) {
  if (size < 18) {
    draw(x - size / 2, y - size / 2, size);
    return;
  }
  ctx.save();
  ctx.beginPath();
  ctx.roundRect(x - size / 2, y - size / 2, size, size, Math.min(4, size / 6));
  ctx.clip();
  draw(x - size / 2, y - size / 2, size);
  ctx.restore();
}

/** Draw a column of units as pictures. */
export function drawMaps(ctx, column, atlas, palette, chosen) {
  ctx.imageSmoothingEnabled = true;
  for (const unit of column.units) {
    clip(ctx, unit, (x, y, size) => atlas.draw(ctx, unit.unit, x, y, size));
  }
  frames(ctx, column, palette, chosen);
}

/** Draw a column of units as tiles coloured by their outputs, with the number where it fits. */
export function drawTiles(ctx, column, values, palette, chosen) {
  let most = 1;
  for (const value of values ?? []) if (Math.abs(value) > most) most = Math.abs(value);
  for (const unit of column.units) {
    const value = values?.[unit.unit];
    const fill = Number.isFinite(value) ? signed(palette, value / most) : palette.surface;
    clip(ctx, unit, (x, y, size) => {
      ctx.fillStyle = fill;
      ctx.fillRect(x, y, size, size);
    });
    if (unit.size < 30 || !Number.isFinite(value)) continue;
    ctx.fillStyle = luminance(fill) > 0.179 ? "#000000" : "#ffffff"; // 4.5:1 on any colour
    ctx.font = `600 ${Math.min(13, unit.size * 0.31)}px ${palette.font}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(Math.abs(value) < 100 ? value.toFixed(Math.abs(value) < 10 ? 2 : 1).replace("-", "−") : number(value), unit.x, unit.y + 0.5);
  }
  frames(ctx, column, palette, chosen);
}

/** The bias of each unit as a small dot at its lower left corner. */
export function drawBiases(ctx, column, biases, palette) {
  if (!biases || column.size < 20) return;
  let most = 1;
  for (const value of biases) if (Math.abs(value) > most) most = Math.abs(value);
  for (const { unit, x, y, size } of column.units) {
    ctx.beginPath();
    ctx.arc(x - size / 2, y + size / 2, 4, 0, 2 * Math.PI);
    ctx.fillStyle = signed(palette, biases[unit] / most);
    ctx.fill();
    ctx.lineWidth = 1.5;
    ctx.strokeStyle = palette.background;
    ctx.stroke();
    ctx.lineWidth = 0.75;
    ctx.strokeStyle = palette.muted;
    ctx.stroke();
  }
}
