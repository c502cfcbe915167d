"""The section on the learning-rate finder: the rate rises until the loss breaks, and what it finds is then tried."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dlcore.export.source import source_of
from dlcore.specs.supervised import Supervised
from dlcore.training.optimizers import OPTIMIZERS
from dlcore.training.rows import find
from ui.browser_part import browser_part
from ui.glossary import term
from ui.lab_frame import lab_frame
from ui.lessons.kept import kept, kept_key
from ui.lessons.optimizers_source import chosen_source
from ui.lessons.overfitting_measure import measured
from ui.pages import page_at
from ui.teaching import explain, predict, the_code

LEAST, MOST = 1e-5, 100.0
UPDATES = (100, 200, 400)
_KEY = "optimizers finder"
_BATCHES = (1, 8, 32, 128, "all")
_PLACES = ("steepest", "lowest", "broken")


def finder_section() -> None:
    """Draw the section."""
    frame = lab_frame("lesson", "controls", "live")
    with frame["lesson"]:
        _lesson()
    with frame["controls"]:
        spec, updates = _chosen()
        found = None if spec is None else _risen(spec, updates)
    with frame["live"]:
        if spec is None or found is None:
            st.caption("The curve comes here: choose an experiment and press Measure.")
        else:
            _draw(found)
            _tried(spec, found)
    explain(
        "**Left: too small.** The weights hardly move, and the loss stays. **Middle:** the loss falls, the faster the "
        "larger the rate. **Right: too large.** Steps jump over the valley; the loss rises, and may leave the "
        "numbers. The useful rates lie where it falls, not at the lowest place: there the rate is about to be too "
        "large already.\n\n"
        "**Rules of thumb**, and no more: the rate at which the loss falls steepest, or a tenth of that at the lowest "
        "place. The table tries them: as many updates again, from the same first weights, each with *one* rate. "
        "Usually rates over a range of ten times do about equally well, and a rate that is a tenth of them is still "
        "under way. At the lowest place and beyond it is luck: some trainings get somewhere even so, others end worse "
        "than they began. So it is worth knowing the power of ten, and hardly worth knowing more.\n\n"
        "**It depends.** Another optimizer, another batch size, other first weights, and the curve is another one: "
        "take Adam and SGD in turn. Small batches make it ragged, for every step is noisy. And the rate rises *while* "
        "the network learns: that the loss is low at some rate is also due to all the updates before. A rate that is "
        "good for the first hundred updates may be too large for the last thousand: that is what schedules are "
        "for.\n\n"
        "Elsewhere you will see the loss of each mini-batch, smoothed, as networks are too large to measure all "
        "samples after every update. Here it is the loss on all training samples; the dots are the mini-batches."
    )
    the_code(_code())
    st.page_link(page_at("optimizers").script, label="Next: schedules", query_params={"section": "schedules"})


def _lesson() -> None:
    st.header("Finding a learning rate", anchor=False)
    st.markdown(
        f"How large a {term('learning rate')} does a network bear? The {term('learning-rate finder')} (Smith, 2017) "
        "starts far too small and makes it larger with *every* update, by the same factor each time, until the loss "
        "breaks. A hundred updates tell the power of ten."
    )
    predict(
        "optimizers finder",
        "From 0.00001 on, the learning rate grows with every update. What does the loss do?",
        (
            "It falls all the way: larger steps learn faster",
            "It stays, falls, and then shoots up",
            "It rises from the start",
        ),
        right=1,
        why="With tiny steps nothing happens; with fitting ones the loss falls; and from some rate on each step "
        "lands further up the other side of the valley. For a valley of curvature λ that is where η > 2/λ.",
    )


def _chosen() -> tuple[Supervised | None, int]:
    source = chosen_source("finder")
    name = kept_key(f"{_KEY} updates", 200, UPDATES)
    updates = kept(
        name,
        st.segmented_control(
            "Updates",
            UPDATES,
            required=True,
            width="stretch",
            help=f"In so many steps from {LEAST:g} to {MOST:g}.",
            key=name,
        ),
    )
    updates = updates or UPDATES[0]  # the control always has a value
    if source is None:
        return None, updates
    spec = source.spec
    optimizer = _own(
        "Optimizer", spec.training.optimizer.kind, {row.name: row.title for row in OPTIMIZERS}, source.title
    )
    present = spec.training.batch_size
    batches = {size: "all samples" if size == "all" else f"{size:,}" for size in dict.fromkeys((present, *_BATCHES))}
    if spec.batch_norm:
        batches.pop(1, None)  # a single sample has no spread
    batch = _own("Batch size", present, batches, source.title)
    changes: dict[str, Any] = {"training.batch_size": batch}
    if optimizer != spec.training.optimizer.kind:
        changes["training.optimizer"] = optimizer
    if batch == "all" or find(OPTIMIZERS, optimizer, "optimizer").full_batch:
        changes["training.oversampling"] = False  # whoever looks at all samples draws none
    return spec.replace(changes), updates


def _own(title: str, present: Any, options: dict[Any, str], source: str) -> Any:
    """A choice that begins with the experiment's own."""
    name = kept_key(f"{_KEY} {title} of {source}", present, tuple(options))
    return kept(
        name,
        st.selectbox(
            title,
            tuple(options),
            format_func=lambda one: f"{options[one]} (its own)" if one == present else options[one],
            key=name,
        ),
    )


def _risen(spec: Supervised, updates: int) -> dict[str, Any] | None:
    points = [{"experiment": spec.as_json(), "least": LEAST, "most": MOST, "updates": updates}]
    found = measured(_KEY, "dlcore.explain.rate_finder:rise", points, width="stretch")
    return None if found is None else found[0]


def _draw(found: dict[str, Any]) -> None:
    rates, losses = found["rates"], found["losses"]
    finite = [(rate, loss) for rate, loss in zip(rates, losses, strict=True) if loss < float("inf")]
    top = 1.35 * max(found["first"], min((loss for _, loss in finite), default=0.0))
    dots = [
        {"x": rate, "y": loss, "size": 2, "opacity": 0.5, "colour": "muted"}
        for rate, loss in zip(rates, found["batch"], strict=True)
        if loss < top
    ]
    browser_part(
        "layerlab_optimizers_lines",
        "optimizers-lines.js",
        key=f"{_KEY} part",
        data={
            "label": "Loss while the learning rate rises",
            "height": 380,
            "x": {"from": LEAST, "to": 1.5 * rates[-1], "log": True, "title": "learning rate"},
            "y": {"from": 0, "to": top, "title": "loss"},
            "lines": [
                {
                    "name": "loss",
                    "title": "loss on all training samples",
                    "xs": [rate for rate, _ in finite],
                    "ys": [loss for _, loss in finite],
                    "colour": "train",
                }
            ],
            "marks": dots,
            "guides": [
                {"y": found["first"], "dash": "2 4"},
                *({"x": found[name], "text": name} for name in _PLACES if found[name] is not None),
            ],
            "pointer": {
                "label": "Learning rate",
                "line": "loss",
                "x": found["steepest"] or rates[0],
                "says": ["With the learning rate", "the loss is"],
            },
        },
        on={},
    )
    st.markdown(_said(found))


def _said(found: dict[str, Any]) -> str:
    """What was read off, in a sentence."""
    rates = found["rates"]
    if found["lowest"] is None:
        text = f"From its {found['first']:.3g} before the first update (dotted), the loss fell nowhere by 2 %."
    else:
        text = (
            f"Before the first update the loss is {found['first']:.3g} (dotted). It falls **steepest** at "
            f"{found['steepest']:.2g} and is **lowest** at {found['lowest']:.2g}."
        )
    if found["broken"] is None:
        return text + f" Up to {rates[-1]:.3g} it does not break."
    return text + f" From {found['broken']:.2g} on it is **broken**: worse than before any training."


def candidates(found: dict[str, Any]) -> list[tuple[str, float]]:
    """What is worth to be tried: (why, rate) in rising order, each rate once."""
    steepest, lowest, broken = (found[name] for name in _PLACES)
    rows = []
    if steepest is not None:
        rows += [("a tenth of the steepest", steepest / 10), ("steepest", steepest)]
        rows += [("a tenth of the lowest", lowest / 10), ("lowest", lowest)]
    if broken is not None:
        rows += [("broken", broken)]
    known = {f"{rate:.2g}": (why, rate) for why, rate in reversed(rows)}
    return sorted(known.values(), key=lambda row: row[1])


def _tried(spec: Supervised, found: dict[str, Any]) -> None:
    rows = candidates(found)
    if not rows:
        return
    updates = len(found["rates"])
    st.markdown(f"#### Is that so? {updates:,} updates with each of these rates, from the same start")
    asked = [{"experiment": spec.as_json(), "rate": rate, "updates": updates} for _, rate in rows]
    outcomes = measured(f"{_KEY} tried", "dlcore.explain.rate_finder:outcome", asked, button="Try them")
    if outcomes is None:
        return
    reached = [row["loss"] for row in outcomes]
    best = min((loss for loss in reached if loss is not None), default=None)
    lines = ["| | learning rate | loss after that |", "|---|---:|---:|"]
    for (why, rate), loss in zip(rows, reached, strict=True):
        text = "diverged" if loss is None else f"**{loss:.4g}**" if loss == best else f"{loss:.4g}"
        lines.append(f"| {why} | {rate:.2g} | {text} |")
    st.markdown("\n".join(lines))


def _code() -> str:
    functions = source_of("dlcore/explain/rate_finder.py", "BROKEN", "WIDTH", "rise", "read", "averaged")
    return (
        "# What the curve was computed with. `Learner(spec)` is the network at its start: its `update(rate)` is one\n"
        "# update of `torch.optim` with that rate and gives the loss of its mini-batch; `loss()` is that of all.\n"
        f"import math\nimport numpy as np\n\n{functions}\n"
    )
