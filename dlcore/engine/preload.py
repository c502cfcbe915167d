"""The imports that every worker needs, done once before the first worker is forked off."""

from __future__ import annotations

import gc

import torch


def warm_up() -> None:
    """Build an optimizer and make one update, so that nobody's first update waits for imports."""
    layer = torch.nn.Linear(2, 1)
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.1)
    layer(torch.ones(1, 2)).sum().backward()
    optimizer.step()


torch.set_num_threads(1)  # a thread pool would not survive the fork
if torch.version.cuda is None:
    warm_up()
else:
    # With CUDA compiled in, a backward pass starts the driver, which no forked process can use after its parent.
    torch.optim.SGD(torch.nn.Linear(2, 1).parameters(), lr=0.1)
gc.collect()
gc.freeze()  # the workers share these pages; a collection must not write into them
