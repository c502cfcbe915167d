"""What each step of preparing a table changes: columns before and after it, and what was measured for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import streamlit as st

from datasets.dataset import Dataset
from datasets.preprocess.recipe import Recipe
from datasets.scaling import TITLES
from dlcore.specs.own_table import OwnTable
from dlcore.training.parts import parts_of
from dlcore.training.prepare import recipe_of
from ui.charts.before_after import Shown, before_after
from ui.plain_text import plain

_COLUMNS, _CATEGORIES = 5, 3  # shown side by side


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Preview:
    """A table with its recipe, as a network will get it."""

    data: OwnTable
    whole: np.ndarray  # the inputs of all rows whose target is known, with their gaps
    dataset: Dataset
    train: np.ndarray
    test: np.ndarray
    recipe: Recipe

    @property
    def filled(self) -> np.ndarray:
        """The table's columns without gaps."""
        return self.recipe.filler.apply(self.dataset.inputs)


def preview_of(data: OwnTable) -> Preview:
    """Load, split and fit. Raises: ValueError: there is too little to learn from and test on, with what is missing."""
    dataset = data.load()
    train, test = parts_of(data, dataset)
    whole = data.replace({"missing": "mean"}).load().inputs if data.missing == "drop" else dataset.inputs
    return Preview(
        data=data, whole=whole, dataset=dataset, train=train, test=test, recipe=recipe_of(data, dataset, train, test)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: its title, when there is something to it, and what draws it."""

    name: str
    title: str
    applies: Callable[[Preview], bool]
    draw: Callable[[Preview], None]


def steps_of(preview: Preview) -> dict[str, Step]:
    """The steps that change something in this table, by name."""
    return {step.name: step for step in STEPS if step.applies(preview)}


def _numbers(preview: Preview) -> list[int]:
    return [number for number, column in enumerate(preview.data.columns) if not column.categories]


def _gappy(preview: Preview) -> list[int]:
    return [int(number) for number in np.flatnonzero(np.isnan(preview.whole).any(axis=0))]


def _draw_missing(preview: Preview) -> None:
    columns = _gappy(preview)[:_COLUMNS]
    _chart(
        [_shown(preview, number, preview.whole[:, number], "before") for number in columns],
        [_shown(preview, number, preview.filled[:, number], "after") for number in columns],
    )
    if preview.data.missing == "drop":
        dropped = len(preview.whole) - len(preview.dataset.targets)
        st.caption(f"Orange: missing. {dropped:,} of {len(preview.whole):,} rows have a gap and are dropped.")
        return
    fitted = ", ".join(f"{preview.data.columns[number].name}: {_value(preview, number)}" for number in columns)
    st.caption(plain(f"Orange: missing. What fills the gaps, {_where(preview)}: {fitted}."))


def _draw_categories(preview: Preview) -> None:
    column = next(number for number, column in enumerate(preview.data.columns) if column.categories)
    encoded = preview.recipe.one_hot.apply(preview.filled)
    first = sum(len(row.categories) or 1 for row in preview.data.columns[:column])
    words = preview.data.columns[column].categories[:_CATEGORIES]
    after = [
        Shown(title=f"{word} →", counts=_counts(encoded[:, first + place], ("0", "1")))
        for place, word in enumerate(words)
    ]
    _chart([_shown(preview, column, preview.filled[:, column], "before")], after)
    st.caption(
        "One-hot: a column of 0 and 1 for each category, so that none lies nearer to another than a third. With "
        "numbers 1, 2, 3 the network would believe that the second lies between the others."
    )


def _draw_choice(preview: Preview) -> None:
    kept = preview.recipe.titles
    st.markdown(f"**{len(kept)} of {len(preview.data.plan.encoded)} inputs are kept**, {_where(preview)}:")
    st.text(", ".join(kept[:40]) + (" …" if len(kept) > 40 else ""))
    st.caption(
        "Kept are those that go along with the target most: for classes by the share of their variance that lies "
        "between the classes, for numbers by their squared correlation."
    )


def _draw_scaling(preview: Preview) -> None:
    encoded = preview.recipe.encode(preview.dataset.inputs)
    scaled = preview.recipe.scaler.apply(encoded)
    numeric = np.flatnonzero(preview.data.plan.numeric[preview.recipe.chosen])[:_COLUMNS]
    titles = preview.recipe.titles
    _chart(
        [Shown(title=titles[number], values=encoded[:, number]) for number in numeric],
        [Shown(title=f"{titles[number]} →", values=scaled[:, number]) for number in numeric],
    )
    shift, scale = preview.recipe.scaler.shift, preview.recipe.scaler.scale
    fitted = "; ".join(f"{titles[n]}: (x − {shift[n]:.4g}) / {scale[n]:.4g}" for n in numeric)
    st.caption(plain(f"Every number {TITLES[preview.data.scaling]}, {_where(preview)}. {fitted}."))


STEPS = (
    Step(name="missing", title="Missing values", applies=lambda p: bool(_gappy(p)), draw=_draw_missing),
    Step(
        name="categories",
        title="Categories",
        applies=lambda p: any(column.categories for column in p.data.columns),
        draw=_draw_categories,
    ),
    Step(name="choice", title="Choice of inputs", applies=lambda p: p.data.keep is not None, draw=_draw_choice),
    Step(
        name="scaling",
        title="Scaling",
        applies=lambda p: bool(p.data.plan.numeric[p.recipe.chosen].any()),
        draw=_draw_scaling,
    ),
)


def _shown(preview: Preview, number: int, values: np.ndarray, when: str) -> Shown:
    column = preview.data.columns[number]
    title = column.name if when == "before" else f"{column.name} →"
    if not column.categories:
        return Shown(title=title, values=values)
    gaps = int(np.isnan(values).sum())
    counts = _counts(values, column.categories)
    return Shown(title=title, counts=(*counts, ("missing", gaps)) if gaps else counts)


def _counts(values: np.ndarray, names: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    return tuple((name, int((values == number).sum())) for number, name in enumerate(names))


def _value(preview: Preview, number: int) -> str:
    value, column = preview.recipe.filler.values[number], preview.data.columns[number]
    return column.categories[int(value)] if column.categories else f"{value:.4g}"


def _where(preview: Preview) -> str:
    if preview.data.leak:
        return f"measured on all {len(preview.dataset.targets):,} rows, which is a leak"
    return f"measured on the {len(preview.train):,} training rows alone"


def _chart(before: list[Shown], after: list[Shown]) -> None:
    """One figure a column, side by side, on a phone one below another; a single one where a column becomes several."""
    pairs = [([one], [other]) for one, other in zip(before, after, strict=False)]
    figures = pairs if len(before) == len(after) else [(before, after)]
    for number, (place, figure) in enumerate(zip(st.columns(len(figures), gap="small"), figures, strict=True)):
        place.plotly_chart(
            before_after(*figure), width="stretch", config={"displayModeBar": False}, key=f"own {number}"
        )
