// A share link may hide controls, also those that stand in pictures: a view then offers less and shows the same.

/** The view without what is hidden: "layers" to add and remove, "weights" to set by hand, "points" to draw. */
export function locked(view, hidden = []) {
  const options = { ...view.options };
  if (hidden.includes("layers")) options.edit = null;
  if (hidden.includes("weights")) options.fixed = true;
  if (hidden.includes("points")) options.draw = false;
  return { ...view, options };
}
