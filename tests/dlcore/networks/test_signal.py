import pytest

from dlcore.networks.signal import Signal


@pytest.mark.parametrize(
    ("signal", "size", "axes", "text"),
    [
        (Signal(shape=(400,)), 400, (), "400 values in a row"),
        (Signal(shape=(1,)), 1, (), "1 value"),
        (Signal(shape=(3, 128)), 384, (128,), "3 × 128 (channels × length)"),
        (Signal(shape=(1, 28, 14)), 392, (28, 14), "1 × 28 × 14 (channels × height × width)"),
        (Signal(shape=(48,), tokens=96), 48, (), "48 tokens"),
    ],
)
def test_a_signal_tells_its_layout(signal: Signal, size: int, axes: tuple[int, ...], text: str) -> None:
    assert (signal.size, signal.axes, str(signal)) == (size, axes, text)


@pytest.mark.parametrize("shape", [(), (0,), (3, -1), (1, 2, 3, 4)])
def test_impossible_shapes_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"^shape: expected one to three sizes of at least 1; received \("):
        Signal(shape=shape)


def test_tokens_stand_in_one_row() -> None:
    with pytest.raises(ValueError, match=r"^tokens: expected a number of tokens in one row"):
        Signal(shape=(3, 4), tokens=5)
