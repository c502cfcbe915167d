"""Mini-batches: in which order an epoch goes through the training samples, and how it is cut.

All randomness of a run comes from PyTorch's global generator: `torch.manual_seed(spec.seed)` once, the draws of
`dlcore.networks.build.build`, then for every epoch one `torch.randperm` (`torch.multinomial` where rare classes are
drawn more often) and, update by update, the masks of dropout.
The same seed gives the same run.
"""

from __future__ import annotations

import torch
from torch import Tensor

from dlcore.specs.learns import Learns


def batch_size_of(spec: Learns, samples: int) -> int:
    """Samples of one update, at most all there are; all for an optimizer that looks at the whole set.

    Raises: ValueError: too few samples to train with: none, or a single one with batch normalization.
    """
    training, least = spec.training, 2 if spec.batch_norm else 1
    if samples < least:
        raise ValueError(f"training samples: this network needs at least {least}; received {samples}")
    if training.batch_size == "all" or training.full_batch:
        return samples
    return min(training.batch_size, samples)


def epoch_order(samples: int, size: int, chances: Tensor | None = None) -> Tensor:
    """The order of an epoch, int64 (samples,): shuffled by one draw of `torch.randperm`.

    One batch that holds everything keeps the order of the set and draws nothing. With `chances` (samples,), the epoch
    is as many samples drawn by one `torch.multinomial` with replacement: some come more than once, others not at all.
    """
    if chances is not None:
        return torch.multinomial(chances, samples, replacement=True)
    return torch.arange(samples) if size >= samples else torch.randperm(samples)


def batches(order: Tensor, size: int, *, batch_norm: bool = False) -> tuple[Tensor, ...]:
    """The order cut into batches of `size`; the last one holds what is left.

    Batch normalization cannot work with one sample, so there a single left-over sample sits this epoch out.
    """
    cut = torch.split(order, size)
    return cut[:-1] if batch_norm and len(cut[-1]) == 1 else cut


def steps_an_epoch(samples: int, size: int, *, batch_norm: bool = False) -> int:
    """Updates in one epoch: as many as `batches` cuts."""
    return len(range(0, samples - batch_norm, size))
