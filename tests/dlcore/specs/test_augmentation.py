"""Strengths of augmentation as part of an experiment."""

from __future__ import annotations

import pickle

import pytest

from dlcore.specs.augmentation import AugmentationSpec
from dlcore.specs.layered import Layered
from dlcore.specs.spec import SpecError, is_live, is_live_change

DENSE = [{"kind": "dense", "units": 1}]


def test_all_is_off_until_it_is_asked_for() -> None:
    assert AugmentationSpec().active == ()
    assert AugmentationSpec.parse({"noise": 0.1, "flip": 0.5}).active == ("flip", "noise")  # in the order of the rows


def test_a_strength_may_change_while_a_network_trains() -> None:
    spec = Layered()
    changed = spec.replace({"augmentation.rotate": 15})
    assert changed.augmentation.rotate == 15.0
    assert is_live(spec, "augmentation") and is_live(spec, "augmentation.rotate") and is_live_change(spec, changed)
    assert pickle.loads(pickle.dumps(changed)) == changed  # as it goes to a worker


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"augmentation.rotate": 200}, "augmentation.rotate: .*180.*200"),
        ({"augmentation.noise": -0.1}, "augmentation.noise: .*0.*-0.1"),
        ({"augmentation.melt": 0.1}, "augmentation.melt"),
        ({"augmentation.flip": "often"}, "augmentation.flip: .*often"),
    ],
)
def test_a_wrong_strength_is_refused_with_a_sentence(changes: dict[str, object], said: str) -> None:
    with pytest.raises(SpecError, match=said):
        Layered().replace(changes)


def test_only_images_are_augmented() -> None:
    points = {"data": {"kind": "generated"}, "layers": DENSE, "training.loss": "bce"}
    with pytest.raises(SpecError, match=r"augmentation.rotate: only images .* are .*; expected 0, received 15.0"):
        Layered().replace({**points, "augmentation.rotate": 15})
    spec = Layered().replace({"augmentation.rotate": 15})
    other = spec.replace(spec.adapted({"data": {"kind": "generated"}, "training.loss": "bce"}))
    assert other.augmentation.active == () and other.data.kind == "generated"
    kept = spec.replace(spec.adapted({"data": {"kind": "images", "name": "digits"}}))
    assert kept.augmentation.rotate == 15.0
