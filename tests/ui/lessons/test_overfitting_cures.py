"""The cures: every switch changes what it says, links keep them, and what the section says of L1 and stopping holds."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from dlcore.labs.registry import make_lab
from dlcore.training.regularizers import weights
from ui.lessons.overfitting_cures import CURES, FEW, MORE, Cure, _chosen, _suits, _switched, race
from ui.lessons.overfitting_sizes import TEST

# Test losses at the end, data and weights of seeds 0 and 1: no cure 1.97 1.25; more 0.52 0.39; early 0.58 0.76;
# l2 0.72 0.63; l1 1.00 0.70; zeros 0.99 0.70; dropout 1.21 0.68; norm 0.47 0.56; smooth 0.50 0.70.
# Of the weights exactly 0: l1 none, zeros 0.74 0.89; below 0.001: l1 0.72 0.85.


@pytest.mark.parametrize("cure", CURES, ids=lambda cure: cure.name)
def test_a_switch_is_read_back_and_makes_an_experiment(cure: Cure) -> None:
    spec = race((cure.name,))
    assert _chosen(spec) == (cure.name,) and _suits(spec)
    off = spec.replace(_switched(cure.name, spec, False))
    assert _chosen(off) == () and off.members[0] == off.members[1]
    assert _chosen(off.replace(_switched(cure.name, off, True))) == (cure.name,)


@pytest.mark.parametrize("seed", [0, 1])
def test_more_data_adds_to_the_few_and_both_are_tested_on_the_same_points(seed: int) -> None:
    lab: Any = make_lab(race(("more",)).replace({"base.data.seed": seed}))
    few, more = (runner.lab for runner in lab.runners)
    assert torch.equal(few.x_test, more.x_test) and torch.equal(few.y_test, more.y_test) and len(few.x_test) == TEST
    assert len(few.x_train) == FEW and abs(len(more.x_train) - MORE) <= 1
    assert torch.equal(few.x_train, more.x_train[:FEW]) and torch.equal(few.y_train, more.y_train[:FEW])


def test_of_the_two_kinds_of_l1_one_is_on() -> None:
    spec = race(("l1", "dropout"))
    assert _chosen(spec.replace(_switched("zeros", spec, True))) == ("zeros", "dropout")
    back = race(("zeros",))
    assert _chosen(back.replace(_switched("l1", back, True))) == ("l1",)


def test_the_masks_shown_are_those_of_the_last_update() -> None:
    for chosen in (("dropout",), ("dropout", "norm")):  # the fast path, and the textbook's
        lab: Any = make_lab(race(chosen))
        lab.step()
        arrays = lab.frame(frozenset({"dropout_1"})).arrays
        masks = [arrays[f"dropout_1/mask/{layer}"] for layer in (0, 1)]
        assert [mask.shape for mask in masks] == [(10, 16), (10, 16)]
        member = lab.runners[1].lab
        for mask, seen in zip(masks, member.trainer.masks, strict=True):
            torch.testing.assert_close(seen, torch.from_numpy(mask) / 0.6)
        assert 0.2 < 1 - torch.cat([mask.flatten() for mask in map(torch.from_numpy, masks)]).float().mean() < 0.6
        assert "dropout_0/mask/0" not in lab.frame(frozenset({"dropout_0"})).arrays


@pytest.mark.slow
def test_l1_gives_zeros_by_its_own_step_alone_and_early_stopping_keeps_the_best() -> None:
    lab: Any
    share = {}
    for name in ("l1", "zeros"):
        lab = make_lab(race((name,)).replace({"base.training.epochs": 120}))
        while lab.finished() is None:
            lab.step()
        share[name] = lab.frame(frozenset({"zeros"})).metrics["1/zero"]
        values = torch.cat([weight.detach().flatten() for weight in weights(lab.runners[1].lab.network)])
        assert share[name] == pytest.approx((values == 0).float().mean().item())
    assert share["l1"] == 0 and share["zeros"] > 0.5
    lab = make_lab(race(("early",)).replace({"base.training.epochs": 120}))
    while lab.finished() is None:
        lab.step()
    metrics = lab.frame().metrics
    assert (
        metrics["1/kept_loss"] == pytest.approx(metrics["1/test_loss"])
        and metrics["1/test_loss"] < metrics["0/test_loss"]
    )
    assert "“Cured”: Early stopping: the test loss has not fallen for 30 epochs" in (lab.finished() or "")
