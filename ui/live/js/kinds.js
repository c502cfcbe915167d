// Which module draws which kind of view: add a kind by adding a row.

const plot = () => import("./plot.js");

const KINDS = {
  network: () => import("./network.js"),
  plane: () => import("./plane.js"),
  curve: plot,
  bars: plot,
  histogram: plot,
  surface: plot,
  ranking: plot,
  report: plot,
  confusion: () => import("./confusion.js"),
  scene: () => import("./scene.js"),
  maps: () => import("./maps.js"),
  filters: () => import("./filters.js"),
  patches: () => import("./patches.js"),
  mistakes: () => import("./mistakes.js"),
  recall: () => import("./recall.js"),
};

/** The module of a kind. Rejects: nothing draws this kind. */
export async function load(kind) {
  if (!KINDS[kind]) throw new Error(`view kind: expected one of ${Object.keys(KINDS).join(", ")}; received ${kind}`);
  return KINDS[kind]();
}

/** Fetch the modules before the description says which are needed: one round trip less to the first picture. */
export function warm() {
  for (const fetch of new Set(Object.values(KINDS))) fetch().catch(() => {}); // the panel that needs it reports
}
