"""What a learner asks for in data: which set, how much, how noisy, which part is kept for testing."""

from __future__ import annotations

import reprlib
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from datasets.dataset import Card
from datasets.registry import DATASETS, card
from dlcore.specs import limits
from dlcore.specs.spec import Spec, live

Task = Literal["regression", "binary", "multiclass"]
Seed = Annotated[int, Field(ge=0, le=limits.SEED)]
TestShare = Annotated[float, Field(ge=0.1, le=0.9)]
MADE_IMAGES = 2_000  # where a made set does not say how many
IMAGES_TEST_SHARE = 0.2


class GeneratedData(Spec):
    """A made data set on the plane, both coordinates between -6 and 6."""

    kind: Literal["generated"] = "generated"
    name: str = "circle"
    samples: int = Field(500, ge=20, le=limits.SAMPLES)
    noise: float = Field(0.0, ge=0.0, le=0.5)  # 0 none … 0.5 hardly recognisable
    test_share: TestShare = 0.5
    seed: Seed = 0

    @field_validator("name")
    @classmethod
    def _known(cls, name: str) -> str:
        return _of_kind(name, "generated")

    @property
    def card(self) -> Card:
        """The card of this data set."""
        return card(self.name)

    @property
    def task(self) -> Task:
        """What is to be learned."""
        return self.card.task


class TableData(Spec):
    """A real data set that an installed package ships."""

    kind: Literal["table"] = "table"
    name: str = "penguins"
    features: tuple[str, ...] = ()  # the inputs to learn from; empty means all
    axes: tuple[str, str] | None = live(None)  # the two features that plots show; None means the first two inputs
    scaling: Literal["standard", "minmax", "none"] = "standard"
    test_share: TestShare = 0.3
    seed: Seed = 0

    @field_validator("name")
    @classmethod
    def _known(cls, name: str) -> str:
        return _of_kind(name, "table")

    @model_validator(mode="after")
    def _features_exist(self) -> TableData:
        for name in self.features:
            if name not in self.card.features:
                raise ValueError(
                    f"features: expected some of {', '.join(self.card.features)}; received {reprlib.repr(name)}"
                )
        if len(set(self.features)) != len(self.features):
            raise ValueError(f"features: expected each feature once; received {reprlib.repr(list(self.features))}")
        if self.axes is not None:
            for name in self.axes:
                if name not in self.inputs:
                    raise ValueError(
                        f"axes: expected two of the inputs {', '.join(self.inputs)}; received {reprlib.repr(name)}"
                    )
            if self.axes[0] == self.axes[1]:
                raise ValueError(f"axes: expected two different inputs; received {self.axes[0]!r} twice")
        return self

    @property
    def inputs(self) -> tuple[str, ...]:
        """The features that the network sees, in order."""
        return self.features or self.card.features

    @property
    def card(self) -> Card:
        """The card of this data set."""
        return card(self.name)

    @property
    def task(self) -> Task:
        """What is to be learned."""
        return self.card.task


class Point(Spec):
    """One sample drawn by hand: its place on the plane and its class (0, 1, 2)."""

    x1: float = Field(ge=-6.0, le=6.0)
    x2: float = Field(ge=-6.0, le=6.0)
    label: int = Field(ge=0, le=2)


class DrawnData(Spec):
    """Points that the learner drew onto the plane."""

    kind: Literal["drawn"] = "drawn"
    points: tuple[Point, ...] = Field((), max_length=limits.DRAWN_POINTS)
    test_share: TestShare = 0.3
    seed: Seed = 0

    @property
    def task(self) -> Task:
        """What is to be learned: two classes unless a point of the third was drawn."""
        return "multiclass" if any(point.label == 2 for point in self.points) else "binary"


class ImageData(Spec):
    """Images and what they show: photographs and handwriting that a package ships, or made ones."""

    kind: Literal["images"] = "images"
    name: str = "mnist"
    samples: int | None = Field(None, ge=20, le=limits.SAMPLES)  # None: all that are shipped, MADE_IMAGES of made ones
    noise: float = Field(0.0, ge=0.0, le=0.5)  # of made images: standard deviation of a pixel
    test_share: TestShare | None = None  # None: what the set itself holds out, or IMAGES_TEST_SHARE
    seed: Seed = 0

    @field_validator("name")
    @classmethod
    def _known(cls, name: str) -> str:
        return _of_kind(name, "images")

    @model_validator(mode="after")
    def _suits_the_set(self) -> ImageData:
        card = self.card
        if card.samples is not None and self.samples is not None and self.samples > card.samples:
            raise ValueError(f"samples: {card.name} has {card.samples:,} images; received {self.samples:,}")
        if card.samples is not None and self.noise:
            raise ValueError(f"noise: only made images get noise, and {card.name} is a real set; received {self.noise}")
        if card.held_out and self.test_share is not None:
            raise ValueError(
                f"test_share: {card.name} says itself which images are for testing, so it takes none; "
                f"received {self.test_share}"
            )
        return self

    @property
    def card(self) -> Card:
        """The card of this data set."""
        return card(self.name)

    @property
    def task(self) -> Task:
        """What is to be learned."""
        return self.card.task

    @property
    def count(self) -> int:
        """How many images there are, for training and testing together."""
        return self.samples or self.card.samples or MADE_IMAGES

    @property
    def share(self) -> float:
        """The share kept for testing where the set does not say it itself."""
        return IMAGES_TEST_SHARE if self.test_share is None else self.test_share


DataSpec = Annotated[GeneratedData | TableData | DrawnData, Field(discriminator="kind")]
AnyData = Annotated[GeneratedData | TableData | DrawnData | ImageData, Field(discriminator="kind")]


def _of_kind(name: str, kind: str) -> str:
    names = [row.name for row in DATASETS if row.kind == kind]
    if name not in names:
        raise ValueError(f"expected one of {', '.join(names)}; received {reprlib.repr(name)}")
    return name
