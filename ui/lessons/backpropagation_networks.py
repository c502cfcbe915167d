"""Networks to follow step by step: made from a few choices and a sample, or taken from a run of the Playground."""

from __future__ import annotations

import random
import threading
from collections.abc import Mapping, Sequence
from functools import lru_cache
from time import monotonic
from typing import Any

import numpy as np

from dlcore.engine.frame import decode
from dlcore.engine.run import Run
from dlcore.networks.outputs import encoding_of, outputs_of
from dlcore.specs import limits
from dlcore.specs.data import DataSpec
from dlcore.specs.supervised import Supervised
from dlcore.specs.traced import Traced
from dlcore.training.prepare import Prepared, prepare

PATIENCE = 5.0  # seconds for a run to show its weights
Layers = Sequence[tuple[int, str]]  # units and activation of each, the output layer last


def drawn(layers: Layers, inputs: Sequence[float], target: Sequence[float], loss: str, seed: int) -> Traced:
    """A network with weights between −1 and 1 and biases between −½ and ½, of two digits, to be followed by hand.

    Raises: SpecError: the choices do not fit together.
    """
    chance = random.Random(seed)
    rows, width = [], len(inputs)
    for units, activation in layers:
        rows.append(
            {
                "weights": [[round(chance.uniform(-1, 1), 2) for _ in range(width)] for _ in range(units)],
                "biases": [round(chance.uniform(-0.5, 0.5), 2) for _ in range(units)],
                "activation": activation,
            }
        )
        width = units
    return Traced.parse({"inputs": list(inputs), "layers": rows, "target": list(target), "loss": loss})


def prepared(spec: Supervised) -> Prepared:
    """The data of an experiment, kept for the next question."""
    return _prepared(spec.data, spec.network.features)


@lru_cache(maxsize=8)
def _prepared(data: DataSpec, features: tuple[str, ...]) -> Prepared:
    return prepare(data, features)


def sample_of(spec: Supervised, number: int) -> tuple[list[float], list[float], str]:
    """Training sample `number` (from 0): the inputs, the target as the loss wants it, and how it is called."""
    data = prepared(spec)
    inputs = [float(value) for value in data.x_train[number]]
    y = data.y_train[number]
    match encoding_of(spec):
        case "sign":
            target = [2.0 * float(y) - 1.0]
        case "index" | "one_hot":
            target = [float(k == int(y)) for k in range(outputs_of(spec))]
        case _:
            target = [float(y)]
    name = data.classes[int(y)] if data.classes else f"target {float(y):.3g}"
    return inputs, target, name


def too_large(spec: Supervised) -> str:
    """Why a Playground network cannot be drawn number by number; empty where it can."""
    layers, inputs = spec.network.layers, prepared(spec).x_train.shape[1]
    widest = max((layer.units for layer in layers), default=0)
    if spec.batch_norm:
        return "Batch normalization looks at all samples of a batch at once, and here is only one. Switch it off."
    if len(layers) > limits.TRACED_LAYERS:
        return f"It has {len(layers)} hidden layers; {limits.TRACED_LAYERS} fit here."
    if max(widest, outputs_of(spec)) > limits.TRACED_UNITS:
        return f"It has {max(widest, outputs_of(spec))} units in a layer; {limits.TRACED_UNITS} fit here."
    if inputs > limits.TRACED_INPUTS:
        return f"It has {inputs} inputs; {limits.TRACED_INPUTS} fit here."
    return ""


def weights_of(run: Run) -> tuple[int, dict[str, np.ndarray]]:
    """The step of a run and its present weights: `weight/l` (out, in) and `bias/l` (out).

    Raises: TimeoutError: no frame came in time.
    """
    news = threading.Event()
    watch = run.watch(("network",), 20.0, wake=news.set)
    until = monotonic() + PATIENCE
    try:
        while monotonic() < until:
            news.clear()
            for header, arrays in decode(watch.take() or b""):
                if header["type"] == "frame" and "network/weight/0" in arrays:
                    names = [name for name in arrays if name.startswith(("network/weight/", "network/bias/"))]
                    return int(header["step"]), {name.removeprefix("network/"): arrays[name] for name in names}
            news.wait(0.2)
    finally:
        watch.close()
    raise TimeoutError("the run showed no weights in time")


def taken(spec: Supervised, weights: Mapping[str, np.ndarray], number: int) -> Traced:
    """The network of a run with its weights, and one of its training samples.

    Raises: SpecError: a weight is not finite, or too large to be shown.
    """
    inputs, target, _ = sample_of(spec, number)
    activations = [*(layer.activation for layer in spec.network.layers), spec.output]
    layers: list[dict[str, Any]] = [
        {
            "weights": _plain(weights[f"weight/{at}"]),
            "biases": _plain(weights[f"bias/{at}"]),
            "activation": activation,
        }
        for at, activation in enumerate(activations)
    ]
    rate = spec.training.learning_rate
    return Traced.parse(
        {"inputs": inputs, "layers": layers, "target": target, "loss": spec.training.loss, "learning_rate": rate}
    )


def _plain(array: np.ndarray) -> Any:
    return array.astype(np.float64).tolist()
