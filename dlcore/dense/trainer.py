"""The dense fast path as one run's trainer: a replica in a stack, its own or one shared with others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn

from dlcore.dense.replica import Replica, make_replica
from dlcore.dense.shape import shape_of
from dlcore.dense.stack import DenseStack
from dlcore.specs.supervised import Supervised


class DenseTrainer:
    """Trains one network in a stack; whatever it does alone, it does in a stack of its own.

    The parameters of `network` and their gradients are views of the stack's tensors: nothing is copied to look at it.
    Trainers of one shape have the same key `together`; they can share a stack and get the same bits there as alone.
    """

    def __init__(self, spec: Supervised, network: nn.Sequential, x: Tensor, targets: Tensor) -> None:
        replica = make_replica(spec, network, x, targets, torch.get_rng_state())
        self._module = replica.module = network.eval()
        self.late = 0
        self._kept: dict[str, Any] = {}  # the state at the last look, where one looks late
        self._go(DenseStack(replica.shape), replica)

    def _go(self, stack: DenseStack, replica: Replica) -> None:
        self.stack, self.key = stack, stack.put(replica)
        self.together = str(stack.shape)

    def move(self, stack: DenseStack) -> None:
        """Leave the present stack for another one. Raises: ValueError: its shape does not fit."""
        self._go(stack, self.stack.take(self.key))

    @property
    def network(self) -> nn.Sequential:
        """The network as modules, in evaluation mode."""
        self.stack.load()
        return self._module

    @property
    def before(self) -> list[Tensor]:
        """The parameters as they were before the last update, in the order of `network.parameters()`."""
        return self.stack.parameters_before(self.key)

    @property
    def masks(self) -> list[Tensor]:
        """What dropout multiplied the last update's activations by, (samples, units) a hidden layer; empty without."""
        return self.stack.masks(self.key)

    @property
    def updates_an_epoch(self) -> int:
        """Updates that see every training sample once."""
        return self.stack.replica(self.key).order.updates_an_epoch

    @property
    def epoch(self) -> float:
        """Rounds through the training samples so far, as a real number."""
        return self.stack.order(self.key).epoch

    @property
    def between_epochs(self) -> bool:
        """Whether the last update was the last of its epoch."""
        return self.stack.between_epochs(self.key)

    @property
    def updates(self) -> int:
        """Updates made so far."""
        return self.stack.updates(self.key)

    @property
    def batch_loss(self) -> float:
        """The loss that the last update saw: of its batch, before it, penalties included; not a number without one."""
        return self.stack.batch_loss(self.key)

    @property
    def why_not_recorded(self) -> str | None:
        """Why a graphics card starts the operations of an update one by one, as a sentence; None: it does not."""
        return self.stack.why_not_recorded

    def step(self) -> float | None:
        """One update. Gives its loss if that is infinite or not a number, else None.

        Alone on a graphics card losses are looked at after some updates and at the end of an epoch. If there may
        be one that is not finite, the run goes back to the last look, and from there on every update is looked at.
        """
        if len(self.stack.keys) > 1:
            self.move(DenseStack(self.stack.shape))
        stack = self.stack
        if not stack.unseen:
            self.late = 0
            if not stack.recorded or self.updates_an_epoch == 1:
                return stack.step().get(self.key)
            self._kept = self.state_dict()
        return None if stack.step_unseen() and not self.between_epochs else self.settle()

    def settle(self) -> float | None:
        """Look at the losses of all updates so far. Gives the first that is not finite, and goes back to its update."""
        unseen = self.stack.unseen
        if not unseen or self.stack.look():
            return None
        self.load_state_dict(self._kept)
        for made in range(1, unseen + 1):
            lost = self.stack.step().get(self.key)
            if lost is not None:
                self.late = unseen - made
                return lost
        return None

    def change(self, spec: Supervised) -> None:
        """Use another learning rate, batch size, regularization … from the next update on."""
        replica = self.stack.replica(self.key)
        shape = shape_of(spec, replica.x.shape[1], len(replica.x), self.stack.shape.dtype, replica.shape.device)
        if shape == self.stack.shape:
            self.stack.change(self.key, spec)
        else:
            replica = self.stack.take(self.key)
            replica.change(spec)
            self._go(DenseStack(shape), replica)

    def state_dict(self) -> dict[str, Any]:
        """Everything that training changes."""
        return self.stack.state(self.key).state_dict()

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go back to a state of this very spec."""
        replica = self.stack.take(self.key)
        replica.load_state_dict(state)
        self._go(DenseStack(self.stack.shape), replica)


class Crew:
    """Trainers that take every update together, in one stack."""

    def __init__(self, trainers: Sequence[DenseTrainer]) -> None:
        self.trainers = tuple(trainers)
        self._stack = DenseStack(trainers[0].stack.shape)
        for trainer in trainers:
            trainer.move(self._stack)
        self._rows = {trainer.key: row for row, trainer in enumerate(self.trainers)}

    @property
    def whole(self) -> bool:
        """Whether nobody has left it."""
        return len(self._stack.keys) == len(self.trainers)

    def step(self) -> dict[int, float | None]:
        """One update of each. Gives to whom something happened, by number.

        That is a loss that is not finite, or None: the end of an epoch.
        """
        lost = self._stack.step()
        ended = self._stack.ended()
        if not lost and not ended:
            return {}
        return {self._rows[key]: lost.get(key) for key in (*lost, *ended)}
