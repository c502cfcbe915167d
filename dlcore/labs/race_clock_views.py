"""What there is to see of a race on the clock: the same curves against updates and seconds, and a table of all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dlcore.labs.lab import Series, View
from dlcore.labs.race_clock import LOOKS, WINDOW

if TYPE_CHECKING:
    from dlcore.labs.race import RaceLab

AXES = {"update": ("updates", "updates"), "second": ("seconds", "seconds of its own training")}  # metric and title
_COLOURS = " Colours as in the table."
_CLOCK = (
    " Seconds are those that the computer worked on each variant's updates; others who compute on it, and looking at "
    "the network, do not count."
)


def clock_views(lab: RaceLab, titles: Sequence[str], loss_unit: str, quantity: str) -> list[View]:
    """Loss and score against updates and against seconds, losses of batches, and the table; none without a clock.

    `quantity` is what the score is called.
    """
    if not lab.spec.timed:
        return []
    found = []
    for axis, (metric, title) in AXES.items():
        x = {"x": title, "bar": False}
        found += [
            View(
                name=f"loss_by_{axis}",
                kind="curve",
                title=f"Training loss: against {metric}",
                help="How wrong each variant is on all samples that it learns from, in evaluation mode."
                + _COLOURS
                + (_CLOCK if axis == "second" else ""),
                series=_lines(titles, "train_loss", metric, named=axis == "update"),
                options={"log": False, "unit": loss_unit, "legend": "beside"} | x,
            ),
            View(
                name=f"score_by_{axis}",
                kind="curve",
                title=f"Test {_small(quantity)}: against {metric}",
                help="On samples that no variant learns from." + _COLOURS + (_CLOCK if axis == "second" else ""),
                series=_lines(titles, lab.probes.score, metric),
                options={"unit": ""} | x,
            ),
        ]
    return [*found, _batches(titles, loss_unit), _standings(lab, titles, quantity), _clock(titles)]


def _small(quantity: str) -> str:
    return quantity if quantity == "R²" else quantity.lower()


def _lines(titles: Sequence[str], metric: str, x: str, *, named: bool = False) -> tuple[Series, ...]:
    """A line a variant; most charts stand beside a table that says whose colour is whose."""
    return tuple(
        Series(metric=f"{number}/{metric}", title=title, role=f"variant:{number}", x=f"{number}/{x}", named=named)
        for number, title in enumerate(titles)
    )


def _batches(titles: Sequence[str], loss_unit: str) -> View:
    return View(
        name="batch_loss",
        kind="curve",
        title="Loss of one batch: against updates",
        help="What single updates saw: the loss of their batch, penalties included, before they changed the weights. "
        "Of some updates: those at which a picture was made." + _COLOURS,
        series=_lines(titles, "batch_loss", "updates"),
        options={"log": False, "unit": loss_unit, "x": "updates", "bar": False},
    )


def _standings(lab: RaceLab, titles: Sequence[str], quantity: str) -> View:
    goal = f"{lab.spec.goal}\N{NO-BREAK SPACE}%" if quantity != "R²" else f"R² {lab.spec.goal / 100:.2f}"
    return View(
        name="standings",
        kind="table",
        title="Standings",
        help=f"Every variant by now. “To {goal}”: when the score on the test samples was first that high; it is looked "
        f"at {LOOKS} times an epoch or more often, and after every update where an epoch has fewer." + _CLOCK,
        options=_table(
            titles,
            (f"Test {_small(quantity)}", lab.probes.score, "thousandths"),
            ("Training loss", "train_loss", "number"),
            (f"Updates to {goal}", "goal_updates", "count"),
            (f"Seconds to {goal}", "goal_seconds", "number"),
        ),
    )


def _clock(titles: Sequence[str]) -> View:
    return View(
        name="clock",
        kind="table",
        title="Noise and time",
        help="“Noise of the loss”: how far the loss of one batch typically lies from the mean of such losses, "
        f"√(½ mean (ℓₜ − ℓₜ₋₁)²) over the last {WINDOW} updates." + _CLOCK,
        options=_table(
            titles,
            ("Noise of the loss", "noise", "number"),
            ("ms an update", "update_seconds", "thousand"),
            ("Seconds an epoch", "epoch_seconds", "number"),
            ("Updates", "updates", "count"),
            ("Seconds", "seconds", "number"),
        ),
    )


def _table(titles: Sequence[str], *columns: tuple[str, str, str]) -> dict[str, Any]:
    """Rows are variants; columns are (title, metric, format)."""
    return {
        "rows": [{"title": title, "role": f"variant:{number}"} for number, title in enumerate(titles)],
        "columns": [{"title": title, "metric": metric, "format": how} for title, metric, how in columns],
    }
