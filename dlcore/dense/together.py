"""K replicas in one set of tensors, for as long as the same ones train together."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn

from dlcore.dense.losses import LOSSES
from dlcore.dense.network import DenseNetwork
from dlcore.dense.optimizers import Pace, make_optimizer
from dlcore.dense.regularizers import Dropout, Regularizers
from dlcore.dense.replica import Replica, linears
from dlcore.dense.shape import Shape
from dlcore.dense.track import Track
from dlcore.specs.training import TrainingSpec
from dlcore.training.graphed import Graphed, recorder_for
from dlcore.training.lookout import Lookout
from dlcore.training.rows import find
from dlcore.training.schedules import SCHEDULES

SAFE = 1e30  # sum of squares of the outputs, or of the weights, below which no loss is infinite


class Together:
    """The update of K replicas, one row of every tensor each; made anew when somebody joins or leaves."""

    def __init__(self, shape: Shape, replicas: Sequence[Replica]) -> None:
        self.replicas = replicas
        self.network = DenseNetwork(shape, len(replicas))
        self._scores = self.network.sums[-1].view(-1)
        device = torch.device(shape.device)
        recorder = recorder_for(device)
        self._graphed = None if recorder is None else Graphed(self._learn, recorder)
        self.lookout = Lookout(device, shape.dtype)
        self.loss = find(LOSSES, shape.loss, "training.loss")
        self.track = Track(shape, replicas, self.loss)
        self.optimizer = make_optimizer(shape.optimizer, self.network.theta)
        K, P = len(replicas), shape.parameters
        owner = torch.zeros_like(self.network.theta, dtype=torch.int64)
        self.network.fill(owner, torch.arange(K)[:, None].expand(K, P))
        self.pace = Pace(
            rates=[r.training.learning_rate for r in replicas],
            updates=[r.updates for r in replicas],
            owner=owner,
        )
        self.network.fill(self.network.theta, torch.stack([r.theta for r in replicas]))
        nothing = self.network.theta.new_zeros(P)
        for name, flat in self.optimizer.memory.items():
            self.network.fill(flat, torch.stack([r.memory.get(name, nothing) for r in replicas]))
        self.before = torch.zeros_like(self.network.theta)  # the weights that the last update began with
        self.network.fill(self.before, torch.stack([r.theta if r.before is None else r.before for r in replicas]))
        gradients = torch.stack([nothing if r.gradient is None else r.gradient for r in replicas])
        self.network.fill(self.network.gradient, gradients)
        self._held: list[tuple[Any, ...]] = []  # what the present operations hold of the replicas' settings
        self._last: tuple[Tensor, Tensor] | None = None  # targets and shares of the last update
        self._fresh: list[int] = []  # rows whose modules show no gradients yet
        for row, replica in enumerate(replicas):
            if replica.module is not None:
                self._show(row, replica.module)
        self._show_gradients()
        self.settings_changed()

    def settings_changed(self) -> None:
        """Read the replicas' training specs again."""
        settings = [replica.training for replica in self.replicas]
        factors = [_schedule(training) for training in settings]
        self._scheduled = [(row, factor) for row, factor in enumerate(factors) if factor is not None]
        self.pace.rates = [training.learning_rate for training in settings]
        self.pace.rates_changed = True
        held = [(t.l1, t.l2, t.gradient_clip, t.dropout) for t in settings]
        if held == self._held:
            return
        self._held = held
        if self._graphed is not None:
            self._graphed.forget()
        self.regularizers = Regularizers(self.network, self.pace, settings)
        rates = [training.dropout for training in settings]
        hidden = len(self.network.shape.sizes) > 2
        self.dropout = (
            Dropout(self.network, rates, [r.generator for r in self.replicas]) if any(rates) and hidden else None
        )
        self.network.use_dropout(self.dropout.masks if self.dropout else None)

    @torch.inference_mode()
    def step(self, *, look: bool = True) -> dict[int, float]:
        """One update of every replica. Gives the losses, penalties included, that are infinite or not a number.

        Where a graphics card repeats a recording, nobody need `look` at them yet.
        """
        for row, factor in self._scheduled:
            self.track.settle(row)
            replica = self.replicas[row]
            self.pace.rates[row] = replica.training.learning_rate * factor(replica.order.epoch)
            self.pace.rates_changed = True
        x, y, share = self.track.next()
        if self.dropout is not None:
            self.dropout.draw(self.track.batch_sizes())
        self.pace.updates = [t + 1 for t in self.pace.updates]
        self.optimizer.prepare(self.pace)
        diverged: dict[int, float] = {}
        if self._graphed is None:
            outputs = self._forward(x, y, share)
            if self._suspicious():
                diverged = self._diverged(self.network.weights)
            self._backward(outputs, y, share)
        else:
            self._graphed(self.track.latest)
            self.lookout.count()
            if look and not self.look():
                diverged = self._diverged(self.network.by_layer(self.before))
        if self._fresh:
            self._show_gradients()
        return diverged

    def _learn(self, batch: Tensor) -> None:
        """What a graphics card records: all of an update but the numbers that differ from one to the next."""
        x, y, share = self.track.parts(batch)
        outputs = self._forward(x, y, share)
        size = torch.dot(self._scores, self._scores)
        if self.regularizers.penalized:
            theta = self.network.theta
            size = torch.maximum(size, torch.dot(theta, theta))
        self.lookout.note(size)
        self._backward(outputs, y, share)

    def _forward(self, x: Tensor, y: Tensor, share: Tensor) -> Tensor:
        self._last = y, share
        return self.network.forward(x)

    def _backward(self, outputs: Tensor, y: Tensor, share: Tensor) -> None:
        network, regularizers = self.network, self.regularizers
        delta = network.deltas[-1]
        if self.loss.squash is not None:
            self.loss.squash(network.scores, network.errors)
            outputs = delta
        self.loss.error(outputs, y, delta)
        delta.mul_(share)
        network.backward()
        regularizers.add_gradients()
        regularizers.clip_gradients()
        self.before.copy_(network.theta)
        self.optimizer.move(network.gradient)

    @property
    def recorded(self) -> bool:
        """Whether an update is a recording to repeat."""
        return self._graphed is not None and self._graphed.recorded

    @property
    def why_not_recorded(self) -> str | None:
        """Why an update could not be recorded, a sentence; None: it could, or nothing records here."""
        return None if self._graphed is None else self._graphed.reason

    def look(self) -> bool:
        """Whether no loss of the updates that nobody has looked at can have left the numbers; waits for the device."""
        return all(size < SAFE for size in self.lookout.look())  # false for not-a-number as well

    def _show(self, row: int, module: nn.Sequential) -> None:
        """Let the parameters of a module be views of this row, and their gradients too once there are some."""
        for linear, weights in zip(linears(module), self.network.weights, strict=True):
            linear.weight.data, linear.bias.data = _parameters(weights[row])
            linear.weight.grad = linear.bias.grad = None
        self._fresh.append(row)

    def _show_gradients(self) -> None:
        for row in [row for row in self._fresh if self.pace.updates[row]]:
            self._fresh.remove(row)
            module = self.replicas[row].module
            assert module is not None
            for linear, gradients in zip(linears(module), self.network.gradients, strict=True):
                linear.weight.grad, linear.bias.grad = _parameters(gradients[row])

    def parameters_before(self, row: int) -> list[Tensor]:
        """Weights (out, in) and biases (out,) of a replica, layer after layer, before the last update."""
        layers = self.network.by_layer(self.before)
        return [parameter for layer in layers for parameter in _parameters(layer[row])]

    def masks(self, row: int) -> list[Tensor]:
        """What dropout multiplied a replica's last activations by, (samples, units) a hidden layer; empty without."""
        if not self.replicas[row].training.dropout:
            return []
        if self.dropout is None or not self.dropout.sizes:  # no update since somebody joined or left
            return self.replicas[row].masks
        return [mask[row, :, : self.dropout.sizes[row]].T for mask in self.dropout.masks]

    def _suspicious(self) -> bool:
        # one small operation an update instead of every loss; "not <" is true for not-a-number as well
        if not torch.dot(self._scores, self._scores).item() < SAFE:
            return True
        theta = self.network.theta
        return self.regularizers.penalized and not torch.dot(theta, theta).item() < SAFE

    def _diverged(self, weights: Sequence[Tensor]) -> dict[int, float]:
        """The losses of the last update, which began with these weights, that are infinite or not a number."""
        losses = (self.losses() + self.regularizers.penalty(weights)).tolist()
        return {row: loss for row, loss in enumerate(losses) if not math.isfinite(loss)}

    @torch.inference_mode()
    def batch_loss(self, row: int) -> float:
        """The loss that the last update of a replica saw, penalties included; not a number before the first."""
        if self._last is None:
            return math.nan
        seen = self.losses() + self.regularizers.penalty(self.network.by_layer(self.before))
        value: float = seen[row].item()
        return value

    def losses(self) -> Tensor:
        """Loss (K,) of each replica's last batch, without penalties. Raises: ValueError: there was no update yet."""
        if self._last is None:
            raise ValueError("losses: expected an update since the last replica joined or left; received none")
        targets, share = self._last
        values = self.loss.value(self.network.outputs, targets) * share
        return values.sum((1, 2))

    def save(self, chosen: Iterable[int]) -> None:
        """Write the present state of these rows into their replicas."""
        present = (self.network.theta, self.before, self.network.gradient)
        theta, before, gradient = (self.network.by_replica(flat) for flat in present)
        memory = {name: self.network.by_replica(flat) for name, flat in self.optimizer.memory.items()}
        for row in chosen:
            replica = self.replicas[row]
            self.track.settle(row)
            # on its own, so that it does not keep all others' memory
            replica.theta, replica.before, replica.gradient = (rows[row].clone() for rows in (theta, before, gradient))
            replica.memory = {name: values[row].clone() for name, values in memory.items()}
            replica.masks = [mask.clone() for mask in self.masks(row)]
            replica.updates = self.pace.updates[row]


def _parameters(layer: Tensor) -> tuple[Tensor, Tensor]:
    """The weight (out, in) and bias (out,) in a layer's matrix (in + 1, out), as views."""
    return layer[:-1].T, layer[-1]


def _schedule(training: TrainingSpec) -> Callable[[float], float] | None:
    """The factor of the learning rate as a function of the epoch; None where it is always 1."""
    chosen = training.schedule
    if chosen.kind == "constant":
        return None
    row = find(SCHEDULES, chosen.kind, "training.schedule")
    return partial(row.factor, **chosen.model_dump(exclude={"kind"}))
