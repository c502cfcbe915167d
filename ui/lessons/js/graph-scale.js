// Numbers ↔ pixels along one axis, and the ticks that stand there.

import { number } from "./format.js";

const MINUS = "−";

/** An axis from `from` to `to` over the pixels `start` … `end`: `at(value)`, `value(pixel)`; `log` for powers of ten. */
export class Scale {
  constructor({ from, to, log = false }, start, end) {
    if (!(to > from)) throw new Error(`axis: expected from < to; received ${from} and ${to}`);
    if (log && !(from > 0)) throw new Error(`axis: expected from > 0 on a logarithmic axis; received ${from}`);
    Object.assign(this, { from, to, log, start, end });
    this.low = log ? Math.log10(from) : from;
    this.high = log ? Math.log10(to) : to;
  }

  at(value) {
    const place = this.log ? Math.log10(value) : value;
    return this.start + ((place - this.low) / (this.high - this.low)) * (this.end - this.start);
  }

  value(pixel) {
    const place = this.low + ((pixel - this.start) / (this.end - this.start)) * (this.high - this.low);
    return this.log ? 10 ** place : place;
  }
}

/** Round values between the ends, about `most` of them at most: steps of 1, 2 or 5 times a power of ten. */
export function ticks({ from, to, log = false }, most = 6) {
  if (log) return powers(from, to, most);
  const least = (to - from) / Math.max(1, most);
  const unit = 10 ** Math.floor(Math.log10(least));
  const step = unit * ([1, 2, 5, 10].find((k) => k * unit >= least * (1 - 1e-9)) ?? 10);
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, k) => Number(((first + k) * step).toPrecision(12)));
}

function powers(from, to, most) {
  const first = Math.ceil(Math.log10(from) - 1e-9);
  const last = Math.floor(Math.log10(to) + 1e-9);
  const apart = Math.max(1, Math.ceil((last - first + 1) / Math.max(1, most)));
  return Array.from({ length: Math.max(0, Math.floor((last - first) / apart) + 1) }, (_, k) => 10 ** (first + k * apart));
}

/** A tick as text: no more decimals than it needs, a true minus; powers of ten beyond five digits. */
export function tickText(value, log = false) {
  const size = Math.abs(value);
  if (log && (size < 1e-3 || size >= 1e5)) return `1e${Math.round(Math.log10(size))}`.replace("-", MINUS);
  if (size !== 0 && (size < 1e-4 || size >= 1e6)) return number(value, 2);
  return String(Number(value.toPrecision(6))).replace("-", MINUS);
}
