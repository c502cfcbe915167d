// Numbers as pixels: values to bytes and back, and small pictures enlarged to whole pixels without blur.

/** The largest |value|; 0 where there is none. */
export function largest(values) {
  let most = 0;
  for (const value of values) if (Math.abs(value) > most) most = Math.abs(value);
  return most;
}

/** round(127.5 + 127.5 · value / scale) of each value, as the wire does it; `into` is filled and given back. */
export function toBytes(values, scale, into = new Uint8Array(values.length)) {
  const factor = scale > 0 ? 127.5 / scale : 0;
  for (let i = 0; i < values.length; i++) into[i] = Math.round(127.5 + factor * values[i]);
  return into;
}

/** The value that a byte stands for, right to scale / 255. */
export function fromByte(byte, scale) {
  return ((byte - 127.5) / 127.5) * scale;
}

/** 256 grey pixels (little-endian RGBA) from black to white, for pictures as the eye knows them. */
export const GREY = Uint32Array.from({ length: 256 }, (_, v) => ((255 << 24) | (v << 16) | (v << 8) | v) >>> 0);

/**
 * Write one picture, `bytes` (rows × columns, from index `from`), into `pixels` (an image `width` wide) at (left, top);
 * every byte becomes high × wide pixels of the colour that `table` gives it.
 */
export function enlarge(pixels, width, left, top, bytes, from, rows, columns, [high, wide], table) {
  for (let row = 0; row < rows; row++) {
    const start = (top + row * high) * width + left;
    let at = start;
    let read = from + row * columns;
    for (let column = 0; column < columns; column++) {
      const colour = table[bytes[read++]];
      for (let i = 0; i < wide; i++) pixels[at++] = colour;
    }
    for (let i = 1; i < high; i++) pixels.copyWithin(start + i * width, start, start + columns * wide);
  }
}
