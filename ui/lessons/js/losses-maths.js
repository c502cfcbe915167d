// Losses of one prediction, and their derivatives. Every row is held against torch in tests/live/test_losses_maths.py.

export const sigmoid = (z) => (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z)));
export const softplus = (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));

/** Of a number a with the right answer y: `f(a, y)`, and `d(a, y)`, the derivative with respect to a. */
export const OF_NUMBERS = [
  { name: "mse", title: "Squared error", colour: "variant:0", code: "mse_loss", f: (a, y) => (a - y) ** 2, d: (a, y) => 2 * (a - y) },
  { name: "mae", title: "Absolute error", colour: "variant:1", code: "l1_loss", f: (a, y) => Math.abs(a - y), d: (a, y) => Math.sign(a - y) },
  { name: "huber", title: "Huber", colour: "variant:2", code: "huber_loss", f: (a, y) => huber(a - y), d: (a, y) => Math.max(-1, Math.min(1, a - y)) },
];

/** e²/2 up to |e| = 1, then the straight line |e| − 1/2. */
function huber(e) {
  return Math.abs(e) <= 1 ? (e * e) / 2 : Math.abs(e) - 0.5;
}

/** Of a score z where the right class is 1 and p = σ(z): loss and derivative over z, and over p. */
export const OF_SCORES = [
  {
    name: "bce", title: "Binary cross-entropy", colour: "variant:2", code: "F.binary_cross_entropy_with_logits(z, y)",
    f: (z) => softplus(-z), d: (z) => -sigmoid(-z), ofP: (p) => -Math.log(p), dOfP: (p) => -1 / p,
  },
  {
    name: "squared", title: "Squared error of p", colour: "variant:1", code: "F.mse_loss(torch.sigmoid(z), y)",
    f: (z) => sigmoid(-z) ** 2, d: (z) => -2 * sigmoid(-z) ** 2 * sigmoid(z), ofP: (p) => (1 - p) ** 2, dOfP: (p) => -2 * (1 - p),
  },
];

/** Scores → probabilities that add up to 1. */
export function softmax(scores) {
  const most = Math.max(...scores);
  const powers = scores.map((z) => Math.exp(z - most));
  const all = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / all);
}

/** −ln of the right class's probability, from scores: ln Σ eᶻ − z_right, which stays finite where p is 0 to the last digit. */
export function crossEntropy(scores, right) {
  const most = Math.max(...scores);
  return most + Math.log(scores.reduce((sum, z) => sum + Math.exp(z - most), 0)) - scores[right];
}

/** Its derivative with respect to each score: p − 1 for the right class, p for the others. */
export function crossEntropySlopes(scores, right) {
  return softmax(scores).map((p, k) => p - (k === right ? 1 : 0));
}
