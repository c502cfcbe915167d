"""The first optimizer and the first backward pass, which import much, before anybody waits for them."""

from __future__ import annotations

import torch


def warm_up() -> None:
    """Make one update of a tiny network."""
    layer = torch.nn.Linear(2, 1)
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.1)
    layer(torch.ones(1, 2)).sum().backward()
    optimizer.step()
