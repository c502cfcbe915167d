"""The data part of an exported program that learns from series."""

from __future__ import annotations

import inspect

from datasets import waves
from dlcore.export.parts import parts_code
from dlcore.specs.data import SeriesData


def series_imports(_data: SeriesData) -> list[str]:
    """The standard library's names that `series_code` uses, as import lines."""
    return ["from types import SimpleNamespace as Dataset  # a plain bundle of named values"]


def series_code(data: SeriesData) -> str:
    """Code that leaves series `x` (n, channels, steps), numbers `y` (n,), and rows `train` and `test`.

    It computes what `dlcore.training.samples.prepare_samples` computes, bit for bit after the rounding to float32.
    """
    making = inspect.getsource(waves)
    making = making[making.index("STEPS = ") : making.index("WAVES = Card(")].strip()
    call = f"{data.card.load.__name__}(samples={data.samples}, noise={data.noise!r}, seed={data.seed})"
    made = f"{making}\n\n\ndataset = {call}\nx, y = dataset.inputs, dataset.targets"
    return f"{made}\n\n{parts_code(data)}"
