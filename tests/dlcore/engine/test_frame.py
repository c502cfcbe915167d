import json
import math
import struct

import numpy as np
import pytest

from dlcore.engine.frame import decode, encode, packet


def test_a_packet_has_the_layout_of_the_wire() -> None:
    message = encode({"type": "frame", "metrics": {"loss": 0.5}}, {"v/a": np.array([1, 2, 3], np.uint8)})
    header_length, body_length = struct.unpack_from("<II", message)
    assert header_length % 8 == 0 and body_length == 8 and len(message) == 8 + header_length + body_length
    assert json.loads(message[8 : 8 + header_length])["arrays"] == [["v/a", "uint8", [3], 0]]
    assert message[8 + header_length :] == b"\1\2\3\0\0\0\0\0"


def test_arrays_come_back_aligned_and_with_their_types() -> None:
    arrays = {
        "a": np.arange(5, dtype=np.uint8),
        "b": np.linspace(0, 1, 7).reshape(1, 7),
        "c": np.array([[1, -2]], dtype=np.int64),
        "d": np.zeros((0, 3), np.float32),
        "e": np.asfortranarray(np.arange(6, dtype=np.float32).reshape(2, 3)),
        "f": np.array([1.5, -2.0], dtype=">f4"),  # bytes the other way round
        "g": np.float32(3.0).reshape(()),
    }
    ((header, back),) = decode(encode({"type": "frame"}, arrays))
    assert all(offset % 8 == 0 for _, _, _, offset in header["arrays"])
    assert [dtype for _, dtype, _, _ in header["arrays"]] == ["uint8", "float32", "int32", *["float32"] * 4]
    for name, array in arrays.items():
        np.testing.assert_array_equal(back[name], array.astype(back[name].dtype))


def test_metrics_that_are_no_number_become_null() -> None:
    metrics = {"nan": math.nan, "inf": -math.inf, "one": np.float32(1)}
    ((header, _),) = decode(encode({"type": "frame", "metrics": metrics}, {}))
    assert header["metrics"] == {"nan": None, "inf": None, "one": 1.0}


@pytest.mark.parametrize("array", [np.array([True]), np.array(["x"]), np.array([1j])])
def test_other_arrays_are_refused(array: np.ndarray) -> None:
    with pytest.raises(ValueError, match=r"^v/a: expected an array of uint8, integers or floats; received "):
        encode({"type": "frame"}, {"v/a": array})


def test_an_integer_beyond_32_bits_is_refused() -> None:
    with pytest.raises(ValueError, match="2147483648"):
        encode({"type": "frame"}, {"v/a": np.array([2**31])})


def test_packets_are_put_together_by_concatenation() -> None:
    message = packet({"type": "state", "reason": "größer"}) + encode({"type": "frame"}, {"a": np.ones(3)})
    (state, _), (frame, arrays) = decode(message)
    assert state["reason"] == "größer" and frame["type"] == "frame" and arrays["a"].sum() == 3
    with pytest.raises(ValueError, match="message: expected"):
        decode(message[:-1])
