"""What every worker needs, imported once, before the first worker is forked off."""

from __future__ import annotations

import gc
import importlib

import torch

import dlcore.engine.worker  # noqa: F401  # for those who are forked off
from dlcore.engine.warming import warm_up
from dlcore.labs.registry import LABS

for row in LABS:
    importlib.import_module(row.lab.partition(":")[0])

torch.set_num_threads(1)  # a thread pool would not survive the fork
if torch.version.cuda is None and torch.version.hip is None:
    warm_up()
else:
    # With a GPU compiled in, a backward pass starts its driver, which no forked process can use after its parent.
    torch.optim.SGD(torch.nn.Linear(2, 1).parameters(), lr=0.1)
gc.collect()
gc.freeze()  # the workers share these pages; a collection must not write into them
