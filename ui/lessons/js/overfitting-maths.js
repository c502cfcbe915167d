// Fitting polynomials by least squares: points of a known curve with noise, orthogonal polynomials, errors of every degree at once.

export const DEGREES = 14; // the largest degree
export const truth = (x) => Math.sin(Math.PI * x);

/** A generator of even numbers from 0 to 1 (mulberry32): the same seed gives the same numbers. */
export function evenNumbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A normal number with mean 0 and spread 1, of two even ones (Box and Muller 1958). */
export function normal(even) {
  return Math.sqrt(-2 * Math.log(1 - even())) * Math.cos(2 * Math.PI * even());
}

/** n points of the curve between -1 and 1, one in each of n equal parts; noise with standard deviation `noise`. */
export function sample(n, noise, even) {
  const xs = Array.from({ length: n }, (_, i) => -1 + (2 * (i + even())) / n);
  return { xs, ys: xs.map((x) => truth(x) + noise * normal(even)) };
}

/** P_0(x) … P_degree(x), Legendre's polynomials: (k + 1) P_{k+1} = (2k + 1) x P_k − k P_{k−1}. */
export function legendre(x, degree) {
  const values = [1, x];
  for (let k = 1; k < degree; k++) values.push(((2 * k + 1) * x * values[k] - k * values[k - 1]) / (k + 1));
  return values.slice(0, degree + 1);
}

/** How many degrees n points allow: as many coefficients as points fit them all exactly. */
export const highest = (n) => Math.min(DEGREES, n - 1);

/**
 * Least squares for every degree up to `degree` at once. The columns of the design, Legendre's polynomials at the points,
 * are made orthonormal (Gram and Schmidt, twice), so a smaller degree is the same sum cut short.
 */
export function fitAll({ xs, ys }, degree) {
  const n = xs.length;
  const rows = xs.map((x) => legendre(x, degree));
  const columns = []; // orthonormal
  const R = []; // column k of the design = sum over j of R[k][j] · columns[j]
  for (let k = 0; k <= degree; k++) {
    const v = Float64Array.from(rows, (row) => row[k]);
    const r = new Float64Array(k + 1);
    for (let again = 0; again < 2; again++) {
      for (let j = 0; j < k; j++) {
        const q = columns[j];
        let dot = 0;
        for (let i = 0; i < n; i++) dot += q[i] * v[i];
        for (let i = 0; i < n; i++) v[i] -= dot * q[i];
        r[j] += dot;
      }
    }
    let square = 0;
    for (let i = 0; i < n; i++) square += v[i] * v[i];
    r[k] = Math.sqrt(square);
    for (let i = 0; i < n; i++) v[i] /= r[k];
    columns.push(v);
    R.push(r);
  }
  const shares = columns.map((q) => q.reduce((sum, value, i) => sum + value * ys[i], 0)); // of y along each column
  return { R, shares };
}

/** The values of the fits of all degrees at one place whose Legendre polynomials are `basis`. */
export function valuesAt({ R, shares }, basis) {
  const q = new Float64Array(shares.length); // the orthonormal polynomials there
  const values = new Float64Array(shares.length);
  let sum = 0;
  for (let k = 0; k < shares.length; k++) {
    const r = R[k];
    let rest = basis[k];
    for (let j = 0; j < k; j++) rest -= r[j] * q[j];
    q[k] = rest / r[k];
    sum += shares[k] * q[k];
    values[k] = sum;
  }
  return values;
}

/** The mean squared error of the fit of every degree on points. */
export function errorsOn(fit, { xs, ys }) {
  const sums = new Float64Array(fit.shares.length);
  xs.forEach((x, i) => {
    const values = valuesAt(fit, legendre(x, sums.length - 1));
    for (let d = 0; d < sums.length; d++) sums[d] += (values[d] - ys[i]) ** 2;
  });
  return Array.from(sums, (sum) => sum / xs.length);
}

/**
 * What `fits` different samples of n points make of each degree, on average: bias² and variance on an even grid, noise,
 * and the error that was measured on fresh noisy points, of which each fit has as many as the grid has places.
 * Gives `rows`, one a degree, `grid`, and `curves[degree][fit]`, the values on the grid.
 */
export function decompose({ n, noise, fits, seed, degree = highest(n), places = 60 }) {
  const even = evenNumbers(seed);
  const grid = Array.from({ length: places }, (_, m) => -1 + (2 * (m + 0.5)) / places);
  const bases = grid.map((x) => legendre(x, degree));
  const curves = Array.from({ length: degree + 1 }, () => Array.from({ length: fits }, () => new Float64Array(places)));
  const measured = Array.from({ length: degree + 1 }, () => new Float64Array(fits)); // the error of each fit on its fresh points
  for (let fit = 0; fit < fits; fit++) {
    const found = fitAll(sample(n, noise, even), degree);
    for (let m = 0; m < places; m++) {
      const values = valuesAt(found, bases[m]);
      for (let d = 0; d <= degree; d++) curves[d][fit][m] = values[d];
    }
    errorsOn(found, sample(places, noise, even)).forEach((error, d) => (measured[d][fit] = error));
  }
  const rows = curves.map((of, d) => {
    const mean = new Float64Array(places);
    for (const values of of) for (let m = 0; m < places; m++) mean[m] += values[m] / fits;
    let variance = 0;
    for (const values of of) for (let m = 0; m < places; m++) variance += (values[m] - mean[m]) ** 2 / (fits * places);
    const bias = average(mean.map((value, m) => (value - truth(grid[m])) ** 2));
    const error = average(measured[d]);
    const spread = Math.sqrt(average(measured[d].map((value) => (value - error) ** 2)) / (fits - 1)); // of that mean
    return { degree: d, bias, variance, noise: noise ** 2, sum: bias + variance + noise ** 2, measured: error, spread, mean };
  });
  return { grid, curves, rows };
}

export function average(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
