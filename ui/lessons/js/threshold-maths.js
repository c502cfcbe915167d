// Threshold units after McCulloch and Pitts (1943), and the propositions that they are to compute. Knows no screen.
//
// A unit is { name, links: [one of NONE, EXCITES, INHIBITS an input], threshold }. Its inputs are x1, x2 and one that is always active;
// those of the last unit of a net of three are the two others and the one that is always active.

export const [NONE, EXCITES, INHIBITS] = [0, 1, -1];
export const LINKS = [NONE, EXCITES, INHIBITS];
export const ROWS = [[0, 0], [0, 1], [1, 0], [1, 1]];
export const THRESHOLDS = [1, 2, 3];

const one = (links, threshold) => [{ name: "y", links, threshold }];

// `solution`: one net that computes it
export const GOALS = {
  and: { title: "x₁ AND x₂", wanted: (x1, x2) => x1 & x2, solution: one([1, 1, 0], 2) },
  or: { title: "x₁ OR x₂", wanted: (x1, x2) => x1 | x2, solution: one([1, 1, 0], 1) },
  not: { title: "NOT x₁", wanted: (x1) => 1 - x1, solution: one([-1, 0, 1], 1) },
  but: { title: "x₁ AND NOT x₂", wanted: (x1, x2) => x1 & (1 - x2), solution: one([1, -1, 0], 1) },
  xor: {
    title: "x₁ XOR x₂",
    wanted: (x1, x2) => x1 ^ x2,
    solution: [{ name: "h₁", links: [1, -1, 0], threshold: 1 }, { name: "h₂", links: [-1, 1, 0], threshold: 1 }, { name: "y", links: [1, 1, 0], threshold: 1 }],
  },
};

/** A net for a goal in which nothing is connected yet. */
export function empty(goal) {
  return GOALS[goal].solution.map(({ name }) => ({ name, links: [NONE, NONE, NONE], threshold: 1 }));
}

/** 1 where no inhibiting input is active and at least `threshold` exciting ones are, else 0. */
export function fires({ links, threshold }, inputs) {
  const active = (kind) => links.filter((link, k) => link === kind && inputs[k]).length;
  return Number(active(INHIBITS) === 0 && active(EXCITES) >= threshold);
}

/** What every unit answers to x1 and x2, the last one last. */
export function answers(net, x1, x2) {
  const first = net.slice(0, Math.max(1, net.length - 1)).map((unit) => fires(unit, [x1, x2, 1]));
  return net.length === 1 ? first : [...first, fires(net.at(-1), [...first, 1])];
}

/** How many rows of the truth table a net gets right. */
export function right(net, goal) {
  return ROWS.filter(([x1, x2]) => answers(net, x1, x2).at(-1) === GOALS[goal].wanted(x1, x2)).length;
}
