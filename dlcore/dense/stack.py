"""Many runs of one shape that take every update together, and may join and leave at any update."""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import Tensor

from dlcore.dense.network import DenseNetwork
from dlcore.dense.order import Order
from dlcore.dense.replica import Replica
from dlcore.dense.shape import Shape, shape_of
from dlcore.dense.together import Together
from dlcore.specs.supervised import Supervised


class DenseStack:
    """Trains K replicas as one network with a leading axis; each gets the numbers that it would get alone.

    `put` gives a key that stays the replica's until `take`. `row(key)` is its present place on the first axis of the
    tensors of `network`, where probes look.
    """

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self._replicas: dict[int, Replica] = {}
        self._next_key = 0
        self._live: Together | None = None

    @property
    def keys(self) -> tuple[int, ...]:
        """The replicas' keys in the order of their rows."""
        return tuple(self._replicas)

    @property
    def network(self) -> DenseNetwork:
        """The networks of all replicas: weights, and activations, deltas and gradients of the last update."""
        return self._loaded().network

    def row(self, key: int) -> int:
        """The place of a replica on the first axis of the tensors of `network`, until somebody joins or leaves."""
        self._known(key)
        return self.keys.index(key)

    def put(self, replica: Replica) -> int:
        """Let a replica join before the next update; the stack now owns it. Gives its key.

        Raises: ValueError: its shape is another one; only its batch may be smaller than the stack's.
        """
        self._fits(replica.shape)
        self._unload()
        key, self._next_key = self._next_key, self._next_key + 1
        self._replicas[key] = replica
        return key

    def take(self, key: int) -> Replica:
        """Let a replica leave, as it is after the last update. Raises: ValueError: there is none of that key."""
        self._known(key)
        self._unload()
        return self._replicas.pop(key)

    def state(self, key: int) -> Replica:
        """A copy of a replica as it is after the last update; it stays in the stack.

        Raises: ValueError: there is none of that key.
        """
        self._known(key)
        if self._live is not None:
            self._live.save([self.row(key)])
        return self._replicas[key].copy()

    def theta(self, key: int) -> Tensor:
        """A replica's present weights and biases, (P,), laid out as by `from_network`."""
        return self._get(key, self.network.theta)

    def before(self, key: int) -> Tensor:
        """A replica's weights and biases before the last update, (P,); its present ones before the first."""
        return self._get(key, self._loaded().before)

    def parameters_before(self, key: int) -> list[Tensor]:
        """The same as views: weights (out, in) and biases (out,), layer after layer."""
        return self._loaded().parameters_before(self.row(key))

    def masks(self, key: int) -> list[Tensor]:
        """What dropout multiplied a replica's last activations by, (samples, units) a hidden layer; empty without."""
        return self._loaded().masks(self.row(key))

    def gradient(self, key: int) -> Tensor:
        """The gradient of a replica's last update, penalties and clipping included, (P,); 0 before the first."""
        return self._get(key, self.network.gradient)

    def order(self, key: int) -> Order:
        """Where a replica is in its epoch; read it, and ask again after the next update."""
        row, live = self.row(key), self._loaded()
        live.track.settle(row)
        return self._replicas[key].order

    def change(self, key: int, spec: Supervised) -> None:
        """Give a replica another learning rate, schedule, L1, L2, dropout, clipping or batch size from now on.

        Raises: ValueError: no replica has that key; or the stack's shape does not allow it (another optimizer or
        setting of it, a larger batch): take the replica out, `change` it and put it into a stack of its new shape.
        """
        self._known(key)
        replica = self._replicas[key]
        shape = shape_of(spec, replica.x.shape[1], len(replica.x), self.shape.dtype, self.shape.device)
        self._fits(shape)
        live = self._loaded()
        if shape.batch != replica.order.size:
            live.track.resize(self.row(key), shape.batch)
        replica.training, replica.shape = spec.training, shape
        live.settings_changed()

    def step(self) -> dict[int, float]:
        """One update of every replica. Gives the losses that are infinite or not a number, by the replicas' keys."""
        if not self._replicas:
            return {}
        lost = self._loaded().step()
        return {self.keys[row]: loss for row, loss in lost.items()} if lost else {}

    def step_unseen(self) -> bool:
        """One update of every replica, whose losses nobody looks at. Gives whether there is room for another."""
        live = self._loaded()
        live.step(look=False)
        return not live.lookout.full

    @property
    def recorded(self) -> bool:
        """Whether an update is a recording that a graphics card repeats: then it is worth not to look."""
        return self._live is not None and self._live.recorded

    @property
    def why_not_recorded(self) -> str | None:
        """Why a graphics card starts the operations of an update one by one; None: it does not."""
        return None if self._live is None else self._live.why_not_recorded

    @property
    def unseen(self) -> int:
        """How many updates nobody has looked at."""
        return 0 if self._live is None else self._live.lookout.waiting

    def look(self) -> bool:
        """Whether the losses of the unseen updates were all finite; False: perhaps not."""
        return self._loaded().look()

    def load(self) -> None:
        """Lay the replicas' numbers out now, so that their modules show them."""
        self._loaded()

    def ended(self) -> tuple[int, ...]:
        """The keys of those whose epochs ended with the last update."""
        rows = self._loaded().track.ended()
        return tuple(self.keys[row] for row in rows) if rows else ()

    def between_epochs(self, key: int) -> bool:
        """Whether a replica's last update was the last of its epoch."""
        return self._loaded().track.between_epochs(self.row(key))

    def updates(self, key: int) -> int:
        """How many updates a replica has made."""
        return self._loaded().pace.updates[self.row(key)]

    def replica(self, key: int) -> Replica:
        """A replica as it joined, for what does not change: its samples, its module, its settings."""
        self._known(key)
        return self._replicas[key]

    def losses(self) -> Tensor:
        """Loss (K,) of each replica on its last batch, before that update, without the penalties of L1 and L2.

        Raises: ValueError: there was no update since somebody joined or left.
        """
        return self._loaded().losses().clone()

    def batch_loss(self, key: int) -> float:
        """The loss that a replica's last update saw, penalties included.

        Not a number where there was no update since somebody joined or left.
        """
        return self._loaded().batch_loss(self.row(key))

    def _get(self, key: int, flat: Tensor) -> Tensor:
        return self.network.by_replica(flat)[self.row(key)].clone()

    def _known(self, key: int) -> None:
        if key not in self._replicas:
            raise ValueError(f"key: expected one of {', '.join(map(str, self._replicas)) or 'none'}; received {key}")

    def _fits(self, shape: Shape) -> None:
        if replace(shape, batch=self.shape.batch) != self.shape or shape.batch > self.shape.batch:
            raise ValueError(f"shape: expected {self.shape}, or a smaller batch; received {shape}")

    def _loaded(self) -> Together:
        if self._live is None:
            # whoever looks first may do so in inference mode; weights made there could never be set by hand
            with torch.inference_mode(False):
                self._live = Together(self.shape, tuple(self._replicas.values()))
        return self._live

    def _unload(self) -> None:
        if self._live is not None:
            self._live.save(range(len(self._replicas)))
            self._live = None
