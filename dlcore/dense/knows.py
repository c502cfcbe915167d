"""Which experiments the dense fast path can train."""

from __future__ import annotations

from dlcore.specs.supervised import Supervised


def knows(spec: Supervised) -> str | None:
    """Why the fast path cannot train this experiment, as a sentence for the learner; None if it can.

    Needs no PyTorch, so a page may ask.
    """
    if spec.network.batch_norm:
        return "Batch normalization mixes the samples of a batch inside the network; only the textbook step knows it."
    return None


def why_textbook(spec: Supervised, *, cuda: bool) -> str | None:
    """Why an experiment takes the textbook's update, as a sentence for the learner; None: it takes the fast path.

    `cuda` says whether it trains on a graphics card. Needs no PyTorch either.
    """
    if spec.training.step == "textbook":
        return "You chose it."
    if cuda:
        return "The fast path runs on the CPU, and this experiment trains on a graphics card."
    return knows(spec)
