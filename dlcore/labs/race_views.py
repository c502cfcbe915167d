"""What there is to see while variants of an experiment race: curves of all, scores side by side, and each one's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dlcore.labs.lab import Series, View
from dlcore.labs.race_clock_views import clock_views
from dlcore.labs.race_cures import cure_views, kept_marks
from dlcore.labs.race_layers import layer_views
from dlcore.labs.race_probes import OF_EACH
from dlcore.labs.race_signals import signal_views
from dlcore.labs.ranking_views import MEASURES, ranking_views, report_view
from dlcore.training.losses import LOSSES
from dlcore.training.rows import find

if TYPE_CHECKING:
    from dlcore.labs.race import RaceLab

_RATES = ("training.learning_rate", "training.schedule")  # fields that make a curve of learning rates worth drawing
_OWN_OPTIONS: Mapping[str, Mapping[str, Any]] = {"output": {"draw": False, "pick": False}}


def views(lab: RaceLab) -> tuple[View, ...]:
    """The views of one race; a variant that has diverged is called so."""
    titles = [f"{runner.title} (diverged)" if runner.lost else runner.title for runner in lab.runners]
    losses = {member.training.loss for member in lab.spec.members}
    loss = find(LOSSES, losses.pop(), "loss") if len(losses) == 1 else None
    classes = bool(lab.probes.classes)
    score, quantity = ("accuracy", "Accuracy") if classes else ("r2", "R²")
    solid = " A colour is a variant: solid on the samples that it learns from, dashed on those that it has never seen."
    schedules = any(path.startswith("training.schedule") for row in lab.spec.variants for path in row.changes)
    found = [
        View(
            name="loss",
            kind="curve",
            title=f"Loss: {loss.title.lower()}" if loss else "Loss",
            help="How wrong each variant is."
            + solid
            + ("" if loss else " The variants have different losses, so their heights cannot be compared."),
            series=_both("loss", titles),
            # on a linear scale a loss that ran away, or that large steps threw up at first, leaves the others no room
            options={
                "log": schedules or any(each.lost for each in lab.runners),
                "unit": loss.unit if loss else "",
                "bar": False,
            }
            | {"marks": kept_marks(lab)},
        ),
        View(
            name="score",
            kind="curve",
            title=quantity,
            help=("Share of samples whose class is right." if classes else "1 is perfect; 0 is saying the mean.")
            + solid,
            series=_both(score, titles),
            options={"unit": "", "bar": False},
        ),
        _scores(lab, titles, quantity),
        *clock_views(lab, titles, loss.unit if loss else "", quantity),
    ]
    if any(path.startswith(_RATES) for variant in lab.spec.variants for path in variant.changes):
        found.append(
            View(
                name="learning_rate",
                kind="curve",
                title="Learning rate",
                help="The learning rate of each variant after its schedule.",
                series=tuple(_line(number, "learning_rate", title) for number, title in enumerate(titles)),
                options={"log": True, "unit": "", "bar": False},
            )
        )
    if classes:
        found += _rankings(lab, titles)
    found += signal_views(lab, titles)
    found += layer_views(lab, titles) + cure_views(titles)
    for number, runner in enumerate(lab.runners):
        own = {view.name: view for view in runner.lab.views}
        found += [
            replace(
                own[name],
                name=f"{name}_{number}",
                title=titles[number],
                options={**own[name].options, **_OWN_OPTIONS.get(name, {})},
            )
            for name in OF_EACH
            if name in own
        ]
    return tuple(found)


def _line(number: int, metric: str, title: str, *, dashed: bool = False) -> Series:
    return Series(
        metric=f"{number}/{metric}",
        title=title,
        role=f"variant:{number}",
        x=f"{number}/epoch",
        dashed=dashed,
        named=not dashed,
    )


def _both(metric: str, titles: list[str]) -> tuple[Series, ...]:
    return tuple(
        _line(number, f"{part}_{metric}", title if part == "train" else f"{title}, test", dashed=part == "test")
        for number, title in enumerate(titles)
        for part in ("train", "test")
    )


def _scores(lab: RaceLab, titles: list[str], quantity: str) -> View:
    """The present test score of each variant, as bars; with mean and spread where only chance tells them apart."""
    name = lab.probes.score
    options: dict[str, Any] = {"unit": "", "values": True}
    help = f"{quantity} on test samples, now."
    if lab.spec.repeats:
        options |= {"mean": f"mean/{name}", "spread": f"spread/{name}"}
        help += (
            " Mean and standard deviation s = √(Σ(aᵢ − ā)² / (k − 1)) say how good the network is and how much that "
        )
        help += "depends on chance."
    return View(
        name="scores",
        kind="bars",
        title=f"Test {quantity if quantity == 'R²' else quantity.lower()}",
        help=help,
        series=tuple(_line(number, name, title) for number, title in enumerate(titles)),
        options=options,
    )


def _rankings(lab: RaceLab, titles: list[str]) -> list[View]:
    data, said = lab.runners[0].lab.data, lab.probes.said
    two = len(data.classes) == 2
    whose = f"of the class “{data.classes[1]}”" if two else "the plain mean over the classes"
    found = [
        report_view(
            [*titles, f"Always “{data.classes[said['said']]}”"],
            (("accuracy", "Accuracy"), *MEASURES),
            help=f"Of the test samples. Precision, recall, F1: {whose}. Precision: of those called so, how many are. "
            "Recall: of those that are so, how many are called so. The last group is who always says the most frequent "
            "class and has learned nothing.",
        )
    ]
    if two:
        share = float((data.y_test == 1).mean())
        lines = [(title, f"variant:{number}", f"{number}/") for number, title in enumerate(titles)]
        found += ranking_views(data.classes[1], share, lines)
    return found
