"""What the programs of both experiments with scenes share: the scenes, their tensors, the loop, the final losses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from dlcore.export.source import source_of
from dlcore.export.training import NetworkText, device_of, imports_code, standard_imports, training_code
from dlcore.specs.learns import Learns
from dlcore.specs.scenes import SceneExperiment

AT_ONCE = 100  # as the lab measures: in other groups, sums could differ in their last bits
_FIGURES = (
    "FIGURES", "_HALF_SQUARE", "_CORNER", "_HALF_CROSS", "REACH", "distance", "coverage", "strokes", "_from", "_single",
)  # fmt: skip
_SCENES = ("SIDE", "KINDS", "MOST", "_RADIUS", "_APART", "_TRIES", "make_scenes", "_places", "_paint", "_boxes")
_STANDARD = (
    "from collections import OrderedDict",
    "from types import SimpleNamespace as Scenes  # a plain bundle of named values",
    "import math",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneText:
    """What a program for scenes says of one experiment.

    `imports` are lines for the standard library and `parts` the definitions that the program needs. `targets`,
    `network` and `loss` are expressions, the first of `scenes`. `scores` are lines that print how good `outputs` are
    for the scenes whose numbers are `rows` and whose targets are `y`, with `part` before the names.
    """

    title: str
    imports: tuple[str, ...] = ()
    parts: tuple[str, ...]
    targets: str
    network: str
    loss: str
    scores: tuple[str, ...]


def scene_program(spec: SceneExperiment, said: SceneText) -> str:
    """A Python program that trains exactly this network and prints its final losses and scores.

    It is made of the very functions that the lab runs, so on the CPU it prints what the lab gives at its end, bit for
    bit. An experiment without an end trains for `dlcore.export.training.EPOCHS` epochs.
    """
    learns = cast("Learns", spec)  # of a spec that brings its own loss, `training` and `batch_norm` are read
    network = NetworkText(
        modes=spec.batch_norm,
        answers="answers",
        weights="[weight for weight in network.parameters() if weight.dim() > 1]",
        loss=said.loss,
    )
    standard = [*_STANDARD, *said.imports, *standard_imports(learns)]
    sections = [
        imports_code(said.title, standard, of_torch="Tensor, nn"),
        f"# ---- data\n{_data(spec)}",
        "# ---- network and loss\n\n\n" + "\n\n\n".join(said.parts) + f"\n\n\n{_network(spec, said)}",
        training_code(learns, network),
        _results(said),
    ]
    return "\n\n".join(sections) + "\n"


def _data(spec: SceneExperiment) -> str:
    data = spec.data
    made = ", ".join(f"{name}={getattr(data, name)!r}" for name in ("samples", "noise", "seed", "objects", "clutter"))
    count = round(data.test_share * data.samples)
    return "\n\n\n".join(
        [
            source_of("datasets/figures.py", *_FIGURES),
            source_of("datasets/scenes.py", *_SCENES),
            f"scenes = make_scenes({made})\n"
            f"rows = np.random.default_rng({data.seed}).permutation({data.samples})\n"
            f"train, test = rows[{count}:], rows[:{count}]",
        ]
    )


def _network(spec: SceneExperiment, said: SceneText) -> str:
    device = device_of(spec)  # type: ignore[arg-type]  # it reads `training` alone
    moved = [f"device = {device}", "x, y = x.to(device), y.to(device)"] if device else []
    lines = [
        "x = torch.from_numpy(scenes.images)",
        f"y = {said.targets}",
        *moved,
        "x_train, y_train, x_test, y_test = x[train], y[train], x[test], y[test]",
        "",
        f"torch.manual_seed({spec.seed})",
        f"network = {said.network}",
        *(["network.to(device)"] if device else []),
        "network.to(memory_format=torch.channels_last)  # convolutions are faster so",
        "",
        "",
        "def answers(x):",
        '    """What the network says of scenes, some at a time, so that they fit into memory."""',
        f"    return torch.cat([network(part) for part in torch.split(x, {AT_ONCE})])",
        "",
    ]
    return "\n".join(lines)


def _results(said: SceneText) -> str:
    lines = [
        "# ---- results",
        "train_loss, test_loss = losses()",
        'print("train_loss", train_loss)',
        'print("test_loss", test_loss)',
        'for part, x, y, rows in (("train", x_train, y_train, train), ("test", x_test, y_test, test)):',
        "    with torch.no_grad():",
        "        outputs = answers(x)",
        *(f"    {line}" for line in said.scores),
    ]
    return "\n".join(lines)
