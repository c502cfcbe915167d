"""What to change where a layer does not fit: the first of the usual remedies that gets past it, as edits."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from dlcore.networks.shapes import Problem, Walk, walk, where
from dlcore.networks.signal import Signal
from dlcore.specs import limits
from dlcore.specs.convolutions import Conv1dLayer, Conv2dLayer, ConvTransposeLayer
from dlcore.specs.edits import Edit, Path, apply_edits
from dlcore.specs.layer_kinds import kind_of
from dlcore.specs.layers import (
    ActivationLayer,
    BatchNormLayer,
    DenseLayer,
    DropoutLayer,
    EmbeddingLayer,
    FlattenLayer,
    Layer,
    LayerNormLayer,
    PlainLayer,
    ResidualLayer,
)
from dlcore.specs.pooling import AvgPoolLayer, MaxPoolLayer
from dlcore.specs.spec import Spec, differences

_ANY_SHAPE = (ActivationLayer, BatchNormLayer, DropoutLayer, LayerNormLayer)  # pass on the shape that they get
_Part = TypeVar("_Part", bound=Spec)
_Inner = TypeVar("_Inner", bound=PlainLayer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A remedy as a value: `apply_edits(layers, repair.edits)` applies it; `title` is what a button says."""

    title: str
    edits: tuple[Edit, ...]


def repair(layers: Sequence[Layer], walked: Walk, *, scores: int | None = None) -> Repair | None:
    """The remedy for the problem that `walk(layers, …, scores=scores)` found; None without a problem or a remedy.

    With it the layer fits or is gone and nothing before it breaks, so repairing again and again comes to an end.
    """
    problem = walked.problem
    if problem is None:
        return None
    candidates = _endings(layers, problem, scores) if problem.layer is None else _remedies(layers, walked, problem)
    for candidate in candidates:
        changed = apply_edits(layers, candidate.edits)
        left = walk(changed, walked.input, scores=scores).problem
        if len(changed) <= limits.LAYERS and (left is None or _ahead(changed, left) < _ahead(layers, problem)):
            return candidate
    return None


def repaired(layers: Sequence[Layer], given: Signal, *, scores: int | None = None) -> tuple[Layer, ...]:
    """The layers after all remedies that lead to a stack which takes `given` and ends with `scores`.

    What has no remedy stays as it is; `walk` then says why it does not fit.
    """
    fitted = tuple(layers)
    while (remedy := repair(fitted, walk(fitted, given, scores=scores), scores=scores)) is not None:
        fitted = apply_edits(fitted, remedy.edits)
    return fitted


def _ahead(layers: Sequence[Layer], problem: Problem) -> int:
    """How many layers the walk has not got past; a block is passed after its inner layers."""
    inner = [len(layer.layers) if isinstance(layer, ResidualLayer) else 0 for layer in layers]
    at = problem.path[0]
    done = problem.path[1] if len(problem.path) > 1 else inner[at] if at < len(layers) else 0
    return sum(inner[at:]) + len(layers) - at - done


def _remedies(layers: Sequence[Layer], walked: Walk, problem: Problem) -> Iterator[Repair]:
    layer, got, path = problem.layer, problem.got, problem.path
    assert layer is not None  # the end has remedies of its own
    siblings = layers if len(path) == 1 else _block_at(layers, path).layers
    if got.tokens and not isinstance(layer, EmbeddingLayer):
        first = EmbeddingLayer(vocabulary=got.tokens)
        yield Repair(title=f"Insert an embedding before {_low(path)}", edits=(_insert(path, first),))
    elif isinstance(layer, DenseLayer) and (len(path) == 1 or len(siblings) < limits.INNER_LAYERS):
        yield Repair(title=f"Insert Flatten before {_low(path)}", edits=(_insert(path, FlattenLayer()),))
    if len(got.shape) == 1 and (flatten := _flatten_before(siblings, path)) is not None:
        yield Repair(title=f"Remove Flatten, {_low(flatten)}", edits=(Edit(action="remove", path=flatten),))
    for other in _other_settings(layer, got):
        title = f"Make {_low(path)} {_changes(layer, other)}"
        yield Repair(title=title, edits=(Edit(action="replace", path=path, layer=other),))
    gone = path if len(siblings) > 1 or len(path) == 1 else path[:1]  # a block does not go without inner layers
    yield Repair(title=f"Remove {_low(gone)}", edits=(Edit(action="remove", path=gone),))


def _other_settings(layer: Layer, got: Signal) -> Iterator[Layer]:
    """The same layer with other settings, or its kind for the other number of axes, that may suit what it gets."""
    match layer:
        case Conv1dLayer() if len(got.axes) == 2:
            yield Conv2dLayer.parse(layer.as_dict() | {"kind": "conv2d"})
        case Conv2dLayer() if len(got.axes) == 1:
            yield Conv1dLayer.parse(layer.as_dict() | {"kind": "conv1d"})
        case Conv1dLayer() | Conv2dLayer() if got.axes:
            groups = math.gcd(layer.groups, got.shape[0])
            fits = (min(got.axes) + 2 * layer.zeros - 1) // layer.dilation + 1
            yield _with(layer, groups=groups, kernel=min(layer.kernel, fits))
        case MaxPoolLayer() | AvgPoolLayer() if got.axes and min(got.axes) > 1:
            yield _with(layer, kernel=min(layer.kernel, *got.axes), padding=0)
        case ConvTransposeLayer():
            yield _with(layer, padding=0)
        case EmbeddingLayer() if got.tokens:
            yield _with(layer, vocabulary=got.tokens)
        case ResidualLayer():
            kept = tuple(_keeping_size(inner) for inner in layer.layers)
            if layer.shortcut == "identity":
                yield ResidualLayer(layers=layer.layers, shortcut="projection")
                yield ResidualLayer(layers=kept)
            yield ResidualLayer(layers=kept, shortcut="projection")


def _endings(layers: Sequence[Layer], problem: Problem, scores: int | None) -> Iterator[Repair]:
    if scores is None:
        return
    last, end, got = len(layers) - 1, (len(layers),), problem.got
    dense = DenseLayer(units=scores)
    if got.tokens:
        edits = (_insert(end, EmbeddingLayer(vocabulary=got.tokens)), _insert((last + 2,), FlattenLayer()))
        yield Repair(
            title="End with an embedding, Flatten and a dense layer", edits=(*edits, _insert((last + 3,), dense))
        )
    elif got.axes:
        title = f"End with Flatten and a dense layer of {_units(scores)}"
        yield Repair(title=title, edits=(_insert(end, FlattenLayer()), _insert((last + 2,), dense)))
    elif layers and isinstance(layers[-1], DenseLayer):
        title = f"Make {_low((last,))} {_changes(layers[-1], dense)}"
        yield Repair(title=title, edits=(Edit(action="replace", path=(last,), layer=dense),))
    else:
        yield Repair(title=f"End with a dense layer of {_units(scores)}", edits=(_insert(end, dense),))


def _flatten_before(siblings: Sequence[Layer], path: Path) -> Path | None:
    """The flatten without which this layer would get maps again; layers that need values in a row may not follow it."""
    for number in range(path[-1] - 1, -1, -1):
        if isinstance(siblings[number], FlattenLayer):
            return (*path[:-1], number)
        if not isinstance(siblings[number], _ANY_SHAPE):
            return None
    return None


def _keeping_size(layer: _Inner) -> _Inner:
    if isinstance(layer, Conv1dLayer | Conv2dLayer):
        odd = layer.kernel + layer.reach % 2  # a kernel with a middle
        return _with(layer, stride=1, padding="same", kernel=odd)
    return layer


def _with(layer: _Part, **settings: object) -> _Part:
    return type(layer).parse(layer.as_dict() | settings)


def _changes(old: Layer, new: Layer) -> str:
    if old.kind != new.kind:
        title = kind_of(new).title
        return f"a {title[0].lower()}{title[1:]}"
    return "with " + " and ".join(
        f"{path} {value}" if not isinstance(value, list | dict) else "inner layers that keep the size"
        for path, value in differences(old, new).items()
    )


def _units(scores: int) -> str:
    return f"{scores} unit{'s' if scores > 1 else ''}"


def _low(path: Path) -> str:
    return where(path).lower()


def _insert(path: Path, layer: Layer) -> Edit:
    return Edit(action="insert", path=path, layer=layer)


def _block_at(layers: Sequence[Layer], path: Path) -> ResidualLayer:
    block = layers[path[0]]
    assert isinstance(block, ResidualLayer)  # nothing else holds inner layers
    return block
