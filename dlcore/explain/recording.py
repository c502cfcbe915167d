"""What single modules of a network get and give, kept from one forward pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from torch import Tensor, nn
from torch.utils.hooks import RemovableHandle


@dataclass(frozen=True, slots=True, eq=False)
class Recorded:
    """What went into a module and what came out, (n, …) each; views of the pass's own tensors."""

    input: Tensor
    output: Tensor


def record(
    network: nn.Module, x: Tensor, names: Iterable[str], *, rows: int | None = None
) -> tuple[Tensor, dict[str, Recorded]]:
    """Send x (n, …) through the network in evaluation mode; its output, and what the named modules got and gave.

    Names are those of `network.get_submodule`; only the first `rows` samples of each are kept (None: all). Gradients
    flow where the caller lets them. The network stays in evaluation mode; no random number is drawn.

    Raises: AttributeError: there is no such module.
    """
    kept: dict[str, Recorded] = {}

    def keep(name: str) -> Callable[..., None]:
        def hook(_module: nn.Module, given: tuple[Tensor, ...], output: Any) -> None:
            # without a limit the tensor itself: of a slice nothing leads to the output, so no gradient would reach it
            kept[name] = Recorded(given[0], output) if rows is None else Recorded(given[0][:rows], output[:rows])

        return hook

    handles: list[RemovableHandle] = []
    if network.training:
        network.eval()
    try:
        for name in names:
            handles.append(network.get_submodule(name).register_forward_hook(keep(name)))
        output: Tensor = network(x)
    finally:
        for handle in handles:
            handle.remove()
    return output, kept
