"""The textbook lab and the fast path's replica of the very same run, side by side."""

from __future__ import annotations

from typing import Any

import torch

from dlcore.dense.replica import Replica, from_network, make_replica
from dlcore.dense.stack import DenseStack
from dlcore.labs.supervised import SupervisedLab
from dlcore.specs.supervised import Supervised

torch.set_num_threads(1)
SMALL = {
    "data": {"kind": "generated", "name": "circle", "samples": 60},
    "training": {"learning_rate": 0.1, "step": "textbook"},
}


def spec_of(**changes: Any) -> Supervised:
    """A small experiment: 30 training samples, 2→4→2→1, batches of 10; changes by path, a dot as __."""
    return Supervised.parse(SMALL).replace({path.replace("__", "."): value for path, value in changes.items()})


def lab_and_replica(spec: Supervised) -> tuple[SupervisedLab, Replica]:
    """Both at their beginning; the global generator is where the lab's first epoch finds it."""
    lab = SupervisedLab(spec)
    return lab, make_replica(spec, lab.network, lab.x_train, lab.targets_train, torch.get_rng_state())


def replica_of(spec: Supervised) -> Replica:
    return lab_and_replica(spec)[1]


def alone(replica: Replica, updates: int) -> Replica:
    """What becomes of a copy of a replica that trains in a stack of its own."""
    stack = DenseStack(replica.shape)
    key = stack.put(replica.copy())
    for _ in range(updates):
        assert stack.step() == {}
    return stack.take(key)


def same(a: Replica, b: Replica) -> bool:
    """Whether two replicas are in bitwise the same state."""
    mine, other = a.state_dict(), b.state_dict()
    pairs = [(mine["theta"], other["theta"]), (mine["random"], other["random"])]
    if mine["memory"].keys() != other["memory"].keys():
        return False
    pairs += [(mine["memory"][name], other["memory"][name]) for name in mine["memory"]]
    pairs += [(mine["order"].pop("left"), other["order"].pop("left"))]
    tensors = all(torch.equal(x, y) for x, y in pairs)
    return tensors and mine["order"] == other["order"] and mine["updates"] == other["updates"]


def distance(lab: SupervisedLab, replica: Replica) -> float:
    """The largest difference between two parameters."""
    return float((from_network(lab.network) - replica.theta).abs().max())
