"""When training is over: the best epoch has passed, the loss is low enough, or all epochs are done."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from torch import nn

from dlcore.specs.training import TrainingSpec
from dlcore.training.early_stopping import EarlyStopper


class Ending:
    """Looks at the end of each epoch, until there is a `reason` to stop; who trains on after that is left alone."""

    def __init__(self, training: TrainingSpec) -> None:
        self.training = training
        self.stopper = EarlyStopper(training.early_stopping)
        self.reason: str | None = None

    def end_epoch(self, epoch: float, network: nn.Module, loss: Callable[[str], float]) -> bool:
        """Judge the network after an epoch; whether its best weights so far were put back into it.

        `loss("train")` and `loss("test")` measure the network on a whole part; each is asked only where it matters.
        """
        training = self.training
        if self.reason is not None:  # it has stopped once, and the learner chose to go on
            return False
        if training.early_stopping is not None:
            best = self.stopper.observe(loss("test"), epoch, network)
            if best is not None:
                self.reason = (
                    f"Early stopping: the test loss has not fallen for {training.early_stopping.patience} epochs. "
                    f"The weights of epoch {best:,.0f}, the best so far, are back in the network."
                )
                return self.stopper.restore(network)
        if training.stop_loss is not None and loss("train") <= training.stop_loss:
            self.reason = f"The training loss has reached {training.stop_loss:g}."
        elif training.epochs is not None and round(epoch) >= training.epochs:
            self.reason = epochs_done(training.epochs)
            return training.early_stopping is not None and self.stopper.restore(network)
        return False

    def change(self, training: TrainingSpec) -> None:
        """Go on with other conditions, from the next epoch's end on."""
        self.training, self.stopper.settings, self.reason = training, training.early_stopping, None

    def state_dict(self) -> dict[str, Any]:
        """Why it is over, and the best epoch seen, as copies."""
        return {"reason": self.reason, "stopper": copy.deepcopy(self.stopper.state_dict())}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go back to what `state_dict` gave."""
        self.reason = state["reason"]
        self.stopper.load_state_dict(copy.deepcopy(state["stopper"]))


def epochs_done(epochs: int) -> str:
    """The sentence of a training that has made all its epochs."""
    return "1 epoch is done." if epochs == 1 else f"{epochs:,} epochs are done."
