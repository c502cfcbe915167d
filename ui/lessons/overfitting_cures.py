"""The cures of over-fitting, each with a switch: the same network without and with them, side by side."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dlcore.specs.race import Race
from dlcore.specs.supervised import Supervised
from ui.controls.chance import draw_anew
from ui.controls.form import Form
from ui.glossary import term
from ui.lab_section import lab_section
from ui.lessons.overfitting_sizes import part
from ui.live.component import Layout
from ui.pages import page_at
from ui.teaching import explain, predict

PLAIN, CURED = "No cure", "Cured"
FEW, MORE = 40, 400  # points to learn from


@dataclass(frozen=True, slots=True, kw_only=True)
class Cure:
    """One switch: its title, what it changes in the experiment, and what it does in one sentence."""

    name: str
    title: str
    changes: dict[str, Any]
    help: str


# Losses with each cure over several seeds are recorded in tests/ui/lessons/test_overfitting_cures.py.
CURES = (
    Cure(
        name="more",
        title="More data",
        changes={"data.train_samples": None},
        help=f"About {MORE} points, the {FEW} among them. Both networks are tested on the same others.",
    ),
    Cure(
        name="early",
        title="Early stopping",
        changes={"training.early_stopping": {"patience": 30}},
        help="Stops once the test loss has not fallen for 30 epochs, and goes back to the best weights: the star.",
    ),
    Cure(
        name="l2",
        title="L2",
        changes={"training.l2": 0.03},
        help=r"Adds $\tfrac{0.03}{2}\sum w^2$ to the loss: large weights are pulled hardest, none to exactly 0.",
    ),
    Cure(
        name="l1",
        title="L1, by its gradient",
        changes={"training.l1": 0.01},
        help=r"Adds $0.01\sum|w|$ to the loss: the same pull on every weight. Near 0 it overshoots to and fro.",
    ),
    Cure(
        name="zeros",
        title="L1, exact zeros",
        changes={"training.l1": 0.01, "training.l1_proximal": True},
        help=r"After each update every weight moves by $\eta\cdot0.01$ towards 0 and stays there once it arrives.",
    ),
    Cure(
        name="dropout",
        title="Dropout",
        changes={"training.dropout": 0.4},
        help="Leaves out 40 % of the hidden units, drawn anew for every sample of every update.",
    ),
    Cure(
        name="norm",
        title="Batch normalization",
        changes={"network.batch_norm": True},
        help="Scales each hidden sum by the mean and spread of its batch, which adds noise from the other samples.",
    ),
    Cure(
        name="smooth",
        title="Label smoothing",
        changes={"training.label_smoothing": 0.2},
        help="Learns from 0.9 and 0.1 instead of 1 and 0. The losses that are shown stay without.",
    ),
)
_DEFAULT = ("l2",)


def race(chosen: tuple[str, ...] = _DEFAULT) -> Race:
    """The network without any cure, and with those chosen."""
    return Race.parse(
        {
            "base": {
                "kind": "supervised",
                "data": {"kind": "generated", "name": "circle", "noise": 0.4, **part(MORE), "train_samples": FEW},
                "network": {"layers": [{"units": 16, "activation": "tanh"}] * 2},
                "training": {
                    "loss": "cross_entropy", "optimizer": "sgd", "learning_rate": 0.1, "batch_size": 10, "epochs": 250,
                },
            },
            "variants": _variants(chosen),
        }
    )  # fmt: skip


def cures_section() -> None:
    """Draw the section."""
    lab_section(
        "overfitting",
        "cures",
        default=race(),
        suits=_suits,
        lesson=_lesson,
        settings=_settings,
        layout=Layout(
            top=(("output_0", 2), ("output_1", 2), ("loss", 3)),
            below=(("score", 1), ("zeros", 1)),
            tabs=(
                ("Who is out", ("dropout_1",)),
                ("Weights", ("weights_0", "weights_1")),
                ("Scores", ("scores", "report")),
            ),
        ),
    )
    explain(
        "**More data** is often the best cure and often the dearest. Both curves come closer, and nothing was taken "
        "from the network.\n\n"
        "**Early stopping** changes nothing in the training: the star is the epoch whose weights are kept, its line "
        "ends where the patience did. The test points decided when to stop, so their loss there flatters a little; a "
        "fair number needs points that decided nothing.\n\n"
        "**L2** keeps all weights small, so the border cannot bend sharply. **L1** pulls every weight with the same "
        "force and so empties most of them. But the gradient of $|w|$ is $\\pm1$ however small $w$ is: a step jumps "
        "across 0, back, and across again. Look at *Weights at zero*: most of them below 0.001, **none** exactly "
        "0. As a step of its own (the *proximal* step),\n\n"
        "$$w \\leftarrow \\operatorname{sign}(w)\\,\\max(|w| - \\eta\\lambda_1,\\ 0),$$\n\n"
        "L1 really gives zeros, and hardly another curve.\n\n"
        "**Dropout** leaves units out while the network *learns* (see *Who is out*), and multiplies those that stay by "
        "$1/(1-p)$. A common mistake is to leave it on when the network is *used*: then all units take part, and "
        "nothing is multiplied. That is why the training loss that is shown here, with all units, can lie below what "
        "the learning network feels.\n\n"
        "**Batch normalization** is made to speed up learning. That it often helps here, too, comes from the noise of "
        "small batches, and there is no guarantee.\n\n"
        "**Label smoothing** takes away the reason to be ever surer: the best score is then a finite one. The test "
        "*loss* gains most, the accuracy may not change at all.\n\n"
        "**All together** is not the sum: each costs some training accuracy, and too much of them under-fits."
    )
    with st.container(horizontal=True):
        for section, label in (
            ("augmentation", "Augmentation: more from the same images"),
            ("folds", "k-fold cross-validation"),
        ):
            st.page_link(page_at("data").script, label=label, query_params={"section": section})


def _variants(chosen: tuple[str, ...]) -> list[dict[str, Any]]:
    changes: dict[str, Any] = {}
    for cure in CURES:
        if cure.name in chosen:
            changes |= cure.changes
    return [{"title": PLAIN, "changes": {}}, {"title": CURED, "changes": changes}]


def _chosen(spec: Race) -> tuple[str, ...]:
    """The switches that are on."""
    changes = spec.variants[1].changes
    on = [cure.name for cure in CURES if cure.changes.items() <= changes.items()]
    return tuple(name for name in on if not (name == "l1" and "zeros" in on))


def _suits(spec: Race) -> bool:
    if not isinstance(spec.base, Supervised) or len(spec.variants) != 2:
        return False
    return [row.as_dict() for row in spec.variants] == _variants(_chosen(spec))


def _lesson() -> None:
    st.header("Cures", anchor=False)
    st.markdown(
        f"One network, large for {FEW} noisy points, twice: left alone, and with the cures that you switch on, one by "
        f"one or together. {term('Regularization')} is what all of them are called. Solid lines: the points it learns "
        f"from; dashed: new ones. The terms: {term('early stopping')}, {term('L2')}, {term('L1')}, {term('dropout')}, "
        f"{term('batch normalization')}, {term('label smoothing')}."
    )
    predict(
        "overfitting zeros",
        "L1 is added to the loss and plain gradient descent runs until nothing changes much. How many weights are "
        "exactly 0?",
        ("Most of them: that is what L1 is for", "About half", "None"),
        right=2,
        why="The gradient of $|w|$ has the same length however small $w$ is, so each step carries a small weight "
        "across 0 to the other side. Many end *near* 0, none on it. It takes a step that stops there: switch on "
        "“L1, exact zeros” and compare.",
    )
    predict(
        "overfitting dropout",
        "A network was trained with 40 % dropout. Which of its units take part when it is tested?",
        ("60 % of them, drawn anew for each test point", "All of them", "Those that were out least often"),
        right=1,
        why="Dropout belongs to learning. While it learned, the units that stayed were multiplied by "
        "1 / (1 − 0.4), so that sums are as large on average as with all units. Tested is with all, and the answer is "
        "the same each time.",
    )


def _settings(form: Form) -> None:
    spec: Race = form.spec
    chosen = _chosen(spec)
    for cure in CURES:
        st.toggle(
            f"{cure.title} ↻",
            help=cure.help,
            **form.bind(cure.name, cure.name in chosen, functools.partial(_switched, cure.name)),
        )
    draw_anew(
        form,
        "Other points",
        "base.data.seed",
        "base.seed",
        help="Draws all points anew, and other first weights: which differences were chance?",
        key="again",
    )


def _switched(name: str, spec: Race, on: bool) -> dict[str, Any]:
    """Changes that turn one switch; of the two kinds of L1 one at most is on."""
    others = {"l1": "zeros", "zeros": "l1"}
    kept = set(_chosen(spec)) - {name, others.get(name, "") if on else ""}
    return {"variants": _variants(tuple(kept | ({name} if on else set())))}
