"""Five initializations of a deep network: what the section says of them, measured."""

from __future__ import annotations

import numpy as np
import pytest

from dlcore.labs.race import RaceLab
from ui.lessons.depth_start import RACE, STARTS, layers

BOTH = frozenset({"spread", "backward"})


def signals(lab: RaceLab) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    arrays = lab.frame(BOTH).arrays
    rows = [{title: arrays[f"{view}/{k}"] for k, title in enumerate(STARTS)} for view in ("spread", "backward")]
    return rows[0], rows[1]


def test_before_the_first_update_signals_fade_explode_or_keep_their_size() -> None:
    forward, backward = signals(RaceLab(RACE))
    assert not forward["Zeros"].any() and not backward["Zeros"].any()
    assert forward["Too small"][-1] < 1e-4 * forward["Too small"][0]
    assert backward["Too small"][0] < 1e-4 * backward["Too small"][-1]
    assert forward["Too large"][-1] > 0.7, "tanh is at its ends"
    assert backward["Too large"][0] > 10 * backward["Too large"][-1]
    assert 0.1 < forward["Xavier"][-1] < forward["Xavier"][0] < 1
    assert 0.3 < backward["Xavier"][0] / backward["Xavier"][-1] < 3


@pytest.mark.parametrize("seed", range(3))
def test_with_relu_xavier_sinks_and_he_keeps_its_height(seed: int) -> None:
    forward, _ = signals(RaceLab(RACE.replace({"base.network.layers": layers(8, "relu"), "base.seed": seed})))
    assert forward["Xavier"][-1] < 0.1 * forward["Xavier"][0]
    assert 0.2 < forward["He"][-1] / forward["He"][0] < 5
    assert forward["Too large"][-1] > 100 * forward["Too large"][0]


def test_a_good_start_decides_what_is_learned() -> None:
    lab = RaceLab(RACE)
    while lab.finished() is None:
        lab.step()
    metrics = lab.frame().metrics
    reached = dict(zip(STARTS, (metrics[f"{k}/test_accuracy"] for k in range(5)), strict=True))
    # seeds 0 to 2: zeros 0.53 0.53 0.54, small the same, large 0.65 0.94 0.74, Xavier 0.96 0.98 0.94, He 0.95 0.98 0.92
    assert max(reached["Zeros"], reached["Too small"]) < 0.6
    assert min(reached["Xavier"], reached["He"]) > 0.9
    weights = [p for name, p in lab.runners[0].lab.network.named_parameters() if name != "output.bias"]
    assert not any(parameter.any() for parameter in weights), "from zeros, only the bias of the output learns"
