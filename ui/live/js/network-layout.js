// Where everything of the diagram stands: pure arithmetic, no drawing.

const HEAD = 54; // room above the units: two rows of 24 px buttons
const PITCH = 50; // two 24 px buttons side by side, and a little air

const SHORT = 40; // to which the labels of the output are cut before the diagram scrolls

/** Widths of the text columns at both ends: what the longest label needs, at most a fifth of the room. */
function ends(options, width, measure) {
  const widest = (labels, most) => {
    const needed = Math.max(0, ...labels.map((label) => measure(label)));
    return labels.length ? Math.min(Math.ceil(needed) + 12, most) : 0;
  };
  const output = options.layers.at(-1);
  return [widest(options.inputs, Math.max(48, width * 0.2)), widest(output.titles ?? [], Math.max(SHORT, width * 0.2))];
}

/**
 * Columns (inputs, hidden layers, output) with the centre and size of every unit, in CSS pixels.
 *
 * `options` are the view's, `measure(text)` gives a label's width. Returns {width, height, head, columns, labels, maxEdge};
 * width exceeds the given one where the buttons would not fit (the diagram then scrolls).
 */
export function layout(options, width, height, measure) {
  const counts = [options.inputs.length, ...options.layers.map((layer) => layer.units)];
  const hidden = counts.length - 2;
  const edit = Boolean(options.edit);
  let [before, after] = ends(options, width, measure);
  const room = height - HEAD - 6;
  const inputPitch = room / counts[0];
  const showLabels = inputPitch >= 11;
  if (!showLabels) before = 0;
  const largest = Math.min(64, Math.max(40, height * 0.165));
  const plus = edit && hidden < options.edit.max_layers ? 30 : 0; // "+ layer" stands in the last gap
  const least = (edit ? PITCH : 36) * (hidden + 1) + plus;
  let [margin, span, step] = [8 + largest / 2, 0, 0];
  for (let pass = 0; pass < 3; pass++) {
    span = Math.max(least, width - before - after - 2 * margin);
    step = (span - plus) / (hidden + 1);
    margin = 8 + Math.min(largest, step * 0.5) / 2; // units shrink with the columns, and the margin with the units
  }
  const excess = before + after + 2 * margin + span - width;
  if (excess > 0) after -= Math.min(excess, Math.max(0, after - SHORT));
  const columns = counts.map((count, layer) => {
    const x = before + margin + layer * step + (layer === counts.length - 1 ? plus : 0);
    const pitch = room / count;
    const gap = pitch < 14 ? 1.5 : Math.max(4, pitch * 0.16);
    const size = Math.max(5, Math.min(pitch - gap, step * 0.5, largest));
    const between = Math.min(pitch, size * 1.5 + 4);
    const top = HEAD + room / 2 - (between * (count - 1)) / 2;
    const units = Array.from({ length: count }, (_, unit) => ({ layer, unit, x, y: top + unit * between, size }));
    return { layer, x, size, between, units };
  });
  const edges = counts.slice(1).reduce((sum, count, l) => sum + count * counts[l], 0);
  return {
    width: Math.max(width, before + after + 2 * margin + span),
    height,
    head: HEAD,
    step,
    columns,
    labels: { before, after, show: showLabels },
    // many lines must be thinner, or they become one carpet
    maxEdge: Math.min(7, Math.max(2, 9.2 - 0.64 * Math.log2(Math.max(2, edges)))),
  };
}

/** The end points of the edge from unit `from` of column `layer` to unit `to` of the next one. */
export function edgeEnds(plan, layer, to, from) {
  const a = plan.columns[layer].units[from];
  const b = plan.columns[layer + 1].units[to];
  return { x0: a.x + a.size / 2, y0: a.y, x1: b.x - b.size / 2, y1: b.y };
}
