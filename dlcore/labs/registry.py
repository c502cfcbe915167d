"""The systems one can train. A new one is a file beside this and a row here."""

from __future__ import annotations

import importlib
import reprlib
from collections.abc import Mapping
from typing import Any

from dlcore.labs.lab import Lab, LabRow
from dlcore.specs import limits
from dlcore.specs.descent import Descent
from dlcore.specs.detection import Detection
from dlcore.specs.experiment import Experiment
from dlcore.specs.layered import Layered
from dlcore.specs.perceptron import Perceptron
from dlcore.specs.race import Race
from dlcore.specs.segmentation import Segmentation
from dlcore.specs.sentence import shown
from dlcore.specs.spec import SpecError, read_json
from dlcore.specs.supervised import Supervised

LABS = (
    LabRow(
        kind="supervised",
        title="Supervised learning",
        summary="A network of layers learns classes or numbers from samples with known answers, by backpropagation.",
        spec=Supervised,
        lab="dlcore.labs.supervised:SupervisedLab",
        program="dlcore.export.pytorch:as_program",
    ),
    LabRow(
        kind="layered",
        title="Layer by layer",
        summary="A network stacked from any layers, convolutions too, learns classes or numbers: from images, say.",
        spec=Layered,
        lab="dlcore.labs.layered:LayeredLab",
        program="dlcore.export.layered:as_program",
    ),
    LabRow(
        kind="detection",
        title="Detection",
        summary="A convolutional network finds the figures of a scene: a box, a class and a certainty for each.",
        spec=Detection,
        lab="dlcore.labs.detection:DetectionLab",
        program="dlcore.export.detection:as_program",
    ),
    LabRow(
        kind="segmentation",
        title="Segmentation",
        summary="A U-Net says of every pixel of a scene which figure it belongs to, or none.",
        spec=Segmentation,
        lab="dlcore.labs.segmentation:SegmentationLab",
        program="dlcore.export.segmentation:as_program",
    ),
    LabRow(
        kind="race",
        title="Race",
        summary="Variants of one experiment train side by side: optimizers, cures, the folds of a cross-validation.",
        spec=Race,
        lab="dlcore.labs.race:RaceLab",
        program="dlcore.export.race:as_program",
    ),
    LabRow(
        kind="perceptron",
        title="Perceptron",
        summary="Rosenblatt's single unit of 1958 learns to tell two classes apart, one mistake at a time.",
        spec=Perceptron,
        lab="dlcore.labs.perceptron:PerceptronLab",
        program="dlcore.export.perceptron:as_program",
    ),
    LabRow(
        kind="descent",
        title="Descent",
        summary="Balls roll down a loss surface over two weights, each moved by an optimizer of its own.",
        spec=Descent,
        lab="dlcore.labs.descent:DescentLab",
        program="dlcore.export.descent:as_program",
        epochs=False,
    ),
)


def parse_spec(source: str | Mapping[str, Any]) -> Experiment:
    """Read the spec of any lab from JSON text or plain values; `kind` says which lab.

    Raises: SpecError: no JSON object, an unknown kind, or a value that is not allowed.
    """
    if isinstance(source, str):
        if len(source) > limits.SPEC_CHARACTERS:
            raise SpecError(
                f"A spec may have {limits.SPEC_CHARACTERS:,} characters at most; this one has {len(source):,}."
            )
        source = read_json(source)
    if not isinstance(source, Mapping):
        raise SpecError(f"A spec is a JSON object with named fields; received {shown(source)}.")
    if "kind" not in source:
        raise SpecError(f"kind: this field is required, and it is missing; it is one of {_kinds()}.")
    try:
        row = find_lab(source["kind"])
    except ValueError as error:
        raise SpecError(f"{error}.") from None
    return row.spec.parse(source)


def find_lab(kind: Any) -> LabRow:
    """The registry row of a kind. Raises: ValueError: there is no such lab."""
    for row in LABS:
        if row.kind == kind:
            return row
    raise ValueError(f"kind: expected one of {_kinds()}; received {reprlib.repr(kind)}")


def make_lab(spec: Experiment) -> Lab:
    """Build the lab of a spec; imports PyTorch. Raises: ValueError: the spec cannot be built, with the reason."""
    module, name = find_lab(spec.kind).lab.split(":")
    lab: Lab = getattr(importlib.import_module(module), name)(spec)
    return lab


def as_program(spec: Experiment) -> str:
    """The experiment as a stand-alone Python program that prints the same final numbers; imports no PyTorch."""
    module, name = find_lab(spec.kind).program.split(":")
    text: str = getattr(importlib.import_module(module), name)(spec)
    return text


def _kinds() -> str:
    return ", ".join(row.kind for row in LABS)
