// What Plotly does not find out by itself: a readable logarithmic axis, and a line that has but one point.

const MOST = 5; // labels on the height of a small panel
const ROUND = [[1, 2, 5], [1, 3]]; // digits of the labels between powers: many, or few
const BEYOND = 1.3; // an axis goes a little further than its data

/**
 * Tick attributes of a logarithmic y axis for filled traces: powers of ten alone, every n-th where there are many decades;
 * where one power alone is in sight, round numbers around it; within less than a decade Plotly chooses them.
 */
export function logTicks(traces) {
  let [low, high] = [Infinity, 0];
  for (const { y } of traces) {
    for (const value of y ?? []) {
      if (!(value > 0) || !Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  const decades = high > 0 ? Math.log10(high / low) : 1;
  if (decades >= 1 && Math.floor(Math.log10(high)) === Math.ceil(Math.log10(low))) return between(low, high);
  // Plotly writes powers a quarter larger than other numbers
  return decades < 1 ? { dtick: undefined } : { dtick: Math.ceil(decades / MOST), tickfont: { size: 10 } };
}

/** Labels at round numbers: fewer of them where the digits 1, 2 and 5 were too many. */
function between(low, high) {
  const from = Math.floor(Math.log10(low / BEYOND));
  const powers = Array.from({ length: Math.ceil(Math.log10(high * BEYOND)) - from }, (_, k) => from + k);
  const choices = ROUND.map((digits) => powers.flatMap((power) => digits.map((digit) => Number(`${digit}e${power}`)))
    .filter((value) => value >= low / BEYOND && value <= high * BEYOND));
  const tickvals = choices.find((values) => values.length <= MOST) ?? choices.at(-1);
  return { tickmode: "array", tickvals, ticktext: tickvals.map(String) };
}

/** A trace of lines whose first point stands alone shows it as a dot: a line of one point is invisible. */
export function lone(trace) {
  if (trace.mode !== "lines" || !trace.y) return trace;
  let count = 0;
  for (const value of trace.y) if (Number.isFinite(value) && ++count > 1) return trace;
  return count ? { ...trace, mode: "lines+markers" } : trace;
}
