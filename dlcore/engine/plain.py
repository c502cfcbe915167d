"""Answers that may leave a worker: plain values and NumPy arrays; never a tensor, which would bring PyTorch along."""

from __future__ import annotations

import io
import pickle
from typing import Any


class _Pickler(pickle.Pickler):
    def reducer_override(self, obj: Any) -> Any:
        kind = obj if isinstance(obj, type) else type(obj)
        if kind.__module__.partition(".")[0] == "torch":
            raise TypeError(f"ask: expected an answer of plain values and NumPy arrays; received a {kind.__name__}")
        return NotImplemented


def pickle_plain(answer: Any) -> bytes:
    """An answer as bytes. Raises: TypeError: it holds something of PyTorch's."""
    buffer = io.BytesIO()
    _Pickler(buffer, protocol=pickle.HIGHEST_PROTOCOL).dump((True, answer))
    return buffer.getvalue()


def pickle_error(error: Exception) -> bytes:
    """An exception as bytes: as it is where the other side can hold it, else as a RuntimeError that names it."""
    buffer = io.BytesIO()
    try:
        _Pickler(buffer, protocol=pickle.HIGHEST_PROTOCOL).dump((False, error))
        pickle.loads(buffer.getvalue())  # some exceptions go in, but never come out
        return buffer.getvalue()
    except Exception:
        return pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}")))


def unpickle(data: bytes) -> Any:
    """What `pickle_plain` was given; raises what `pickle_error` was given."""
    good, value = pickle.loads(data)
    if good:
        return value
    raise value
