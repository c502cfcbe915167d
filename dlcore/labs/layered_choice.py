"""What a learner has chosen to look at in a stack of layers: a sample, gradients instead of maps, a layer exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from dlcore.explain.own_image import read_image
from dlcore.networks.signal import Shape


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Choice:
    """The sample `sample` of a `part`, or an `image` of one's own in its place; `unit` belongs to the `exact` layer."""

    part: str = "test"
    sample: int = 0
    image: np.ndarray | None = None  # float32, like a sample
    gradients: bool = False
    exact: str = ""
    unit: int = 0

    @property
    def sends_gradients(self) -> bool:
        """Whether gradients can be had: an image of one's own has no target, so no loss that they could belong to."""
        return self.gradients and self.image is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What there is to choose from: samples a part, the shape of one, the layers with their channels (or values)."""

    parts: Mapping[str, int]
    shape: Shape
    layers: Mapping[str, int]

    def choose(
        self,
        before: Choice,
        *,
        sample: int | None = None,
        part: str | None = None,
        image: Any = ...,
        gradients: bool | None = None,
        exact: str | None = None,
        unit: int | None = None,
    ) -> Choice:
        """The choice after one more; what is not given stays.

        `sample`: a number within the `part` train or test. `image`: numbers 0 … 1 of a sample's shape (nested lists;
        one channel may come without its axis), which take the sample's place until a sample is chosen, or None is
        given. `gradients`: True shows the gradients of the sample's loss with respect to each map. `exact`: the name
        of a layer whose input and output come unrounded, "" for none; `unit`: its channel (or value) whose weights
        come with them.

        Raises: ValueError: there is no such sample, layer or unit, or this is no such image.
        """
        ends_image = image is ... and (part, sample) != (None, None)
        part = before.part if part is None else part
        sample = before.sample if sample is None else sample
        if part not in self.parts:
            raise ValueError(f"part: expected train or test; received {part!r}")
        if type(sample) is not int or not 0 <= sample < self.parts[part]:
            raise ValueError(f"sample: expected 0 … {self.parts[part] - 1} of the {part} part; received {sample!r}")
        if gradients is not None and not isinstance(gradients, bool):
            raise ValueError(f"gradients: expected true or false; received {gradients!r}")
        exact = before.exact if exact is None else exact
        unit = before.unit if unit is None else unit
        if exact not in ("", *self.layers):
            raise ValueError(f"exact: expected one of {', '.join(self.layers)}, or nothing; received {exact!r}")
        if exact and (type(unit) is not int or not 0 <= unit < self.layers[exact]):
            raise ValueError(f"unit: expected 0 … {self.layers[exact] - 1} of {exact}; received {unit!r}")
        if image is ...:
            image = None if ends_image else before.image
        elif image is not None:
            image = read_image(image, self.shape)
        gradients = before.gradients if gradients is None else gradients
        return Choice(part=part, sample=sample, image=image, gradients=gradients, exact=exact, unit=unit)
