"""What networks must have in common to be trained as one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import torch

from dlcore.dense.activations import ACTIVATIONS
from dlcore.dense.knows import knows
from dlcore.networks.outputs import on_logits, outputs_of
from dlcore.specs.supervised import Supervised
from dlcore.specs.training import OptimizerSpec
from dlcore.training.batches import batch_size_of
from dlcore.training.rows import find

# bytes that PyTorch's CPU loops take at once: two registers
STRIDE = 128 if "AVX512" in torch.backends.cpu.get_cpu_capability() else 64
LINE = 64  # bytes of a line of memory, at which every row of a buffer begins


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The key of a stack: replicas with equal shapes step together, whatever their data, seeds and rates.

    `sizes` counts the units from inputs to outputs, `activations` names one function a layer of weights ("linear" at
    the output where the loss works on scores), `batch` is the largest batch that fits, `device` is where it trains.
    """

    sizes: tuple[int, ...]
    activations: tuple[str, ...]
    loss: str
    optimizer: OptimizerSpec
    batch: int
    dtype: torch.dtype = torch.float32
    device: str = "cpu"

    @property
    def layers(self) -> tuple[tuple[int, int], ...]:
        """(inputs, outputs) of every layer of weights."""
        return tuple(pairwise(self.sizes))

    @property
    def parameters(self) -> int:
        """P: weights and biases of one network."""
        return sum((n_in + 1) * n_out for n_in, n_out in self.layers)

    @property
    def columns(self) -> int:
        """Columns of the buffers: the batch, rounded up to whole lines, or to whole strides where a function needs it.

        Some functions (sigmoid, ELU, SiLU, softplus) round the few numbers that do not fill a stride differently.
        Without such left-overs a network gets bitwise the same numbers alone and beside any others (on the CPU; on a
        graphics card, a product of many networks may be summed in another order than that of one).
        """
        even = all(find(ACTIVATIONS, name, "activation").even for name in self.activations)
        return round_up(self.batch, LINE if even else STRIDE, self.dtype)


def round_up(numbers: int, size: int, dtype: torch.dtype) -> int:
    """At least so many numbers of a type, such that they fill whole lines or strides of `size` bytes."""
    together = size // dtype.itemsize
    return -(-numbers // together) * together


def shape_of(
    spec: Supervised, inputs: int, samples: int, dtype: torch.dtype = torch.float32, device: str = "cpu"
) -> Shape:
    """The shape of an experiment with `inputs` features and `samples` training samples.

    Raises: ValueError: the fast path does not know this experiment; the sentence says why.
    """
    reason = knows(spec)
    if reason is not None:
        raise ValueError(reason)
    hidden = spec.network.layers
    return Shape(
        sizes=(inputs, *(layer.units for layer in hidden), outputs_of(spec)),
        activations=(*(layer.activation for layer in hidden), "linear" if on_logits(spec) else spec.output),
        loss=spec.training.loss,
        optimizer=spec.training.optimizer,
        batch=batch_size_of(spec, samples),
        dtype=dtype,
        device=device,
    )
