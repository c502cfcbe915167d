"""The augmentation part of an exported program; that it gives the lab's numbers is tested with the whole program."""

from __future__ import annotations

import pytest
import torch

from dlcore.export.augmentation import augmentation_code, augmentation_imports
from dlcore.specs.augmentation import AugmentationSpec
from dlcore.training.augment import augment
from dlcore.training.augmentations import AUGMENTATIONS, Augmentation


@pytest.mark.parametrize("row", AUGMENTATIONS, ids=lambda row: row.name)
def test_the_text_of_each_alone_does_the_same(row: Augmentation) -> None:
    strengths = AugmentationSpec.parse({row.name: row.usual})
    code = "\n".join(["import torch", *augmentation_imports(strengths), augmentation_code(strengths)])
    names: dict[str, object] = {}
    exec(compile(code, "program", "exec"), names)
    images = torch.rand(6, 3, 8, 9)
    torch.manual_seed(1)
    expected = augment(images, strengths)
    torch.manual_seed(1)
    assert torch.equal(names["augment"](images), expected)  # type: ignore[operator]  # the function in the text
    assert ("read_at" in names) is (row.kind == "place")


def test_nothing_to_do_is_no_program() -> None:
    with pytest.raises(ValueError, match="expected a strength above 0"):
        augmentation_code(AugmentationSpec())
