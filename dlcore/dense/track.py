"""The mini-batches that lie ahead of every replica, gathered for many updates at once."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import torch
from torch import Tensor

from dlcore.dense.losses import Loss
from dlcore.dense.replica import Replica
from dlcore.dense.shape import Shape
from dlcore.training.device import to_device

AHEAD = 64  # updates that are laid out in advance, at most
NEVER = sys.maxsize


class Track:
    """A ring of batches, (updates ahead, K, rows, B): the next update reads one slice, whatever the replicas' orders.

    Replicas may be at different places of their epochs and have batches of different sizes: a batch that is smaller
    than the buffer (the last one of an epoch, say) is filled up with copies of one of its samples that count nothing.
    So shapes never change. The rows of a slice are the inputs, a row of ones, the targets, and what each sample counts.

    Nothing random is drawn before its time: a replica's next order is drawn when its epoch begins.
    """

    def __init__(self, shape: Shape, replicas: Sequence[Replica], loss: Loss) -> None:
        self._replicas, self._loss, self._outputs = replicas, loss, shape.sizes[-1]
        self._batch, self._columns = shape.batch, shape.columns
        kind, K, inputs = shape.dtype, len(replicas), shape.sizes[0]
        x, y = torch.cat([r.x for r in replicas]), torch.cat([r.y for r in replicas])
        # all replicas' samples (inputs + 1 + outputs, sum n)
        self._samples = torch.cat([x, x.new_ones(len(x), 1), y], 1).to(kind).T.contiguous()
        self._importance = _importance(replicas, kind)
        self._first = torch.tensor([0, *(len(r.x) for r in replicas[:-1])]).cumsum(0)[:, None]  # where each one's begin
        self.length = max(min(r.order.updates_an_epoch, AHEAD) for r in replicas)
        self._ring = torch.zeros(self.length, K, len(self._samples) + 1, self._columns, dtype=kind, device=shape.device)
        self._inputs = inputs
        self._slices = [self.parts(batch) for batch in self._ring]
        self._known_shares: dict[tuple[int, int, int], Tensor] = {}
        self._now, self._due = 0, 0
        self._next_end = NEVER
        self._since = [0] * K  # update up to which a replica's order has been counted
        self._until = [0] * K  # update up to which its batches are laid out
        self._ends = [NEVER] * K  # update with which its present epoch ends

    def next(self) -> tuple[Tensor, Tensor, Tensor]:
        """The batches of this update: inputs (K, inputs + 1, B), targets (K, outputs, B), shares (K, 1, B)."""
        if self._now == self._due:
            self._refill()
        found = self._slices[self._now % self.length]
        self._now += 1
        return found

    @property
    def latest(self) -> Tensor:
        """The slice (K, rows, B) that `next` gave the parts of."""
        return self._ring[(self._now - 1) % self.length]

    def parts(self, batch: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Inputs, targets and shares of a slice (K, rows, B)."""
        return batch[:, : self._inputs + 1], batch[:, self._inputs + 1 : -1], batch[:, -1:]

    def settle(self, row: int) -> None:
        """Count the updates that a replica has made in its `order`."""
        self._replicas[row].order.advance(self._now - self._since[row])
        self._since[row] = self._now

    def between_epochs(self, row: int) -> bool:
        """Whether the last update was the last of this replica's epoch."""
        order = self._replicas[row].order
        return order.updates == 0 if self._since[row] == self._now else order.whole or self._ends[row] == self._now

    def ended(self) -> list[int]:
        """The rows whose epochs ended with the last update."""
        now = self._now
        if now < self._next_end:
            return []
        return [row for row, end in enumerate(self._ends) if end <= now]

    def batch_sizes(self) -> list[int]:
        """How many samples of each replica's last batch were its own."""
        found = []
        for replica, since in zip(self._replicas, self._since, strict=True):
            order = replica.order
            left = order.samples if order.whole else len(order.left) - (self._now - 1 - since) * order.size
            found.append(min(order.size, left))
        return found

    def resize(self, row: int, size: int) -> None:
        """Cut what is left of a replica's epoch into batches of another size. Raises: ValueError: it does not fit."""
        if size > self._batch:
            raise ValueError(f"batch_size: this stack holds batches of at most {self._batch}; received {size}")
        self.settle(row)
        self._replicas[row].order.size = size
        self._until[row] = self._due = self._now

    def _refill(self) -> None:
        alike: dict[tuple[int, int], list[int]] = {}  # (samples left, batch size) -> rows
        for row, replica in enumerate(self._replicas):
            if self._until[row] == self._now:
                self.settle(row)
                if not len(replica.order.left) and not replica.order.whole:
                    replica.order.draw(replica.generator)
                # where every batch is the whole set, every update is an epoch
                self._ends[row] = self._now + 1 if replica.order.whole else self._now + replica.order.updates_left
                alike.setdefault((len(replica.order.left), replica.order.size), []).append(row)
        self._next_end = min(self._ends)
        for rows in alike.values():
            self._lay_out(rows)
        self._due = min(self._until)

    def _lay_out(self, rows: list[int]) -> None:
        """Write the batches of replicas that have as many samples left and batches of one size."""
        orders = [self._replicas[row].order for row in rows]
        if orders[0].whole:
            self._lay_out_whole(rows)
            return
        size, updates = orders[0].size, min(orders[0].updates_left, self.length)
        last = min(size, len(orders[0].left) - (updates - 1) * size)  # samples of the last batch
        chosen = torch.stack([order.left[: updates * size] for order in orders])
        if len(self._replicas) > 1:
            chosen += self._first[rows]
        if last < size:
            filler = chosen[:, -1:].expand(-1, size - last)
            chosen = torch.cat([chosen, filler], 1)
        self._write(rows, chosen.view(len(rows), updates, size), self._shares(updates, size, last))
        for row in rows:
            self._until[row] = self._now + updates

    def _lay_out_whole(self, rows: list[int]) -> None:
        # every batch is the whole set in its own order, so what is written once is good for ever
        for row in rows:
            samples = self._replicas[row].order.samples
            everything = (torch.arange(samples) + self._first[row]).expand(1, self.length, samples)
            self._write([row], everything, self._shares(self.length, samples, samples))
            self._until[row] = NEVER

    def _shares(self, updates: int, size: int, last: int) -> Tensor:
        """What the columns of `updates` batches of `size` count, (updates, B), the last batch holding only `last`."""
        key = updates, size, last
        if key not in self._known_shares:
            share = torch.zeros(updates, self._columns, dtype=self._ring.dtype)
            share[:, :size] = self._loss.share(size, self._outputs)
            share[-1, :size] = 0.0
            share[-1, :last] = self._loss.share(last, self._outputs)
            self._known_shares[key] = to_device(share, self._ring.device)
        return self._known_shares[key]

    def _write(self, rows: list[int], batches: Tensor, share: Tensor) -> None:
        """Lay out `batches` (rows, updates, size), numbers of samples, with what they count, `share` (updates, B)."""
        replicas, updates, size = batches.shape
        if size < self._columns:
            batches = torch.cat([batches, batches[:, :, :1].expand(-1, -1, self._columns - size)], 2)
        places = to_device(batches.reshape(-1), self._ring.device)
        values = self._samples.index_select(1, places)
        values = values.view(-1, replicas, updates, self._columns).permute(2, 1, 0, 3)  # (updates, replicas, rows, B)
        shares = share[:, None]
        if self._importance is not None:
            shares = shares * self._importance[places].view(replicas, updates, self._columns).transpose(0, 1)
        where: slice | list[int] = slice(None) if replicas == len(self._replicas) else rows
        begin = self._now % self.length
        first = min(updates, self.length - begin)  # the rest goes on at the beginning of the ring
        for place, part in ((begin, slice(0, first)), (0, slice(first, updates))):
            if part.start < part.stop:
                ring = self._ring[place : place + part.stop - part.start]
                ring[:, where, :-1] = values[part]
                ring[:, where, -1] = shares[part]


def _importance(replicas: Sequence[Replica], kind: torch.dtype) -> Tensor | None:
    """What every sample of all replicas counts in the loss, (sum n,); None where all count the same."""
    if all(replica.importance is None for replica in replicas):
        return None
    ones = (r.x.new_ones(len(r.x), dtype=kind) if r.importance is None else r.importance for r in replicas)
    return torch.cat(list(ones))
