"""A table that a learner uploaded, as a value: which upload, what its columns hold, and how they are prepared."""

from __future__ import annotations

import functools
import reprlib
from typing import Annotated, Literal

from pydantic import Field, model_validator

from datasets.dataset import Card, Dataset
from datasets.preprocess.recipe import Plan
from datasets.upload.columns import Column
from datasets.upload.folder import read_upload_table
from datasets.upload.own import as_dataset
from dlcore.specs import limits
from dlcore.specs.sampling import Fold, Folds, Seed, Shape, Task, TestShare, require_fold
from dlcore.specs.spec import Spec, live

UploadId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{22}$")]
Name = Annotated[str, Field(min_length=1, max_length=limits.NAME_CHARACTERS)]


class OwnColumn(Spec):
    """One column of an uploaded table: numbers, dates (days since 1970) or categories, as the upload has them."""

    name: Name
    kind: Literal["number", "category", "date"] = "number"
    categories: tuple[Name, ...] = Field((), max_length=limits.TABLE_CATEGORIES)

    @model_validator(mode="after")
    def _categories_of_categories(self) -> OwnColumn:
        if (self.kind == "category") != bool(self.categories) or len(set(self.categories)) != len(self.categories):
            raise ValueError(
                f"categories: expected different names for a column of categories, none for another; received "
                f"{len(self.categories)} for one of kind {self.kind}"
            )
        return self

    def as_column(self) -> Column:
        """The same as the upload's own row."""
        return Column(name=self.name, kind=self.kind, categories=self.categories)


class OwnTable(Spec):
    """A learner's own table.

    All that is known of it stands here, so that nothing reads the upload before it trains; whoever trains checks that
    the upload agrees.
    """

    kind: Literal["own_table"] = "own_table"
    upload: UploadId
    title: Name
    rows: int = Field(ge=2, le=limits.TABLE_ROWS)  # whose target is known
    columns: tuple[OwnColumn, ...] = Field(min_length=1, max_length=limits.TABLE_COLUMNS)  # the inputs
    target: OwnColumn
    missing: Literal["mean", "most_frequent", "drop"] = "mean"
    scaling: Literal["standard", "minmax", "robust", "none"] = "standard"
    keep: int | None = Field(None, ge=1, le=limits.TABLE_INPUTS)  # so many inputs: those that go along with the target
    leak: bool = False  # a mistake to learn from: all of the above is measured on the test part, too
    axes: tuple[str, str] | None = live(None)  # the two inputs that plots show; None means the first two
    split: Literal["class", "random", "time"] = "class"  # class: every class keeps its share (numbers: at random)
    order: OwnColumn | None = None  # the column that says which rows are later; None: the order of the file
    test_share: TestShare = 0.3
    folds: Folds = None
    fold: Fold = 0
    seed: Seed = 0

    @model_validator(mode="after")
    def _agrees(self) -> OwnTable:
        require_fold(self.folds, self.fold)
        names = [column.name for column in (*self.columns, self.target)]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise ValueError(f"columns: expected each column once, and the target not among them; received {twice!r}")
        if self.target.kind == "date":
            raise ValueError("target: expected numbers or categories to predict; received dates")
        if self.target.kind == "category" and len(self.target.categories) < 2:
            raise ValueError("target: expected at least two classes, to tell one from the other; received one")
        width = len(self.plan.encoded)
        if width > limits.TABLE_INPUTS:
            raise ValueError(
                f"columns: these become {width:,} inputs, a category one each, and {limits.TABLE_INPUTS} are allowed; "
                "leave columns out"
            )
        if self.keep is not None and self.keep > width:
            raise ValueError(f"keep: expected 1 … {width}, as many as there are inputs; received {self.keep}")
        if self.order is not None and (self.split != "time" or self.order.kind == "category"):
            raise ValueError(
                "order: expected a column of dates or numbers for a split by time, and none for another; received "
                f"{self.order.name!r} for a split by {self.split}"
            )
        if self.split == "time" and self.folds is not None:
            raise ValueError("folds: a split by time tests on what came last, so it has no folds; expected none")
        self._require_axes()
        return self

    def _require_axes(self) -> None:
        if self.axes is None:
            return
        for name in self.axes:
            if name not in self.inputs:
                raise ValueError(f"axes: expected two of the inputs; received {reprlib.repr(name)}")
        if self.axes[0] == self.axes[1]:
            raise ValueError(f"axes: expected two different inputs; received {self.axes[0]!r} twice")

    @functools.cached_property
    def plan(self) -> Plan:
        """What is done to the columns."""
        return Plan(
            names=tuple(column.name for column in self.columns),
            categories=tuple(column.categories for column in self.columns),
            missing=self.missing,
            keep=self.keep,
            scaling=self.scaling,
        )

    @property
    def inputs(self) -> tuple[str, ...]:
        """The network's inputs by name; of a choice that is made by the data, only how many there are is known."""
        if self.keep is None:
            return self.plan.encoded
        return tuple(f"choice {number}" for number in range(1, self.keep + 1))

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes to tell apart; none where numbers are predicted."""
        return self.target.categories

    @property
    def task(self) -> Task:
        """What is to be learned."""
        return "regression" if not self.classes else "binary" if len(self.classes) == 2 else "multiclass"

    @property
    def shape(self) -> Shape:
        """The network's inputs, one number each."""
        return (len(self.inputs),)

    @property
    def count(self) -> int:
        """How many rows there are at most; those with gaps may be dropped."""
        return self.rows

    @property
    def card(self) -> Card:
        """A card like those of the shipped sets."""
        return Card(
            name=self.title,
            title=self.title,
            kind="table",
            summary="Your own table. It stays with you: nobody else can open it.",
            features=self.plan.names,
            target=self.target.name,
            load=self.load,
            classes=self.classes,
            samples=self.rows,
            source="Your own file.",
        )

    def load(self) -> Dataset:
        """The rows whose target is known, gaps as NaN, categories as numbers; with `drop` without those that have gaps.

        Raises: ValueError: the upload is not here (any more), or does not agree with this spec.
        """
        return as_dataset(
            read_upload_table(self.upload),
            columns=[column.as_column() for column in self.columns],
            target=self.target.as_column(),
            order=self.order.as_column() if self.order else None,
            whole_rows=self.missing == "drop",
        )
