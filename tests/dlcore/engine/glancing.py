"""A toy that can be shown without being measured; both its arrays and its metrics say of which update they are."""

from dataclasses import replace
from typing import Any

import numpy as np
from toy import ToyLab

from dlcore.labs.lab import Frame


class GlancingLab(ToyLab):
    """What it shows is the number of its updates."""

    def frame(self, watched: frozenset[str] = frozenset()) -> Frame:
        glance = self.glance(watched)
        return replace(glance, metrics={"measured_at": float(self.steps)})

    def glance(self, watched: frozenset[str]) -> Frame:
        shown = {"weights/values": np.array([self.steps], dtype=np.int32)} if "weights" in watched else {}
        return replace(super().frame(), metrics={}, arrays=shown)


def make_lab(spec: Any) -> GlancingLab:
    return GlancingLab(spec)
