// Fewer points for drawing, with every spike kept.

/**
 * Rows to draw of columns that share one x: all if they are at most `limit`, else first, last and each bucket's smallest
 * and largest of every column. Gives sorted row numbers, at most `limit`. NaN is passed over.
 */
export function thin(columns, length, limit = 1000) {
  if (length <= limit) return Uint32Array.from({ length }, (_, i) => i);
  const buckets = Math.max(1, Math.floor((limit - 2) / (2 * Math.max(1, columns.length))));
  const kept = new Set([0, length - 1]);
  for (const column of columns) {
    for (let b = 0; b < buckets; b++) {
      const end = Math.floor(((b + 1) * length) / buckets);
      let low = -1;
      let high = -1;
      for (let i = Math.floor((b * length) / buckets); i < end; i++) {
        const value = column[i];
        if (Number.isNaN(value)) continue;
        if (low < 0 || value < column[low]) low = i;
        if (high < 0 || value > column[high]) high = i;
      }
      if (low >= 0) kept.add(low).add(high);
    }
  }
  return Uint32Array.from(kept).sort();
}

/** The chosen rows of a column. */
export function gather(column, rows) {
  const out = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) out[i] = column[rows[i]];
  return out;
}
