// The metrics of a run so far, as columns that grow in place.

export class History {
  constructor() {
    this.clear();
  }

  /** Forget everything (another run, a rebuild). */
  clear() {
    this.length = 0;
    this.version = null;
    this.table = new Map();
  }

  /** Column names in the order of arrival. */
  get names() {
    return [...this.table.keys()];
  }

  /** A column as a Float64Array of `length` numbers, NaN where a metric was missing; undefined if there is none. */
  column(name) {
    return this.table.get(name)?.subarray(0, this.length);
  }

  /** The last finite number of a column, at a step or before it, or undefined. */
  last(name, step = Infinity) {
    const values = this.table.get(name);
    const steps = this.table.get("step");
    for (let i = this.length - 1; values && i >= 0; i--) if (Number.isFinite(values[i]) && !(steps?.[i] > step)) return values[i];
    return undefined;
  }

  /** A column's number at a step, be it infinite or NaN; undefined where there is no such row. */
  at(name, step) {
    const row = this.column("step")?.lastIndexOf(step) ?? -1;
    return row < 0 ? undefined : this.table.get(name)?.[row];
  }

  /** Cut the table at row `start` and append rows (row after row). Throws: rows are missing in between. */
  receive({ version, start, columns, rows }, values) {
    if (start > this.length) throw new Error(`history: expected rows from ${this.length} or before; received ${start}`);
    this.version = version;
    this.length = start;
    for (const name of columns) this.reserve(name, start + rows);
    for (const [name, column] of this.table) {
      const at = columns.indexOf(name);
      for (let row = 0; row < rows; row++) column[start + row] = at < 0 ? NaN : values[row * columns.length + at];
    }
    this.length = start + rows;
  }

  /** Make room for `rows` rows of a column; capacity doubles so that appending stays cheap. */
  reserve(name, rows) {
    for (const key of new Set([...this.table.keys(), name])) {
      const old = this.table.get(key);
      if (old && old.length >= rows) continue;
      const grown = new Float64Array(Math.max(256, rows, 2 * (old?.length ?? 0))).fill(NaN);
      if (old) grown.set(old.subarray(0, this.length));
      this.table.set(key, grown);
    }
  }
}
