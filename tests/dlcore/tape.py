"""A CUDA graph for the CPU: it records PyTorch's operations and repeats them on the same memory, without Python.

What a CUDA graph freezes (numbers computed in Python, shapes, addresses) is frozen here, what it refuses (asking for a
tensor's value) is refused, and as there, recording computes nothing that lasts. So what gets the same bits from a tape
as from running its function does not depend on anything that a graph would freeze.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import torch
from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

T = TypeVar("T")
# operations that ask for values, to give a number or as many elements as these say
ASKING = {
    torch.ops.aten._local_scalar_dense.default,
    torch.ops.aten.is_nonzero.default,
    torch.ops.aten.equal.default,
    torch.ops.aten.nonzero.default,
    torch.ops.aten.masked_select.default,
}


class TapeRecorder:
    """A `Recorder` whose recordings are tapes; `broken` refuses every one."""

    def __init__(self, *, broken: bool = False) -> None:
        self.broken = broken
        self.runs_aside, self.recordings, self.repetitions = 0, 0, 0

    @contextmanager
    def aside(self) -> Iterator[None]:
        self.runs_aside += 1
        yield

    def record(self, function: Callable[[], T]) -> tuple[Callable[[], object], T]:
        if self.broken:
            raise RuntimeError("CUDA error: operation not permitted when stream is capturing\nSearch for ...")
        random = torch.get_rng_state()
        tape = _Tape()
        try:
            with tape:
                found = function()
        finally:
            tape.undo()
            torch.set_rng_state(random)
        self.recordings += 1

        def repeat() -> None:
            self.repetitions += 1
            tape.repeat()

        return repeat, found


class _Tape(TorchDispatchMode):
    def __init__(self) -> None:
        super().__init__()
        self._calls: list[tuple[Any, Any, Any, Any]] = []
        self._before: list[tuple[Tensor, Tensor]] = []
        self._written: set[int] = set()

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        kwargs = kwargs or {}
        masked = func is torch.ops.aten.index.Tensor and any(
            each is not None and each.dtype == torch.bool for each in args[1]
        )
        if masked or func in ASKING:
            raise RuntimeError("operation not permitted when stream is capturing")
        for tensor in _written(func, args, kwargs):
            if id(tensor) not in self._written:
                self._written.add(id(tensor))
                self._before.append((tensor, tensor.clone()))
        found = func(*args, **kwargs)
        self._calls.append((func, args, kwargs, found))
        return found

    @torch.no_grad()
    def undo(self) -> None:
        for tensor, before in reversed(self._before):
            tensor.copy_(before)

    @torch.no_grad()
    def repeat(self) -> None:
        for func, args, kwargs, found in self._calls:
            for old, new in zip(tree_leaves(found), tree_leaves(func(*args, **kwargs)), strict=True):
                if isinstance(old, Tensor) and old.untyped_storage()._cdata != new.untyped_storage()._cdata:
                    old.copy_(new)


def _written(func: Any, args: Any, kwargs: Any) -> list[Tensor]:
    """The tensors that an operation writes into."""
    found = []
    if func is torch.ops.aten.native_batch_norm.default:  # its schema does not say so
        found += [given for given in args[3:5] if given is not None]
    for place, argument in enumerate(func._schema.arguments):
        if argument.alias_info is not None and argument.alias_info.is_write:
            given = args[place] if place < len(args) else kwargs.get(argument.name)
            found += [leaf for leaf in tree_leaves(given) if isinstance(leaf, Tensor)]
    return found
