// Which module draws which kind of view: add a kind by adding a row.

const plot = () => import("./plot.js");

const KINDS = {
  network: () => import("./network.js"),
  plane: () => import("./plane.js"),
  descent: () => import("./descent.js"),
  lines: plot,
  landscape: plot,
  curve: plot,
  bars: plot,
  histogram: plot,
  bends: plot,
  surface: plot,
  ranking: plot,
  profile: plot,
  report: plot,
  confusion: () => import("./confusion.js"),
  dropout: () => import("./dropout.js"),
  scene: () => import("./scene.js"),
  maps: () => import("./maps.js"),
  filters: () => import("./filters.js"),
  patches: () => import("./patches.js"),
  mistakes: () => import("./mistakes.js"),
  recall: () => import("./recall.js"),
  table: () => import("./table.js"),
};

const SOLID = new Set(["landscape", "surface"]);

/** Shares of a panel in sight at which a kind may begin to be drawn: of its edge, or of half of it. */
export const SHARES = [0, 0.5];

/**
 * Which of them a kind asks for. The edge of a picture in 3-D shows nothing, and to draw
 * one takes a processor without a graphics card seconds at first, in which nothing else on the page moves.
 */
export function least(kind) {
  return SOLID.has(kind) ? SHARES[1] : SHARES[0];
}

/** The module of a kind. Rejects: nothing draws this kind. */
export async function load(kind) {
  if (!KINDS[kind]) throw new Error(`view kind: expected one of ${Object.keys(KINDS).join(", ")}; received ${kind}`);
  return KINDS[kind]();
}

/**
 * Fetch modules before the description says which are needed: one round trip less to the first picture. `views`: names of
 * those that are seen first, which mostly are their kinds; what is guessed wrong, or not at all, is fetched a little later.
 */
export function warm(views) {
  const kinds = views.map((name) => (name === "output" ? "plane" : name)).filter((name) => KINDS[name]);
  for (const kind of new Set(["curve", ...kinds])) KINDS[kind]().catch(() => {}); // the panel that needs it reports
}
