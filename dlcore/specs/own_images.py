"""Pictures that a learner uploaded, as a value: which upload, which classes, how large."""

from __future__ import annotations

from typing import Literal

import numpy as np
from pydantic import Field, model_validator

from datasets.dataset import Card, Dataset
from datasets.upload.folder import read_upload_images
from dlcore.specs import limits
from dlcore.specs.own_table import Name, UploadId
from dlcore.specs.sampling import Fold, Folds, Seed, Shape, Task, TestShare, require_fold
from dlcore.specs.spec import Spec

SIDES = (16, 20, 28, 32, 48, 64)  # sizes to which pictures are resized


class OwnImages(Spec):
    """A learner's own pictures. All that is known of them stands here; whoever trains checks that the upload agrees."""

    kind: Literal["own_images"] = "own_images"
    upload: UploadId
    title: Name
    pictures: int = Field(ge=4, le=limits.PICTURES)
    classes: tuple[Name, ...] = Field(min_length=2, max_length=limits.TABLE_CATEGORIES)
    colour: Literal["grey", "rgb"] = "grey"
    side: int = 28  # pixels
    test_share: TestShare = 0.2
    folds: Folds = None
    fold: Fold = 0
    seed: Seed = 0

    @model_validator(mode="after")
    def _agrees(self) -> OwnImages:
        require_fold(self.folds, self.fold)
        if self.side not in SIDES:
            raise ValueError(f"side: expected one of {', '.join(map(str, SIDES))}; received {self.side}")
        if len(set(self.classes)) != len(self.classes):
            raise ValueError("classes: expected each class once")
        return self

    @property
    def task(self) -> Task:
        """What is to be learned."""
        return "binary" if len(self.classes) == 2 else "multiclass"

    @property
    def shape(self) -> Shape:
        """Channels, height and width of a picture."""
        return (1 if self.colour == "grey" else 3, self.side, self.side)

    @property
    def count(self) -> int:
        """How many pictures there are, for training and testing together."""
        return self.pictures

    @property
    def card(self) -> Card:
        """A card like those of the shipped sets."""
        return Card(
            name=self.title,
            title=self.title,
            kind="images",
            summary="Your own pictures. They stay with you: nobody else can open them.",
            features=(),
            target="class",
            load=self.load,
            classes=self.classes,
            samples=self.pictures,
            shape=self.shape,
            source="Your own files.",
        )

    def load(self) -> Dataset:
        """All pictures, float32 from 0 (black) to 1 (white), in the order of class and name.

        Raises: ValueError: the upload is not here (any more), or does not agree with this spec.
        """
        images = read_upload_images(self.upload)
        if images.classes != self.classes or images.pictures.shape != (self.pictures, *self.shape):
            raise ValueError("data: these pictures are not the ones that were uploaded; choose them again")
        return Dataset(
            inputs=images.pictures.astype(np.float32) / np.float32(255),
            targets=images.labels,
            features=(),
            target="class",
            classes=self.classes,
        )
