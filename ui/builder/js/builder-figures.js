// Large numbers in narrow columns.

import { count } from "./format.js";

function scaled(value, per, units) {
  let at = 0;
  while (value >= 999.5 && at < units.length - 1) {
    value /= per;
    at += 1;
  }
  const digits = at === 0 ? 0 : value >= 99.5 ? 0 : value >= 9.95 ? 1 : 2;
  return `${value.toFixed(digits)}${units[at] ? `\u202f${units[at]}` : ""}`;
}

/** 0 … 9,999 in full, then three digits: "61.7 k", "1.20 M". */
export function short(value) {
  return value < 10_000 ? count(value) : scaled(value, 1000, ["", "k", "M", "G"]);
}

/** Bytes: "512 B", "3.14 kB". */
export function bytes(value) {
  return value === 0 ? "0" : scaled(value, 1000, ["B", "kB", "MB", "GB"]);
}
