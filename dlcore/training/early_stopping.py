"""Early stopping: stop when the test loss no longer falls, and keep the best weights seen."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import nn

from dlcore.specs.training import EarlyStopping


class EarlyStopper:
    """Watches the test loss at the end of each epoch and remembers the best network so far."""

    def __init__(self, settings: EarlyStopping | None) -> None:
        self.settings = settings
        self.best_loss = math.inf
        self.best_epoch = 0.0
        self.best_weights: dict[str, torch.Tensor] | None = None

    def observe(self, test_loss: float, epoch: float, network: nn.Module) -> float | None:
        """Look at one epoch; the best epoch once `patience` epochs brought no fall of `min_delta`, else None."""
        if self.settings is None:
            return None
        if test_loss < self.best_loss - self.settings.min_delta or self.best_weights is None:
            self.best_loss, self.best_epoch = test_loss, epoch
            self.best_weights = {name: tensor.detach().clone() for name, tensor in network.state_dict().items()}
        return self.best_epoch if epoch - self.best_epoch >= self.settings.patience - 1e-6 else None

    def restore(self, network: nn.Module) -> bool:
        """Put the best weights back; False where none were seen."""
        if self.best_weights is None:
            return False
        network.load_state_dict(self.best_weights)
        return True

    def state_dict(self) -> dict[str, Any]:
        """Everything that was remembered."""
        return {"loss": self.best_loss, "epoch": self.best_epoch, "weights": self.best_weights}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go back to what was remembered then."""
        self.best_loss, self.best_epoch, self.best_weights = state["loss"], state["epoch"], state["weights"]
