"""What a network answers for several sets of inputs (all samples, every picture's grid), found in one forward pass."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from dlcore.explain.layers import Layer, LayerOutput, layer_outputs


class Inputs:
    """Named sets of inputs side by side: x (inputs, n of all sets), and which of its columns belong to each set."""

    def __init__(self, sets: Mapping[str, Tensor]) -> None:
        """Sets by name, each (n, inputs)."""
        self.x = torch.cat(list(sets.values())).T.contiguous()
        self.columns: dict[str, slice] = {}
        begin = 0
        for name, x in sets.items():
            self.columns[name] = slice(begin, begin + len(x))
            begin += len(x)


class Answers:
    """A network's answers as it is now; give them up before the next update.

    A pass over a few thousand columns costs little more than one over a few hundred, so all sets go together.
    """

    def __init__(self, layers: Sequence[Layer], inputs: Inputs) -> None:
        self._outputs, self._columns = layer_outputs(layers, inputs.x), inputs.columns

    def of(self, name: str) -> list[LayerOutput]:
        """What every layer makes of one set, from input to output: z and a (units, n), n being the set's size."""
        return [output.of(self._columns[name]) for output in self._outputs]

    def last(self, name: str) -> LayerOutput:
        """What the last layer makes of one set: scores z and predictions a (outputs, n)."""
        return self._outputs[-1].of(self._columns[name])
