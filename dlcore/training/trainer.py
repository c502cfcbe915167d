"""What every way of training a network by mini-batches has in common."""

from __future__ import annotations

from typing import Any, Protocol

from torch import Tensor, nn

from dlcore.specs.supervised import Supervised


class Trainer(Protocol):
    """Makes the updates of one network; `network` always shows the present weights, and their last gradients."""

    @property
    def network(self) -> nn.Sequential:
        """The network as modules: for looking at it, evaluating it, and setting weights by hand."""

    @property
    def before(self) -> list[Tensor]:
        """The parameters as they were before the last update, in the order of `network.parameters()`."""

    @property
    def masks(self) -> list[Tensor]:
        """What dropout multiplied the last update's activations by, (samples, units) a layer: 0 where one was out.

        Empty without dropout, and before the first update.
        """

    @property
    def updates_an_epoch(self) -> int:
        """Updates that see every training sample once."""

    @property
    def epoch(self) -> float:
        """Rounds through the training samples so far, as a real number."""

    @property
    def between_epochs(self) -> bool:
        """Whether the last update was the last of its epoch."""

    @property
    def updates(self) -> int:
        """Updates made so far."""

    @property
    def batch_loss(self) -> float:
        """The loss that the last update looked at saw: of its batch, before it, penalties included.

        Not a number before the first update, and after `load_state_dict` until the next.
        """

    @property
    def together(self) -> str | None:
        """Trainers with equal keys can take their updates as one; None: only alone."""

    @property
    def why_not_recorded(self) -> str | None:
        """Why a graphics card starts the operations of an update one by one, as a sentence; None: it does not."""

    @property
    def late(self) -> int:
        """Updates, the last call's included, that came after the one whose loss was found not to be finite."""

    def step(self) -> float | None:
        """One update. Gives its loss if that is infinite or not a number, else None.

        Where losses are looked at later, it may be that of an update before: then everything has gone back to that one,
        and `late` says how many were taken back.
        """

    def settle(self) -> float | None:
        """Look at the losses of all updates so far, as `step` does: before a frame, a state, a change, an edit."""

    def change(self, spec: Supervised) -> None:
        """Use another learning rate, batch size, regularization … from the next update on."""

    def state_dict(self) -> dict[str, Any]:
        """Weights, gradients, what the optimizer has gathered, the order of the samples: copies."""

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go back to what `state_dict` gave."""
