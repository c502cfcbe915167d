"""Packets of the wire, decoded by the browser, against what Python encoded."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from fake_run import encode

pytestmark = pytest.mark.browser
Module = Callable[..., Any]
BYTES = "Uint8Array.from(atob(a), (c) => c.charCodeAt(0)).buffer"


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def test_packets_come_out_as_they_went_in(module: Module) -> None:
    arrays = {
        "a/weight": np.arange(6, dtype=np.float32).reshape(2, 3) / 7,
        "a/map": np.array([0, 127, 255], np.uint8),
        "a/counts": np.array([[-1, 2]], np.int32),
    }
    message = encode({"type": "reply", "id": 3, "ok": True}) + encode({"type": "frame", "title": "Füße"}, arrays)
    found = module(
        "packets.js",
        f"m.decode({BYTES}).map((p) => [p.header, [...m.arrays(p)].map(([k, v]) => [k, [...v.data], v.shape])])",
        b64(message),
    )
    assert found[0] == [{"type": "reply", "id": 3, "ok": True}, []]
    assert found[1][0]["title"] == "Füße"
    assert [row[0] for row in found[1][1]] == list(arrays)
    for (_, values, shape), array in zip(found[1][1], arrays.values(), strict=True):
        assert shape == list(array.shape)
        np.testing.assert_array_equal(np.array(values, array.dtype).reshape(array.shape), array)


def test_a_message_cut_short_is_refused(module: Module) -> None:
    message = encode({"type": "frame"}, {"a/b": np.zeros(100, np.float32)})
    assert "expected" in module("packets.js", f"m.decode({BYTES})", b64(message[:-16]))
