"""What the labs share that learn from mini-batches: one update a step, epochs, the end, and what they remember."""

from __future__ import annotations

from typing import Any

from dlcore.labs.lab import Diverged
from dlcore.specs.training import TrainingSpec
from dlcore.training.diverging import why_diverged
from dlcore.training.ending import Ending
from dlcore.training.make import schedule_factor
from dlcore.training.trainer import Trainer


class MiniBatchLab:
    """Lets a trainer make an update a step, and says when training is over.

    A lab says how large its loss is on a whole part (`loss_on`), and what of its measurements is out of date when
    weights were changed other than by an update (`forget`).
    """

    def __init__(self, trainer: Trainer, training: TrainingSpec) -> None:
        self.trainer = trainer
        self.training = training
        self.ending = Ending(training)
        self.ended_at: int | None = None  # the update at which training ended
        self.schedule = schedule_factor(training)

    def loss_on(self, part: str) -> float:
        """The loss on all of a part, train or test, without penalties, in evaluation mode."""
        raise NotImplementedError

    def forget(self) -> None:
        """Measure anew: the weights are others."""
        raise NotImplementedError

    @property
    def steps(self) -> int:
        """Updates made so far."""
        return self.trainer.updates

    @property
    def steps_an_epoch(self) -> int:
        """Updates that see every training sample once."""
        return self.trainer.updates_an_epoch

    @property
    def epoch(self) -> float:
        """Rounds through the training samples so far, as a real number."""
        return self.trainer.epoch

    @property
    def learning_rate(self) -> float:
        """η of the next update."""
        return self.training.learning_rate * self.schedule(self.epoch)

    def step(self) -> None:
        """One update; the trainer makes it (`dlcore.training.textbook` is the one to read). Raises: Diverged."""
        self.after_update(self.trainer.step())

    def after_update(self, lost: float | None) -> None:
        """What follows an update, whoever made it; `lost` is its loss if that is not finite. Raises: Diverged."""
        self._require_finite(lost)
        if self.trainer.between_epochs and not self.finished():
            if self.ending.end_epoch(self.epoch, self.trainer.network, self.loss_on):
                self.forget()
            self.ended_at = self.steps if self.finished() else None

    def settle(self) -> None:
        """Look at the losses of all updates so far. Raises: Diverged."""
        self._require_finite(self.trainer.settle())

    def _require_finite(self, lost: float | None) -> None:
        if lost is not None:
            raise Diverged(why_diverged(lost, self.steps, self.training.learning_rate), self.trainer.late)

    @property
    def remark(self) -> str:
        """Why updates are not recorded on a graphics card that could; empty where nothing is to be said."""
        return self.trainer.why_not_recorded or ""

    def finished(self) -> str | None:
        """Why training is over, or None."""
        return self.ending.reason

    def go_on_with(self, spec: Any) -> None:
        """Use the spec's settings of training from the next update on. Raises: Diverged, of an update before."""
        self.settle()
        self.training = spec.training
        self.trainer.change(spec)
        self.schedule = schedule_factor(spec.training)
        self.ending.change(spec.training)
        self.ended_at = None

    def state_dict(self) -> dict[str, Any]:
        """What the trainer and the end of training remember."""
        self.settle()
        return {
            "trainer": self.trainer.state_dict(),
            "ending": self.ending.state_dict(),
            "ended_at": self.ended_at,
        }

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go back to a state of this very spec."""
        self.trainer.load_state_dict(state["trainer"])
        self.ending.load_state_dict(state["ending"])
        self.ended_at = state["ended_at"]
        self.forget()
