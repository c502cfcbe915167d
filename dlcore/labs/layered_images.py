"""Test images behind the numbers: what each filter likes, who was taken for what, and the most confident mistakes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor

from dlcore.explain.certainty import certainty, gives_probabilities
from dlcore.explain.likes import patch_of, strongest
from dlcore.explain.scores import confusion
from dlcore.explain.thumbnail import thumbnail
from dlcore.networks.shapes import Row
from dlcore.specs.convolutions import Conv2dLayer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlcore.labs.layered import LayeredLab

TOP = 8  # images a filter
FILTERS = 32  # of a layer that are shown
SEARCHED = 40_000_000  # multiply-adds that a frame may take to look for what filters like
LEAST = 20  # images that are searched at least
PATCH_SIDE, SIDE = 28, 32  # pixels of a picture that is sent, at most
PICTURES = 24  # images of a cell of the confusion matrix, or mistakes, that are sent


class ImageProbes:
    """The probes of one lab of stacked layers that show images of the test part; they change nothing."""

    def __init__(self, lab: LayeredLab, rows: Sequence[Row]) -> None:
        self.lab = lab
        self.shows = len(lab.spec.given.shape) == 3  # whether the samples are images
        self.convolutions = tuple(row for row in rows if self.shows and isinstance(row.layer, Conv2dLayer))
        self.probability = gives_probabilities(lab.spec)
        self._layer = self.convolutions[0].name if self.convolutions else ""
        self._thorough = False
        self._cell: tuple[int, int] | None = None

    def look(self, *, likes: str | None = None, thorough: bool | None = None, cell: Any = ...) -> None:
        """Choose the convolution whose filters are asked, whether about all test images, and a cell of the matrix.

        `cell`: numbers of the true and of the predicted class, or None.

        Raises: ValueError: there is no such layer or class.
        """
        names = [row.name for row in self.convolutions]
        if likes is not None and likes not in names:
            expected = f"one of {', '.join(names)}" if names else "nothing, for no layer slides kernels over images"
            raise ValueError(f"likes: expected {expected}; received {likes!r}")
        if thorough is not None and not isinstance(thorough, bool):
            raise ValueError(f"thorough: expected true or false; received {thorough!r}")
        if cell is not ...:
            self._cell = self._read_cell(cell)
        self._layer = self._layer if likes is None else likes
        self._thorough = self._thorough if thorough is None else thorough

    def _read_cell(self, cell: Any) -> tuple[int, int] | None:
        if cell is None:
            return None
        count = len(self.lab.data.classes)
        if (
            not isinstance(cell, list | tuple)
            or len(cell) != 2
            or not all(type(number) is int and 0 <= number < count for number in cell)
        ):
            raise ValueError(f"cell: expected two class numbers, true and predicted, below {count}; received {cell!r}")
        return cell[0], cell[1]

    def arrays(self, watched: frozenset[str], outputs: Tensor) -> dict[str, dict[str, np.ndarray]]:
        """The arrays of the watched views; `outputs` are those of the first test samples, or of all."""
        found: dict[str, dict[str, np.ndarray]] = {}
        if "likes" in watched and self.convolutions:
            found["likes"] = self._likes(everything=len(outputs) == len(self.lab.x_test))
        if self.lab.data.classes and watched & {"confusion", "class_accuracy", "mistakes"}:
            found |= self._answers(watched, outputs)
        return found

    def searched(self, row: Row) -> int:
        """How many test images a frame sends to a layer, so that it does not take too long."""
        whole = len(self.lab.x_test)
        if self._thorough:
            return whole
        cost = 0
        for other in self.lab.spec.walk.rows:
            cost += other.multiply_adds
            if other.path == row.path[:1]:
                break
        return min(whole, max(LEAST, SEARCHED // max(cost, 1)))

    def _likes(self, *, everything: bool) -> dict[str, np.ndarray]:
        lab, number = self.lab, [row.name for row in self.convolutions].index(self._layer)
        row = self.convolutions[number]
        count = len(lab.x_test) if everything else self.searched(row)
        about = {"layer": _whole([number]), "searched": _whole([count, len(lab.x_test)])}
        best = strongest(lab.network, row.name, lab.x_test[:count], top=TOP, at_once=lab.spec.at_once)
        if best is None:  # the layer has left the numbers
            return about
        filters, top = best.value[:FILTERS].shape
        pictures, places = [], []
        for a in range(filters):
            for b in range(top):
                unit = int(best.row[a, b]), int(best.column[a, b])
                patch, inside = patch_of(lab.data.x_test[best.sample[a, b]], row.field, *unit)
                pictures.append(thumbnail(patch, PATCH_SIDE))
                places.append((*unit, *inside))
        samples = best.sample[:FILTERS]
        return about | {
            "patch": np.stack(pictures).reshape(filters, top, *pictures[0].shape),
            "place": _whole(places).reshape(filters, top, 6),
            "value": best.value[:FILTERS],
            "sample": samples,
            "target": self._true(samples),
        }

    def _true(self, samples: np.ndarray) -> np.ndarray:
        """The answers of test images; of numbers to predict, 0."""
        classes = bool(self.lab.data.classes)
        return self.lab.data.y_test[samples].astype(np.int32) if classes else np.zeros_like(samples)

    def _answers(self, watched: frozenset[str], outputs: Tensor) -> dict[str, dict[str, np.ndarray]]:
        lab, classes = self.lab, len(self.lab.data.classes)
        predicted, sure = certainty(outputs, lab.spec)
        true = lab.y_test[: len(predicted)]
        measured = _whole([len(predicted), len(lab.x_test)])
        found: dict[str, dict[str, np.ndarray]] = {}
        counts = confusion(predicted, true, classes)
        if "confusion" in watched:
            found["confusion"] = {"counts": counts, "measured": measured}
            if self._cell is not None and self.shows:
                here = (true == self._cell[0]) & (predicted == self._cell[1])
                found["confusion"] |= {"cell": _whole(self._cell)} | self._pictures(here, predicted, sure)
        if "class_accuracy" in watched:
            right, total = np.diag(counts), counts.sum(axis=1)
            found["class_accuracy"] = {"counts": _whole(np.stack([right, total])), "measured": measured}
        if "mistakes" in watched and self.shows:
            wrong = predicted != true
            found["mistakes"] = {"measured": _whole([*measured, int(wrong.sum())])}
            found["mistakes"] |= self._pictures(wrong, predicted, sure)
        return found

    def _pictures(self, chosen: Tensor, predicted: Tensor, sure: Tensor) -> dict[str, np.ndarray]:
        """Of the `chosen` (n,) test images those of which the network is most sure."""
        samples = torch.nonzero(chosen)[:, 0]
        order = torch.nan_to_num(sure[samples]).sort(descending=True, stable=True).indices[:PICTURES]
        samples = samples[order]
        numbers = samples.numpy(force=True)
        images = [thumbnail(image, SIDE) for image in self.lab.data.x_test[numbers]]
        return {
            "image": np.stack(images) if images else np.zeros((0, 1, 1, 1), np.uint8),
            "sample": numbers.astype(np.int32),
            "true": self._true(numbers).astype(np.int32),
            "predicted": predicted[samples].numpy(force=True).astype(np.int32),
            "sure": torch.nan_to_num(sure[samples]).float().numpy(force=True),
        }


def _whole(numbers: Any) -> np.ndarray:
    return np.ascontiguousarray(numbers, dtype=np.int32)
