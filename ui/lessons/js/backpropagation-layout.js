// Where everything of a traced network stands: columns of inputs, units and the loss, and what is written on the edges.

const INPUT = 80, CELL = 82, LOSS = 104; // pixels
const UNIT = 96, PITCH = 108; // height of a unit's box, and from one to the next
const PLAIN = 42, NEAR = 56; // the same of an input
const LEAST = 96, MOST = 190; // between two columns
const FEW = 3; // edges that do not cross, all with their numbers written on them

/** Boxes by name {left, top, width, height} of inputs, units (`box/l/j`) and the loss; edges; and the whole size. */
export function layout({ layers }, inputs, width) {
  const columns = [
    { count: inputs, width: INPUT, high: PLAIN, pitch: NEAR, name: (i) => `input/${i}` },
    ...layers.map(({ units, alone }, l) => ({ count: units, width: alone ? 1.7 * CELL : 2 * CELL, high: UNIT, pitch: PITCH, name: (j) => `box/${l}/${j}` })),
    { count: 1, width: LOSS, high: UNIT, pitch: PITCH, name: () => "loss" },
  ];
  const taken = columns.reduce((sum, column) => sum + column.width, 0);
  const gap = Math.min(MOST, Math.max(LEAST, (width - taken - 4) / (columns.length - 1)));
  const height = Math.max(210, ...columns.map(({ count, pitch }) => count * pitch));
  const boxes = new Map();
  let left = 2;
  for (const column of columns) {
    const spread = column.count > 1 ? Math.min(2.2 * column.pitch, Math.max(column.pitch, (height - column.high) / column.count)) : 0;
    column.left = left;
    for (let i = 0; i < column.count; i++) {
      const middle = height / 2 + (i - (column.count - 1) / 2) * spread;
      boxes.set(column.name(i), { left, top: middle - column.high / 2, width: column.width, height: column.high });
    }
    left += column.width + gap;
  }
  return { boxes, edges: edges(layers, inputs, boxes), width: left - gap + 2, height };
}

/** Every weight's way from box to box, and where its number may be written. */
function edges(layers, inputs, boxes) {
  const made = [];
  let before = Array.from({ length: inputs }, (_, i) => `input/${i}`);
  layers.forEach(({ units }, l) => {
    const few = Math.min(before.length, units) === 1 && before.length * units <= FEW;
    for (let j = 0; j < units; j++) {
      before.forEach((source, i) => {
        const [from, to] = [boxes.get(source), boxes.get(`box/${l}/${j}`)];
        const line = { x0: from.left + from.width, y0: from.top + from.height / 2, x1: to.left, y1: to.top + to.height / 2 };
        made.push({ name: `weight/${l}/${j}/${i}`, source, layer: l, unit: j, few, line, at: at(line, 0.5), in: at(line, 0.42), out: at(line, 0.58) });
      });
    }
    before = Array.from({ length: units }, (_, j) => `box/${l}/${j}`);
  });
  const loss = boxes.get("loss");
  before.forEach((source, k) => {
    const from = boxes.get(source);
    made.push({ name: `output/${k}`, source, few: false, line: { x0: from.left + from.width, y0: from.top + from.height / 2, x1: loss.left, y1: loss.top + loss.height / 2 } });
  });
  return made;
}

function at({ x0, y0, x1, y1 }, t) {
  return { x: x0 + (x1 - x0) * t, y: y0 + (y1 - y0) * t };
}
