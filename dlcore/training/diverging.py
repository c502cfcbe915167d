"""What to say when training leaves the numbers."""

from __future__ import annotations

import math


def why_diverged(loss: float, update: int, learning_rate: float) -> str:
    """One sentence about a loss that became infinite or not a number at an update, and one about what to try."""
    what = "not a number" if math.isnan(loss) else "infinite"
    return (
        f"The loss became {what} at update {update:,}: the steps were so large that the weights ran away. "
        f"Try a smaller learning rate (now {learning_rate:g}), gradient clipping, or scaled inputs, and start again."
    )
