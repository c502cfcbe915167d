"""What a whole network takes of the limits that it may take."""

from __future__ import annotations

from dataclasses import dataclass

from dlcore.networks.shapes import Walk
from dlcore.specs import limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """One sum over all layers beside its limit; `name` is the attribute of a walk and of its rows."""

    name: str
    title: str
    value: int
    limit: int
    remedy: str

    @property
    def share(self) -> float:
        """The part of the limit in use; above 1 the network is refused."""
        return self.value / self.limit


def totals(walked: Walk) -> tuple[Total, ...]:
    """The sums over the layers that a walk got past."""
    return (
        Total(
            name="parameters",
            title="parameters",
            value=walked.parameters,
            limit=limits.PARAMETERS,
            remedy="fewer units or channels, or pooling before the first dense layer",
        ),
        Total(
            name="multiply_adds",
            title="multiply-adds a sample",
            value=walked.multiply_adds,
            limit=limits.MULTIPLY_ADDS,
            remedy="smaller kernels, fewer channels, or pooling earlier",
        ),
        Total(
            name="memory",
            title="bytes of activations a sample",
            value=walked.memory,
            limit=limits.ACTIVATION_BYTES,
            remedy="fewer channels, less upsampling, or pooling earlier",
        ),
    )


def require_within_limits(walked: Walk) -> None:
    """Refuse a network over a limit.

    Raises: ValueError: it is over one; the sentence names the limit, the value, the largest layer and what to change.
    """
    for total in totals(walked):
        if total.value > total.limit:
            largest = max(walked.rows, key=lambda row: int(getattr(row, total.name)))
            raise ValueError(
                f"This network has {total.value:,} {total.title}, and {total.limit:,} are allowed; layer "
                f"{largest.path[0] + 1} alone has {getattr(largest, total.name):,}. Try {total.remedy}."
            )
