"""What a learner asks for in data: which set, how much, how noisy, which part is kept for testing."""

from __future__ import annotations

import reprlib
from typing import Annotated, Literal, TypeVar

from pydantic import Field, field_validator, model_validator

from datasets.dataset import Card, Dataset
from datasets.registry import DATASETS, card
from dlcore.specs import limits
from dlcore.specs.own_images import OwnImages
from dlcore.specs.own_table import OwnTable
from dlcore.specs.sampling import Fold, Folds, Shape, require_fold
from dlcore.specs.sampling import Seed as Seed
from dlcore.specs.sampling import Task as Task
from dlcore.specs.sampling import TestShare as TestShare
from dlcore.specs.spec import Spec, live

LEAST_POSITIVES = 2  # samples of a rare class: one to learn from, one to test on
MADE_IMAGES = 2_000  # where a made set does not say how many
IMAGES_TEST_SHARE = 0.2


_Part = TypeVar("_Part", bound="GeneratedData | TableData | DrawnData | ImageData | SeriesData")


def _fold_exists(data: _Part) -> _Part:
    require_fold(data.folds, data.fold)
    return data


class NamedData(Spec):
    """A data set that has a name and a card; `kind` says where it comes from."""

    kind: str
    name: str

    @field_validator("name")
    @classmethod
    def _known(cls, name: str) -> str:
        names = [row.name for row in DATASETS if row.kind == cls.model_fields["kind"].default]
        if name not in names:
            raise ValueError(f"expected one of {', '.join(names)}; received {reprlib.repr(name)}")
        return name

    @property
    def card(self) -> Card:
        """The card of this data set."""
        return card(self.name)

    @property
    def task(self) -> Task:
        """What is to be learned."""
        return self.card.task


class GeneratedData(NamedData):
    """A made data set on the plane, both coordinates between -6 and 6."""

    kind: Literal["generated"] = "generated"
    name: str = "circle"
    samples: int = Field(500, ge=20, le=limits.SAMPLES)
    noise: float = Field(0.0, ge=0.0, le=0.5)  # 0 none … 0.5 hardly recognisable
    positives: float | None = Field(None, ge=0.005, le=0.5)  # share of the rare class; None: the set's usual one
    test_share: TestShare = 0.5
    folds: Folds = None
    fold: Fold = 0
    train_samples: int | None = Field(None, ge=2, le=limits.SAMPLES)  # so many of the training part; None: all of it
    seed: Seed = 0
    _fold_exists = model_validator(mode="after")(_fold_exists)

    @model_validator(mode="after")
    def _enough_positives(self) -> GeneratedData:
        usual = self.card.positives
        if usual is None and self.positives is not None:
            raise ValueError(
                f"positives: the classes of {self.name} have fixed shares; expected none, received {self.positives}"
            )
        if usual is not None and round(self.share_of_positives * self.samples) < LEAST_POSITIVES:
            raise ValueError(
                f"positives: {self.share_of_positives:.1%} of {self.samples:,} samples are fewer than "
                f"{LEAST_POSITIVES}, too few to learn from and test on; take more samples or a larger share"
            )
        return self

    @property
    def share_of_positives(self) -> float:
        """The share of the rare class. Raises: ValueError: in this set the shares are fixed."""
        share = self.positives or self.card.positives
        if share is None:
            raise ValueError(f"positives: the classes of {self.name} have fixed shares")
        return share

    def load(self) -> Dataset:
        """All samples, made anew."""
        chosen = {} if self.card.positives is None else {"positives": self.share_of_positives}
        return self.card.load(samples=self.samples, noise=self.noise, seed=self.seed, **chosen)

    @property
    def shape(self) -> Shape:
        """The two coordinates of a point."""
        return (2,)

    @property
    def count(self) -> int:
        """How many points there are, for training and testing together."""
        return self.samples


class TableData(NamedData):
    """A real data set that an installed package ships."""

    kind: Literal["table"] = "table"
    name: str = "penguins"
    features: tuple[str, ...] = ()  # the inputs to learn from; empty means all
    axes: tuple[str, str] | None = live(None)  # the two features that plots show; None means the first two inputs
    scaling: Literal["standard", "minmax", "robust", "none"] = "standard"
    test_share: TestShare = 0.3
    folds: Folds = None
    fold: Fold = 0
    seed: Seed = 0
    _fold_exists = model_validator(mode="after")(_fold_exists)

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
    def shape(self) -> Shape:
        """The inputs of a row, one number each."""
        return (len(self.inputs),)

    @property
    def count(self) -> int:
        """How many rows there are, for training and testing together."""
        assert self.card.samples is not None  # every table says it
        return self.card.samples


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
    folds: Folds = None
    fold: Fold = 0
    seed: Seed = 0
    _fold_exists = model_validator(mode="after")(_fold_exists)

    @property
    def task(self) -> Task:
        """What is to be learned: two classes unless a point of the third was drawn."""
        return "multiclass" if any(point.label == 2 for point in self.points) else "binary"

    @property
    def shape(self) -> Shape:
        """The two coordinates of a point."""
        return (2,)

    @property
    def count(self) -> int:
        """How many points there are, for training and testing together."""
        return len(self.points)


class ImageData(NamedData):
    """Images and what they show: photographs and handwriting that a package ships, or made ones."""

    kind: Literal["images"] = "images"
    name: str = "mnist"
    samples: int | None = Field(None, ge=20, le=limits.SAMPLES)  # None: all that are shipped, MADE_IMAGES of made ones
    noise: float = Field(0.0, ge=0.0, le=0.5)  # of made images: standard deviation of a pixel
    test_share: TestShare | None = None  # None: what the set itself holds out, or IMAGES_TEST_SHARE
    folds: Folds = None
    fold: Fold = 0
    seed: Seed = 0
    _fold_exists = model_validator(mode="after")(_fold_exists)

    @model_validator(mode="after")
    def _suits_the_set(self) -> ImageData:
        card = self.card
        if card.samples is not None and self.samples is not None and self.samples > card.samples:
            raise ValueError(f"samples: {card.name} has {card.samples:,} images; received {self.samples:,}")
        if card.samples is not None and self.noise:
            raise ValueError(f"noise: only made images get noise, and {card.name} is a real set; received {self.noise}")
        if card.held_out and self.folds is not None:
            raise ValueError(
                f"folds: {card.name} says itself which images are for testing, so it has no folds; expected none, "
                f"received {self.folds}"
            )
        if card.held_out and self.test_share is not None:
            raise ValueError(
                f"test_share: {card.name} says itself which images are for testing, so it takes none; "
                f"received {self.test_share}"
            )
        return self

    @property
    def shape(self) -> Shape:
        """Channels, height and width of an image."""
        assert self.card.shape is not None  # every set of images says it
        return self.card.shape

    @property
    def count(self) -> int:
        """How many images there are, for training and testing together."""
        return self.samples or self.card.samples or MADE_IMAGES

    @property
    def share(self) -> float:
        """The share kept for testing where the set does not say it itself."""
        return IMAGES_TEST_SHARE if self.test_share is None else self.test_share


class SeriesData(NamedData):
    """Short series of measurements in equal steps of time, made by a rule, and one number to say about each."""

    kind: Literal["series"] = "series"
    name: str = "waves"
    samples: int = Field(2_000, ge=20, le=limits.SAMPLES)
    noise: float = Field(0.0, ge=0.0, le=0.5)  # standard deviation of what is measured wrongly at each step
    test_share: TestShare = 0.2
    folds: Folds = None
    fold: Fold = 0
    seed: Seed = 0
    _fold_exists = model_validator(mode="after")(_fold_exists)

    @property
    def shape(self) -> Shape:
        """Channels and steps of a series."""
        assert self.card.shape is not None  # every set of series says it
        return self.card.shape

    @property
    def count(self) -> int:
        """How many series there are, for training and testing together."""
        return self.samples

    @property
    def share(self) -> float:
        """The share kept for testing."""
        return self.test_share


DataSpec = Annotated[GeneratedData | TableData | DrawnData | OwnTable, Field(discriminator="kind")]
AnyData = Annotated[
    GeneratedData | TableData | DrawnData | ImageData | SeriesData | OwnTable | OwnImages, Field(discriminator="kind")
]
