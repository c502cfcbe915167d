"""What a learner asks for in augmentation: how strongly images to learn from are changed by chance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import create_model

from dlcore.specs.spec import Spec, live
from dlcore.training.augmentations import AUGMENTATIONS


class _Strengths(Spec):
    """A strength for each row of `AUGMENTATIONS`, 0 where it is off."""

    @property
    def active(self) -> tuple[str, ...]:
        """The names of what is on, in the order in which it is done."""
        return tuple(row.name for row in AUGMENTATIONS if getattr(self, row.name))


if TYPE_CHECKING:
    AugmentationSpec = _Strengths
else:
    _FIELDS: dict[str, Any] = {row.name: (float, live(0.0, ge=0.0, le=row.most)) for row in AUGMENTATIONS}
    AugmentationSpec = create_model("AugmentationSpec", __base__=_Strengths, __doc__=_Strengths.__doc__, **_FIELDS)
