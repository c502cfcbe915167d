// Numbers for people.

const MINUS = "−";
const NONE = "–";

/** Three significant digits, thousands separated, a true minus; "–" for what is not a finite number. */
export function number(value, digits = 3) {
  if (typeof value !== "number" || !Number.isFinite(value)) return NONE;
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e9) return value.toExponential(digits - 1).replace(/e\+?/, "e").replaceAll("-", MINUS);
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(size) + 1e-12));
  const text = size.toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return value < 0 ? MINUS + text : text;
}

/** A metric in the bar: fixed decimals while below 10, so that the width does not change; "–" where there is none yet. */
export function metric(value) {
  if (typeof value !== "number") return NONE;
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value < 0 ? `${MINUS}∞` : "∞";
  return Math.abs(value) < 10 && Math.abs(value) >= 5e-4 ? value.toFixed(3).replace("-", MINUS) : number(value);
}

/** A whole number with thousands separated. */
export function count(value) {
  if (typeof value !== "number" || !Number.isFinite(value)) return NONE;
  return Math.floor(value + 1e-9).toLocaleString("en-US");
}

/** A share 0…1 as whole per cent. */
export function percent(value) {
  return typeof value === "number" && Number.isFinite(value) ? `${Math.round(value * 100)} %` : NONE;
}

/** How fast it goes: epochs a second where that is at least one, else updates a second; null: there are no epochs. */
export function rate(updates, stepsAnEpoch) {
  if (typeof updates !== "number" || !(updates > 0)) return "";
  const epochs = stepsAnEpoch === null ? 0 : updates / Math.max(1, stepsAnEpoch || 1);
  const [value, unit] = epochs >= 1 ? [epochs, "epoch"] : [updates, "update"];
  const shown = value >= 10 ? count(Math.round(value)) : value.toFixed(1).replace(/\.0$/, "");
  return `${shown} ${unit}${shown === "1" ? "" : "s"}/s`;
}

/** The rate, after a kind word on who shares the server's time. */
export function pace(updates, stepsAnEpoch, others) {
  const speed = rate(updates, stepsAnEpoch);
  if (!speed || !(others > 0)) return speed;
  return `${others === 1 ? "1 other is" : `${count(others)} others are`} training; ${speed}`;
}

/** A score with three decimals, which keep their places while it changes; "–" where there is none. */
export function thousandths(value) {
  return typeof value === "number" && Number.isFinite(value) ? value.toFixed(3).replace("-", MINUS) : NONE;
}

/** A score 0…1 with two decimals; "–" where there is none. */
export function hundredths(value) {
  return typeof value === "number" && Number.isFinite(value) ? value.toFixed(2) : NONE;
}
