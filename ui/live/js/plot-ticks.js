// What Plotly does not find out by itself: a readable logarithmic axis, and a line that has but one point.

const MOST = 5; // labels on the height of a small panel

/**
 * Tick attributes of a logarithmic y axis for filled traces: powers of ten alone, every n-th where there are many decades;
 * within less than one decade no power need be in sight, so Plotly chooses round numbers.
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
  // Plotly writes powers a quarter larger than other numbers
  return decades < 1 ? { dtick: undefined } : { dtick: Math.ceil(decades / MOST), tickfont: { size: 10 } };
}

/** A trace of lines whose first point stands alone shows it as a dot: a line of one point is invisible. */
export function lone(trace) {
  if (trace.mode !== "lines" || !trace.y) return trace;
  let count = 0;
  for (const value of trace.y) if (Number.isFinite(value) && ++count > 1) return trace;
  return count ? { ...trace, mode: "lines+markers" } : trace;
}
