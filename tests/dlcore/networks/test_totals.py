import pytest

from dlcore.networks.shapes import Walk, walk
from dlcore.networks.signal import Signal
from dlcore.networks.totals import require_within_limits, totals
from dlcore.specs import limits
from dlcore.specs.layers import StackSpec


def walked(*layers: dict[str, object], shape: tuple[int, ...] = (1, 28, 28)) -> Walk:
    return walk(StackSpec.parse({"layers": list(layers)}).layers, Signal(shape=shape))


def test_shares_of_the_limits() -> None:
    found = {total.name: total for total in totals(walked({"kind": "flatten"}, {"kind": "dense", "units": 10}))}
    assert found["parameters"].value == 7850
    assert found["parameters"].share == 7850 / limits.PARAMETERS
    assert found["multiply_adds"].value == 7840
    assert found["memory"].value == 40


def test_what_is_within_limits_passes() -> None:
    require_within_limits(walked({"kind": "conv2d"}))


@pytest.mark.parametrize(
    ("layers", "text"),
    [
        (
            [{"kind": "flatten"}, *[{"kind": "dense", "units": 2048}] * 2],
            "5,804,032 parameters, and 5,000,000 are allowed; layer 3 alone has 4,196,352. Try fewer units",
        ),
        (
            [{"kind": "conv2d", "channels": 512}, {"kind": "conv2d", "channels": 512}],
            "multiply-adds a sample, and 500,000,000 are allowed; layer 2 alone",
        ),
        (
            [{"kind": "upsample", "factor": 4}, {"kind": "conv2d", "channels": 60}, *[{"kind": "dropout"}] * 22],
            "bytes of activations a sample, and 64,000,000",
        ),
    ],
)
def test_what_is_over_a_limit_is_refused_with_what_to_change(layers: list[dict[str, object]], text: str) -> None:
    with pytest.raises(ValueError) as refusal:
        require_within_limits(walked(*layers))
    assert text in str(refusal.value)
