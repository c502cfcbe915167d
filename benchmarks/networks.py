"""Networks of the Playground's range, drawn with a fixed seed: what a class does when everybody builds their own."""

from __future__ import annotations

import random

from datasets.registry import DATASETS
from dlcore.specs.data import GeneratedData, TableData
from dlcore.specs.network import Dense, NetworkSpec
from dlcore.specs.supervised import Supervised
from dlcore.specs.training import TrainingSpec
from dlcore.training.activations import ACTIVATIONS
from dlcore.training.losses import LOSSES
from dlcore.training.optimizers import OPTIMIZERS

LAYERS, UNITS = 6, 16  # at most
BATCHES = (10, 16, 32, 64)
SETS = tuple(row for row in DATASETS if row.kind in ("generated", "table"))
HIDDEN = tuple(row.name for row in ACTIVATIONS if row.hidden)
STEPPERS = tuple(row.name for row in OPTIMIZERS if not row.full_batch)


def draw_networks(count: int, seed: int = 0) -> list[Supervised]:
    """Experiments of all shapes, data sets, activations, losses and optimizers, that train until they are paused."""
    chance = random.Random(seed)
    return [_draw(chance) for _ in range(count)]


def _draw(chance: random.Random) -> Supervised:
    row = chance.choice(SETS)
    data = GeneratedData(name=row.name) if row.kind == "generated" else TableData(name=row.name)
    layers = [
        Dense(units=chance.randint(1, UNITS), activation=chance.choice(HIDDEN))
        for _ in range(chance.randint(1, LAYERS))
    ]
    optimizer = chance.choice(STEPPERS)
    training = TrainingSpec.parse(
        {
            "loss": chance.choice([loss.name for loss in LOSSES if row.task in loss.outputs]),
            "optimizer": optimizer,
            "learning_rate": 0.03 if optimizer == "sgd" else 0.003,
            "batch_size": chance.choice(BATCHES),
            "epochs": None,
        }
    )
    network = NetworkSpec(layers=tuple(layers))
    return Supervised(data=data, network=network, training=training, seed=chance.randrange(1000))
