"""Which of the two ways to the same numbers a supervised run takes: the dense fast path or the textbook's update."""

from __future__ import annotations

from torch import Tensor, nn

from dlcore.dense.knows import why_textbook
from dlcore.dense.trainer import DenseTrainer
from dlcore.specs.supervised import Supervised
from dlcore.training.textbook import TextbookTrainer
from dlcore.training.trainer import Trainer


def make_trainer(spec: Supervised, network: nn.Sequential, x: Tensor, targets: Tensor) -> Trainer:
    """The trainer of a network that `build` has just made, x (n, inputs) and encoded targets on its device."""
    fast = why_textbook(spec, cuda=x.device.type == "cuda") is None
    return (DenseTrainer if fast else TextbookTrainer)(spec, network, x, targets)
