"""Which of the two ways to the same numbers a supervised run takes: the dense fast path or the textbook's update."""

from __future__ import annotations

from torch import Tensor, nn

from dlcore.dense.knows import why_textbook
from dlcore.dense.trainer import DenseTrainer
from dlcore.specs.learns import Learns
from dlcore.specs.supervised import Supervised
from dlcore.training.graphed import recorder_for
from dlcore.training.graphed_textbook import GraphedTextbook
from dlcore.training.textbook import TextbookTrainer
from dlcore.training.trainer import Trainer


def make_trainer(spec: Supervised, network: nn.Sequential, x: Tensor, targets: Tensor) -> Trainer:
    """The trainer of a network that `build` has just made, x (n, inputs) and encoded targets on its device."""
    if why_textbook(spec) is None:
        return DenseTrainer(spec, network, x, targets)
    return make_textbook(spec, network, x, targets)


def make_textbook(
    spec: Learns, network: nn.Sequential, x: Tensor, targets: Tensor, loss: nn.Module | None = None
) -> TextbookTrainer:
    """The textbook's update on the device of the samples: on a graphics card recorded as a CUDA graph.

    `loss` (outputs, targets) -> a scalar; None: the one that the spec names.
    """
    recorder = recorder_for(x.device)
    if recorder is None:
        return TextbookTrainer(spec, network, x, targets, loss)
    return GraphedTextbook(spec, network, x, targets, recorder, loss)
