// The wire: a message is packets one after the other; arrays are laid on its buffer without copying.

const TYPES = { uint8: Uint8Array, int32: Int32Array, float32: Float32Array, float64: Float64Array };
const text = new TextDecoder();

/** ArrayBuffer → [{header, buffer, body: byte offset, size}]. Throws: the message is cut short. */
export function decode(buffer) {
  const lengths = new DataView(buffer);
  const packets = [];
  let at = 0;
  while (at < buffer.byteLength) {
    if (at + 8 > buffer.byteLength) throw new Error(`packet: expected 8 bytes of lengths at byte ${at}; received fewer`);
    const header = lengths.getUint32(at, true);
    const size = lengths.getUint32(at + 4, true);
    const body = at + 8 + header;
    // Header and body are padded to 8 bytes; some encoders count the padding, some do not.
    const start = body + (-body & 7);
    if (start + size > buffer.byteLength) {
      throw new Error(`packet: expected ${start + size} bytes; received ${buffer.byteLength}`);
    }
    packets.push({ header: JSON.parse(text.decode(new Uint8Array(buffer, at + 8, header))), buffer, body: start, size });
    at = start + size + (-(start + size) & 7);
  }
  return packets;
}

/** The arrays of a frame or description: Map name → {data: typed array on the buffer, shape}. */
export function arrays(packet) {
  const found = new Map();
  for (const [name, dtype, shape, offset] of packet.header.arrays ?? []) {
    const Type = TYPES[dtype];
    if (!Type) throw new Error(`${name}: expected one of ${Object.keys(TYPES).join(", ")}; received ${dtype}`);
    const length = shape.reduce((product, n) => product * n, 1);
    found.set(name, { data: new Type(packet.buffer, packet.body + offset, length), shape });
  }
  return found;
}

/** The rows of a history packet, row after row, as one Float64Array. */
export function rows(packet) {
  const { columns, rows: n } = packet.header;
  return new Float64Array(packet.buffer, packet.body, n * columns.length);
}
