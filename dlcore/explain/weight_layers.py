"""The parts of a network that weigh something: dense layers, convolutions, embeddings, wherever they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn


@dataclass(frozen=True, slots=True, eq=False)
class WeightLayer:
    """One of them; `place` is its weight's number among `network.parameters()`."""

    name: str  # as `network.get_submodule` takes it: conv1, block2.layers.conv1, block2.shortcut
    module: nn.Module
    weight: nn.Parameter
    place: int

    @property
    def title(self) -> str:
        """The name as learners read it."""
        return title_of(self.name)


def title_of(name: str) -> str:
    """A module's name as learners read it: Conv 1, Block 2: conv 1, Block 2: shortcut; down.0 of a list is Down 1."""
    words: list[str] = []
    for part in name.split("."):
        if part.isdecimal() and words:
            words[-1] += f" {int(part) + 1}"
        elif part != "layers":  # what a block calls its inner layers
            word = part.rstrip("0123456789")
            words.append(f"{word.replace('_', ' ')} {part[len(word) :]}".strip())
    text = ": ".join(words)
    return text[0].upper() + text[1:]


def weight_layers(network: nn.Module) -> tuple[WeightLayer, ...]:
    """All of them from input to output; normalizations, which only scale, are left out."""
    places = {id(parameter): number for number, parameter in enumerate(network.parameters())}
    found = []
    for name, module in network.named_modules():
        weight = module._parameters.get("weight")
        if isinstance(weight, nn.Parameter) and weight.dim() > 1 and not isinstance(module, nn.LayerNorm):
            found.append(WeightLayer(name, module, weight, places[id(weight)]))
    return tuple(found)


def update_sizes(names: Sequence[str], weights: Sequence[Tensor], before: Sequence[Tensor]) -> dict[str, float]:
    """Of each layer the length of its weights' gradient and |Δw| / |w| of the last update; `before` are its weights.

    `gradient_norm/<name>` and `update_ratio/<name>`; nothing before the first update, no ratio where |w| is 0.
    """
    gradients = [weight.grad for weight in weights if weight.grad is not None]
    if not gradients:
        return {}
    with torch.no_grad():
        moved = torch._foreach_sub(list(weights), list(before))
        lengths = torch.stack(torch._foreach_norm([*gradients, *moved, *before])).tolist()
    found: dict[str, float] = {}
    for number, name in enumerate(names):
        gradient, step, length = lengths[number :: len(names)]
        found[f"gradient_norm/{name}"] = gradient
        if length > 0:
            found[f"update_ratio/{name}"] = step / length
    return found
