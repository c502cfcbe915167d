"""The packets that a viewer receives: a JSON header, then arrays that can be laid on the buffer without copying.

A packet is `uint32 header length, uint32 body length` (little endian), the header (UTF-8, padded with spaces to a
multiple of 8), the body (padded with zeros to a multiple of 8). A message is packets one after the other.
docs/architecture.md, "The wire", lists the types of packets.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Mapping
from typing import Any

import numpy as np

_LENGTHS = struct.Struct("<II")
_ALIGNMENT = 8
_INT32 = np.iinfo(np.int32)
_SENT = {np.dtype(name): name for name in ("uint8", "int32", "float32")}  # asking a dtype for its name takes longer
_TEXT = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def encode(header: Mapping[str, Any], arrays: Mapping[str, np.ndarray]) -> bytes:
    """One packet of a header and named arrays; the header gains `arrays`: [[name, dtype, shape, offset], …].

    Floats become float32 and integers int32 (uint8 stays); a metric that is not finite becomes null.

    Raises: ValueError: an array of another type, or an integer beyond int32.
    """
    chunks: list[bytes] = []
    index: list[list[Any]] = []
    offset = 0
    for name, array in arrays.items():
        if array.dtype not in _SENT:
            array = _as_sent(name, array)
        index.append([name, _SENT[array.dtype], array.shape, offset])
        chunk = _padded(array.tobytes(), b"\0")
        chunks.append(chunk)
        offset += len(chunk)
    return packet({**header, "arrays": index}, b"".join(chunks))


def packet(header: Mapping[str, Any], body: bytes = b"") -> bytes:
    """One packet of a header and a body that is sent as it is."""
    values = dict(header)
    if "metrics" in values:
        values["metrics"] = {name: _finite(value) for name, value in values["metrics"].items()}
    text = _TEXT.encode(values).encode()
    text, body = _padded(text, b" "), _padded(body, b"\0")
    return _LENGTHS.pack(len(text), len(body)) + text + body


def decode(message: bytes) -> list[tuple[dict[str, Any], dict[str, np.ndarray]]]:
    """The packets of a message: each header with its arrays; a `history` packet gives one float64 array "rows".

    Raises: ValueError: the message ends before its last packet does.
    """
    packets, position = [], 0
    while position < len(message):
        if position + _LENGTHS.size > len(message):
            raise ValueError(f"message: expected 8 bytes of lengths; received {len(message) - position}")
        header_length, body_length = _LENGTHS.unpack_from(message, position)
        start = position + _LENGTHS.size + header_length
        position = start + body_length
        if position > len(message):
            raise ValueError(f"message: expected {position} bytes; received {len(message)}")
        header: dict[str, Any] = json.loads(message[start - header_length : start])
        arrays: dict[str, np.ndarray] = {}
        for name, dtype, shape, offset in header.get("arrays", []):
            arrays[name] = np.frombuffer(message, dtype, math.prod(shape), start + offset).reshape(shape)
        if header["type"] == "history":
            columns = len(header["columns"])
            arrays["rows"] = np.frombuffer(message, np.float64, header["rows"] * columns, start).reshape(-1, columns)
        packets.append((header, arrays))
    return packets


def _as_sent(name: str, array: np.ndarray) -> np.ndarray:
    if array.dtype.kind == "f":
        return array.astype(np.float32)
    if array.dtype.kind in "iu":
        if array.size and not (_INT32.min <= array.min() and array.max() <= _INT32.max):
            raise ValueError(f"{name}: expected integers that fit into 32 bits; received up to {array.max()}")
        return array.astype(np.int32)
    raise ValueError(f"{name}: expected an array of uint8, integers or floats; received {array.dtype}")


def _finite(value: float) -> float | None:
    number = float(value)
    return number if math.isfinite(number) else None


def _padded(data: bytes, filler: bytes) -> bytes:
    return data + filler * (-len(data) % _ALIGNMENT)
