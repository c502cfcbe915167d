// Canvases that lie over one another and fill a field: as many pixels as the screen has, anew when the field's size changes.

import { square } from "./plane-axes.js";

/** Fit canvases to a field: the square for `range` in it and the pixels a css pixel; null while the field has no size. */
export function fit(field, canvases, range) {
  const { clientWidth: width, clientHeight: height } = field;
  if (!width || !height) return null;
  const ratio = window.devicePixelRatio || 1;
  for (const canvas of canvases) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  return { box: square(width, height, range), ratio };
}

/** Whether what `fit` gave is still right. */
export function fits(field, box, ratio) {
  return box?.width === field.clientWidth && box?.height === field.clientHeight && ratio === (window.devicePixelRatio || 1);
}
