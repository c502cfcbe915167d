// Activation functions and their derivatives, as PyTorch computes them; each is tested against torch and autograd.

/** The error function, to the last digits of a double: 2/√π e^(−x²) Σ 2ⁿ x^(2n+1) / (2n+1)!! */
export function erf(x) {
  if (Math.abs(x) > 6) return Math.sign(x); // 1 − |erf| < 3e−17
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

const sigmoid = (z) => (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z))); // no overflow on either side
const normal = (z) => (1 + erf(z / Math.SQRT2)) / 2; // Φ, how much of a bell curve lies below z
const bell = (z) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
const LEAK = 0.01;

/** name → its function and its derivative; at a corner (z = 0 of ReLU and leaky ReLU) the slope that PyTorch takes. */
export const FUNCTIONS = {
  sigmoid: { f: sigmoid, slope: (z) => sigmoid(z) * sigmoid(-z) },
  tanh: { f: Math.tanh, slope: (z) => 1 - Math.tanh(z) ** 2 },
  relu: { f: (z) => Math.max(0, z), slope: (z) => (z > 0 ? 1 : 0) },
  leaky_relu: { f: (z) => (z > 0 ? z : LEAK * z), slope: (z) => (z > 0 ? 1 : LEAK) },
  elu: { f: (z) => (z > 0 ? z : Math.expm1(z)), slope: (z) => (z > 0 ? 1 : Math.exp(z)) },
  gelu: { f: (z) => z * normal(z), slope: (z) => normal(z) + z * bell(z) },
  silu: { f: (z) => z * sigmoid(z), slope: (z) => sigmoid(z) * (1 + z * sigmoid(-z)) },
  softplus: { f: (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))), slope: sigmoid },
};

export const FLAT = 0.1; // below it an activation hardly answers

/** Where |slope| < 0.1 between `from` and `to`: [[from, to], …], each end to a millionth. */
export function flatRanges(slope, from, to, parts = 480) {
  const flat = (z) => Math.abs(slope(z)) < FLAT;
  const edge = (a, b) => {
    const inside = flat(a);
    while (b - a > 1e-6) {
      const middle = (a + b) / 2;
      if (flat(middle) === inside) a = middle;
      else b = middle;
    }
    return (a + b) / 2;
  };
  const found = [];
  let begun = flat(from) ? from : null;
  for (let k = 1; k <= parts; k++) {
    const [a, b] = [k - 1, k].map((part) => from + ((to - from) * part) / parts);
    if (flat(a) === flat(b)) continue;
    const at = edge(a, b);
    if (begun === null) begun = at;
    else {
      found.push([begun, at]);
      begun = null;
    }
  }
  return begun === null ? found : [...found, [begun, to]];
}

/** Softmax with temperature: p_i = exp(z_i / T) / Σ_j exp(z_j / T); `weights` are exp((z_i − max) / T). */
export function softmax(scores, temperature = 1) {
  const top = Math.max(...scores);
  const weights = scores.map((score) => Math.exp((score - top) / temperature)); // taking the largest away changes nothing
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return { weights, sum, shares: weights.map((weight) => weight / sum) };
}

/** ∂p_i / ∂z_j = p_i (1{i = j} − p_j) / T, a row for each i. */
export function softmaxSlopes(shares, temperature = 1) {
  return shares.map((p, i) => shares.map((q, j) => (p * ((i === j ? 1 : 0) - q)) / temperature));
}
