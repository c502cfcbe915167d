// One neuron on the plane: its sum, its activations, where its border lies and what dragging does to it. Knows no screen.

const sigmoid = (z) => (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z)));

// `scale`: the outputs at the ends of the colours; `axis`: what the curve shows of it; `code`: the same in PyTorch
export const ACTIVATIONS = {
  step: { title: "Step", f: (z) => (z > 0 ? 1 : 0), formula: "1 if z > 0, else 0", scale: [0, 1], axis: () => [-0.15, 1.15], code: "(z > 0).float()" },
  sigmoid: { title: "Sigmoid", f: sigmoid, formula: "1 / (1 + e⁻ᶻ)", scale: [0, 1], axis: () => [-0.15, 1.15], code: "torch.sigmoid(z)" },
  tanh: { title: "Tanh", f: Math.tanh, formula: "tanh z", scale: [-1, 1], axis: () => [-1.25, 1.25], code: "torch.tanh(z)" },
  relu: { title: "ReLU", f: (z) => Math.max(0, z), formula: "max(0, z)", scale: [-5, 5], axis: (most) => [-0.1 * most, 1.05 * most], code: "torch.relu(z)" },
};

/** z = w1 x1 + w2 x2 + b. */
export function sum({ w1, w2, b }, x1, x2) {
  return w1 * x1 + w2 * x2 + b;
}

/** How many of the points [x1, x2, class] lie on the wrong side: class 1 belongs where z > 0. */
export function mistakes(neuron, points) {
  return points.filter(([x1, x2, label]) => isWrong(neuron, x1, x2, label)).length;
}

/** Whether a point lies on the wrong side. */
export function isWrong(neuron, x1, x2, label) {
  return Number(sum(neuron, x1, x2) > 0) !== label;
}

/** The place of the border that is nearest to (x1, x2), as [x1, x2]; null where w = 0 and there is no border. */
export function foot({ w1, w2, b }, x1, x2) {
  const square = w1 * w1 + w2 * w2;
  if (!square) return null;
  const away = sum({ w1, w2, b }, x1, x2) / square;
  return [x1 - away * w1, x2 - away * w2];
}

/** The bias with which the border goes through (x1, x2). */
export function biasThrough({ w1, w2 }, x1, x2) {
  return 0 - (w1 * x1 + w2 * x2);
}

/** Both ends of the border within ±reach, [[x1, x2], [x1, x2]]; null where it does not cross that square. */
export function ends({ w1, w2, b }, reach) {
  const found = [];
  const add = (x1, x2) => {
    const inside = Math.abs(x1) <= reach + 1e-9 && Math.abs(x2) <= reach + 1e-9;
    if (inside && !found.some(([a, c]) => Math.hypot(a - x1, c - x2) < 1e-6)) found.push([x1, x2]);
  };
  for (const edge of [-reach, reach]) {
    if (w2) add(edge, -(w1 * edge + b) / w2);
    if (w1) add(-(w2 * edge + b) / w1, edge);
  }
  return found.length >= 2 ? [found[0], found[1]] : null;
}

/** The outputs on a grid of `side` × `side` places of the square ±reach, as bytes between the ends of the scale; the first row is the top. */
export function surface(neuron, activation, reach, side) {
  const { f, scale: [low, high] } = ACTIVATIONS[activation];
  const bytes = new Uint8ClampedArray(side * side);
  const place = (k) => -reach + (2 * reach * (k + 0.5)) / side;
  for (let row = 0; row < side; row++) {
    const beside = neuron.b - neuron.w2 * place(row);
    for (let column = 0; column < side; column++) {
      bytes[row * side + column] = (255 * (f(neuron.w1 * place(column) + beside) - low)) / (high - low);
    }
  }
  return bytes;
}

/** The outputs at the corners of `cells` × `cells` squares of the plane ±reach, row after row; the first row is the smallest x2. */
export function heights(neuron, activation, reach, cells) {
  const { f } = ACTIVATIONS[activation];
  const side = cells + 1;
  const place = (k) => (2 * reach * k) / cells - reach;
  return Float64Array.from({ length: side * side }, (_, k) => f(sum(neuron, place(k % side), place(Math.floor(k / side)))));
}

const WIDTHS = [5, 10, 20, 30]; // the half axes of z

/** The half axis over which a |z| is seen. */
export function zWidth(far) {
  return WIDTHS.find((width) => width >= far) ?? WIDTHS.at(-1);
}
