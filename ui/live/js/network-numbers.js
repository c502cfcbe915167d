// The present numbers of the diagram: weights, biases and their gradients out of a frame's arrays.

/** Reads the arrays of one network view; frames come and go, the newest one counts. */
export class Numbers {
  constructor(view) {
    this.prefix = `${view.name}/`;
    this.layers = view.options.layers.length;
    this.frame = null;
    this.constants = new Map();
  }

  /** An array of the present frame, else a constant, else null. */
  array(name) {
    const key = this.prefix + name;
    return this.frame?.arrays.get(key) ?? this.constants.get(key) ?? null;
  }

  /** All weight matrices, or null until the first frame is there. */
  weights() {
    const found = Array.from({ length: this.layers }, (_, layer) => this.array(`weight/${layer}`));
    return found.every(Boolean) ? found : null;
  }

  /** One number of `weight`, `weight_gradient` (index [to, from]), `bias` or `bias_gradient` (index [unit]); else NaN. */
  value(name, layer, index) {
    const array = this.array(`${name}/${layer}`);
    if (!array) return NaN;
    return array.data[index.length === 2 ? index[0] * array.shape[1] + index[1] : index[0]] ?? NaN;
  }

  /** The weights into one unit, `layer` counted from 1. */
  into(layer, unit) {
    const array = this.array(`weight/${layer - 1}`);
    return array ? array.data.subarray(unit * array.shape[1], (unit + 1) * array.shape[1]) : new Float32Array(0);
  }
}
