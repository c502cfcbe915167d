"""A walk through a list of layers: what every layer gets, gives, costs and sees, or why it does not fit; no torch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dlcore.networks.fields import Field, field_after, first_field, join_fields
from dlcore.networks.rules import Misfit, Outcome, outcome, projection, projection_stride
from dlcore.networks.signal import Shape, Signal
from dlcore.specs.edits import Path
from dlcore.specs.layer_kinds import kind_of
from dlcore.specs.layers import ActivationLayer, FlattenLayer, Layer, PlainLayer, ResidualLayer

FLOAT_BYTES = 4  # activations are float32


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Row:
    """One layer in its place: `name` leads to its module, `network.get_submodule(name)`.

    `memory`: bytes that one sample's output takes while training keeps it for the backward pass; a flatten and a linear
    activation only look at the numbers before them and take none. A residual block's figures include its inner
    layers' (`inner`), its projection's (with `stride`; None without one) and its sum's.
    """

    path: Path
    name: str
    layer: Layer
    input: Signal
    output: Signal
    parameters: int
    multiply_adds: int
    field: Field
    memory: int
    inner: tuple[Row, ...] = ()
    stride: int | None = None

    @property
    def receptive_field(self) -> Shape:
        """Places of the network's input that a unit sees, along each axis."""
        return self.field.size


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A layer that does not fit, or (with a path behind the last layer) an end that the data do not want."""

    path: Path
    layer: Layer | None
    got: Signal
    needs: str

    @property
    def sentence(self) -> str:
        """The problem as one sentence."""
        if self.layer is None:
            return f"The network ends with {self.got}; these data need {self.needs}."
        return f"{where(self.path)} ({kind_of(self.layer).title}) gets {self.got}; it needs {self.needs}."


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Walk:
    """All layers up to the first that does not fit, and the totals over them."""

    input: Signal
    rows: tuple[Row, ...]
    problem: Problem | None

    @property
    def output(self) -> Signal:
        """What the last layer that fits gives."""
        return self.rows[-1].output if self.rows else self.input

    @property
    def parameters(self) -> int:
        """Learned numbers of all layers."""
        return sum(row.parameters for row in self.rows)

    @property
    def multiply_adds(self) -> int:
        """Multiply-adds of one sample's forward pass; the backward pass takes about twice as many again."""
        return sum(row.multiply_adds for row in self.rows)

    @property
    def memory(self) -> int:
        """Bytes of one sample's activations."""
        return sum(row.memory for row in self.rows)


def walk(layers: Sequence[Layer], given: Signal, *, scores: int | None = None) -> Walk:
    """Follow one sample through the layers; `scores` is how many numbers the data want at the end (None: any)."""
    rows: list[Row] = []
    try:
        signal = _follow(layers, given, first_field(given), rows, (), "")
    except _Stopped as stopped:
        return Walk(input=given, rows=tuple(rows), problem=stopped.problem)
    if scores is None or (signal.shape == (scores,) and not signal.tokens):
        return Walk(input=given, rows=tuple(rows), problem=None)
    needs = f"{scores} score{'s, one a class' if scores > 1 else ''}"
    return Walk(
        input=given, rows=tuple(rows), problem=Problem(path=(len(layers),), layer=None, got=signal, needs=needs)
    )


def where(path: Path) -> str:
    """A place in the list as learners count, from 1."""
    return f"Layer {path[0] + 1}" + "".join(f", inner layer {number + 1}" for number in path[1:])


def every_row(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows and the inner rows of each, in the order of the walk: a block comes before its inner layers."""
    for row in rows:
        yield row
        yield from every_row(row.inner)


class _Stopped(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def _follow(layers: Sequence[Layer], signal: Signal, field: Field, rows: list[Row], path: Path, prefix: str) -> Signal:
    counts: Counter[str] = Counter()
    for number, layer in enumerate(layers):
        child = kind_of(layer).child
        counts[child] += 1
        here, name = (*path, number), f"{prefix}{child}{counts[child]}"
        try:
            row = (
                _block(layer, signal, field, here, name)
                if isinstance(layer, ResidualLayer)
                else _plain(layer, signal, field, here, name)
            )
        except Misfit as misfit:
            raise _Stopped(Problem(path=here, layer=layer, got=signal, needs=str(misfit))) from None
        rows.append(row)
        signal, field = row.output, row.field
    return signal


def _plain(layer: PlainLayer, given: Signal, field: Field, path: Path, name: str) -> Row:
    done = outcome(layer, given)
    view = isinstance(layer, FlattenLayer) or (isinstance(layer, ActivationLayer) and layer.function == "linear")
    return Row(
        path=path,
        name=name,
        layer=layer,
        input=given,
        output=done.output,
        parameters=done.parameters,
        multiply_adds=done.multiply_adds,
        field=field_after(layer, field, done.output),
        memory=0 if view else FLOAT_BYTES * done.output.size,
    )


def _block(block: ResidualLayer, given: Signal, field: Field, path: Path, name: str) -> Row:
    if given.tokens:
        raise Misfit("numbers, not tokens")
    inner: list[Row] = []
    output = _follow(block.layers, given, field, inner, path, f"{name}.layers.")
    shortcut, stride = Outcome(output=given), None
    if block.shortcut == "projection":
        shortcut, stride = projection(given, output), projection_stride(given, output)
    elif output != given:
        raise Misfit(f"inner layers that give the same again, because their output is added to it; they give {output}")
    sums = FLOAT_BYTES * output.size * (2 if stride else 1)  # the projection and the sum
    return Row(
        path=path,
        name=name,
        layer=block,
        input=given,
        output=output,
        parameters=shortcut.parameters + sum(row.parameters for row in inner),
        multiply_adds=shortcut.multiply_adds + sum(row.multiply_adds for row in inner),
        field=join_fields(inner[-1].field, field, stride or 1),
        memory=sums + sum(row.memory for row in inner),
        inner=tuple(inner),
        stride=stride,
    )
