"""Which experiments the dense fast path can train."""

from __future__ import annotations

from dlcore.specs.supervised import Supervised


def knows(spec: Supervised) -> str | None:
    """Why the fast path cannot train this experiment, as a sentence for the learner; None if it can.

    Needs no PyTorch, so a page may ask.
    """
    if spec.network.batch_norm:
        return "Batch normalization mixes the samples of a batch inside the network; only the textbook step knows it."
    if spec.training.l1_proximal:
        return "L1 with a step of its own changes the weights after the optimizer; only the textbook step knows it."
    return None


def why_textbook(spec: Supervised) -> str | None:
    """Why an experiment takes the textbook's update, as a sentence for the learner; None: it takes the fast path.

    Needs no PyTorch either.
    """
    return "You chose it." if spec.training.step == "textbook" else knows(spec)
