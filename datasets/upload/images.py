"""Pictures that a learner brings as a data set: from a zip file of folders, or single files with a class for each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from datasets.upload.archive import unpack
from datasets.upload.bounds import BadUpload, Bounds, quoted
from datasets.upload.pictures import CHANNELS, Colour, read_picture

SUFFIXES = (".png", ".jpg", ".jpeg")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Images:
    """Pictures (n, channels, side, side) uint8, their class numbers (n,) int64, the classes by name, in alphabet."""

    pictures: np.ndarray
    labels: np.ndarray
    classes: tuple[str, ...]
    left_out: int = 0  # files that are no pictures by their names


def files_of_zip(data: bytes, bounds: Bounds) -> tuple[list[tuple[str, str, bytes]], int]:
    """(class, name, content) of every picture of a zip file, where a folder is a class; and how many files are none.

    Raises: BadUpload: what is wrong with the zip file, or a picture that lies in no folder.
    """
    found, others = [], 0
    for path, content in unpack(data, bounds):
        *folders, name = path.split("/")
        if not name.lower().endswith(SUFFIXES):
            others += 1
            continue
        if not folders or not folders[-1].strip():
            raise BadUpload(f"{quoted(path)} lies in no folder: expected one folder a class, with its pictures inside.")
        found.append((folders[-1].strip(), path, content))
    return found, others


def read_images(
    files: Iterable[tuple[str, str, bytes]], bounds: Bounds, *, side: int, colour: Colour, left_out: int = 0
) -> Images:
    """Decode (class, name, content) of each file and resize it; as `read_picture`, in the order of class and name.

    Raises: BadUpload: a file is no picture, there are too many, or not two classes of two pictures each.
    """
    ordered = sorted(files, key=lambda file: file[:2])
    classes = tuple(sorted({said for said, _, _ in ordered}))
    _require_classes([said for said, _, _ in ordered], classes, bounds)
    if (kept := len(ordered) * CHANNELS[colour] * side * side) > bounds.kept:
        raise BadUpload(
            f"{len(ordered):,} pictures of {CHANNELS[colour]} × {side} × {side} are {kept:,} numbers: at most "
            f"{bounds.kept:,} are kept. Choose a smaller size, grey, or fewer pictures."
        )
    pictures = np.empty((len(ordered), CHANNELS[colour], side, side), dtype=np.uint8)
    pixels = 0
    for number, (_, name, content) in enumerate(ordered):
        picture = read_picture(name, content, bounds, side=side, colour=colour)
        pictures[number] = picture.values
        pixels += picture.pixels
        if pixels > bounds.all_pixels:
            raise BadUpload(
                f"These pictures have more than {bounds.all_pixels:,} pixels together, the most that is decoded: make "
                "them smaller, or take fewer."
            )
    number_of = {name: number for number, name in enumerate(classes)}
    labels = np.array([number_of[said] for said, _, _ in ordered], dtype=np.int64)
    return Images(pictures=pictures, labels=labels, classes=classes, left_out=left_out)


def _require_classes(said: list[str], classes: tuple[str, ...], bounds: Bounds) -> None:
    if not said:
        raise BadUpload("There is no picture here: expected PNG or JPEG files, one folder a class.")
    if len(said) > bounds.files:
        raise BadUpload(f"These are {len(said):,} pictures: at most {bounds.files:,} are read. Take fewer.")
    if len(classes) < 2:
        raise BadUpload(
            f"All pictures are of one class, {quoted(classes[0])}: expected at least two, to tell one from the other."
        )
    if len(classes) > bounds.classes:
        raise BadUpload(f"These are {len(classes):,} classes: at most {bounds.classes} are read.")
    for name in classes:
        if len(name) > bounds.name:
            raise BadUpload(f"The class {quoted(name)} has {len(name):,} characters: at most {bounds.name} are read.")
        if said.count(name) < 2:
            raise BadUpload(
                f"The class {quoted(name)} has 1 picture: expected at least 2, one to learn from and one to test on."
            )
