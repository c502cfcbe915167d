"""The textbook's update on a graphics card: the same operations, recorded and repeated in one launch."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor, nn

from dlcore.specs.learns import Learns
from dlcore.specs.spec import Spec, differences
from dlcore.training.checkpoint import Checkpoint
from dlcore.training.device import to_device
from dlcore.training.graphed import Graphed, Recorder
from dlcore.training.lookout import Lookout
from dlcore.training.on_device import keep_on_device
from dlcore.training.textbook import TextbookTrainer

# fields that a recording does not hold: the learning rate is in a tensor, and the others do not enter an update
APART = ("learning_rate", "schedule", "early_stopping", "epochs", "stop_loss")


class GraphedTextbook(TextbookTrainer):
    """`TextbookTrainer` with `learn` as a CUDA graph, one for each size of a batch.

    Losses stay on the device and are looked at after some updates (`dlcore.training.lookout`) and at the end of each
    epoch. If one is not finite then, everything goes back to the last look and comes again up to that very update, so
    that nothing was made after it. The first updates with batches of a size run operation by operation, as do all of
    an odd size; each of these is looked at at once.
    """

    def __init__(
        self,
        spec: Learns,
        network: nn.Sequential,
        x: Tensor,
        targets: Tensor,
        recorder: Recorder | None,
        loss: nn.Module | None = None,
    ) -> None:
        super().__init__(spec, network, x, targets, loss)
        self._spec = spec
        self._rate = torch.zeros((), device=x.device)  # float32: kernels expect it so
        self._rate_now = 0.0  # what it holds
        keep_on_device(self.optimizer, self._rate)
        self._lookout = Lookout(x.device)
        self._checkpoint = Checkpoint()
        self._rest: dict[str, Any] = {}  # what belongs to the checkpoint beside tensors
        self._kept = False  # whether one can go back to the last look
        self.graphed: Graphed[list[Tensor | None]] = Graphed(self._learn, recorder)
        self._gradients: list[Tensor | None] = []

    def step(self) -> float | None:
        """One update. Gives the loss of an update, this or one before, that is infinite or not a number, else None."""
        if not self._lookout.waiting:
            self.why_not_recorded = self.graphed.reason
            self._kept = self.graphed.recorded and self.updates_an_epoch > 1  # after an epoch all is looked at anyway
            if self._kept:
                self._keep()
        self._update()
        late = self._kept and self.graphed.repeated and not self._lookout.full and not self.between_epochs
        return None if late else self.settle()

    def settle(self) -> float | None:
        """Look at the losses of all updates so far. Gives the first that is not finite, and goes back to its update."""
        losses = self._lookout.look() if self._lookout.waiting else []
        for number, loss in enumerate(losses, start=1):
            if not math.isfinite(loss):
                self.late = len(losses) - number
                if self.late:
                    self._repeat(number)
                return loss
        if losses:
            self.batch_loss = losses[-1]
        return None

    def batch(self, chosen: Tensor) -> tuple[Tensor, ...]:
        """What an update learns from, chosen without waiting for the device."""
        return super().batch(to_device(chosen, self.x.device))

    def _update(self) -> None:
        rate = self.training.learning_rate * self.schedule(self.epoch)
        if rate != self._rate_now:
            self._rate.fill_(rate)
            self._rate_now = rate
        gradients = self.graphed(*self.batch(self.sampler.next()))
        if gradients is not self._gradients:  # those of another recording, or of none
            self._gradients = gradients
            for parameter, gradient in zip(self.parameters, gradients, strict=True):
                parameter.grad = gradient
        self.updates += 1
        self._lookout.count()

    def _learn(self, *batch: Tensor) -> list[Tensor | None]:
        """What is recorded; the gradients."""
        self._lookout.note(self.learn(*batch))
        return [parameter.grad for parameter in self.parameters]

    def _keep(self) -> None:
        gathered = (value for values in self.optimizer.state.values() for value in values.values())
        tensors = [*self._weights, *self.network.buffers(), *(each for each in gathered if isinstance(each, Tensor))]
        self._checkpoint.keep(tensors)
        self._rest = {"sampler": self.sampler.state_dict(), "updates": self.updates, "random": self._random_state()}

    def _repeat(self, updates: int) -> None:
        """From the checkpoint so many updates."""
        self._checkpoint.put_back()
        self.sampler.load_state_dict(self._rest["sampler"])
        self.updates = self._rest["updates"]
        cpu, cuda = self._rest["random"]
        torch.set_rng_state(cpu)
        if cuda is not None:
            torch.cuda.set_rng_state(cuda, self.x.device)
        with torch.inference_mode(False), torch.enable_grad():  # whoever looks may do without gradients
            for _ in range(updates):
                self._update()
        self._lookout.clear()

    def _random_state(self) -> tuple[Tensor, Tensor | None]:
        cuda = torch.cuda.get_rng_state(self.x.device) if self.x.is_cuda else None
        return torch.get_rng_state(), cuda

    def change(self, spec: Learns) -> None:
        """Use another learning rate, batch size, regularization … from the next update on.

        Raises: RuntimeError: there are losses that nobody has looked at: `settle` before.
        """
        if self._lookout.waiting:
            raise RuntimeError(f"change: expected all losses looked at; {self._lookout.waiting} wait, settle before")
        if not _same_update(self._spec, spec):
            self.graphed.forget()
        self._spec = spec
        super().change(spec)

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go back to a state of this very spec."""
        super().load_state_dict(state)
        keep_on_device(self.optimizer, self._rate)
        self._lookout.clear()
        self.graphed.forget()  # the optimizer's tensors are new ones


def _same_update(old: Learns, new: Learns) -> bool:
    """Whether what a recording of the old update holds is true of the new one."""
    assert isinstance(old, Spec) and isinstance(new, Spec)
    return all(path.split(".")[:2] in [["training", name] for name in APART] for path in differences(old, new))
