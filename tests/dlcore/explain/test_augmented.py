"""The preview of augmentation shows what a mini-batch of that image would be."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from datasets.registry import card
from dlcore.explain.augmented import augmented
from dlcore.specs.augmentation import AugmentationSpec
from dlcore.specs.spec import SpecError
from dlcore.training.augment import augment

IMAGE = card("digits").load().inputs[7]


def test_is_what_a_batch_of_that_image_would_be() -> None:
    strengths = {"rotate": 30, "noise": 0.1}
    got = augmented(image=IMAGE, strengths=strengths, count=5, seed=3)
    torch.manual_seed(3)
    expected = augment(torch.from_numpy(np.repeat(IMAGE[None], 5, axis=0)), AugmentationSpec.parse(strengths))
    np.testing.assert_array_equal(got, expected.numpy())
    assert len({image.tobytes() for image in got}) == 5
    assert not np.array_equal(got, augmented(image=IMAGE, strengths=strengths, count=5, seed=4))


def test_leaves_the_generator_of_runs_alone() -> None:
    before = torch.get_rng_state()
    augmented(image=IMAGE, strengths={"noise": 0.1}, count=2, seed=0)
    assert torch.equal(torch.get_rng_state(), before)


def test_without_strengths_nothing_changes_and_a_wrong_one_is_refused() -> None:
    np.testing.assert_array_equal(
        augmented(image=IMAGE, strengths={}, count=3, seed=0), np.repeat(IMAGE[None], 3, axis=0)
    )
    with pytest.raises(SpecError, match="rotate"):
        augmented(image=IMAGE, strengths={"rotate": 720}, count=3, seed=0)
