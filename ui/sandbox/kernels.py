"""Kernels to begin with in the sandbox: what people wrote by hand before networks learned them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class KernelRow:
    """One kernel as text, a number or a fraction a cell, row by row; `summary` says what comes out."""

    name: str
    title: str
    cells: tuple[str, ...]
    summary: str
    signed: bool  # whether what comes out has both signs, so that grey would not show it

    @property
    def rows(self) -> list[list[str]]:
        """The cells, row by row."""
        return [row.split() for row in self.cells]


KERNELS = (
    KernelRow(
        name="identity",
        title="Identity",
        cells=("0 0 0", "0 1 0", "0 0 0"),
        summary="Only the pixel in the middle counts: the image comes out as it was.",
        signed=False,
    ),
    KernelRow(
        name="box",
        title="Box blur",
        cells=("1/9 1/9 1/9",) * 3,
        summary="The mean of nine pixels: noise and detail go.",
        signed=False,
    ),
    KernelRow(
        name="gaussian",
        title="Gaussian blur",
        cells=(
            "1/256 4/256 6/256 4/256 1/256",
            "4/256 16/256 24/256 16/256 4/256",
            "6/256 24/256 36/256 24/256 6/256",
            "4/256 16/256 24/256 16/256 4/256",
            "1/256 4/256 6/256 4/256 1/256",
        ),
        summary="A mean in which near pixels count more than far ones: softer than the box, without its blocks.",
        signed=False,
    ),
    KernelRow(
        name="sharpen",
        title="Sharpen",
        cells=("0 -1 0", "-1 5 -1", "0 -1 0"),
        summary="The pixel plus its difference from its four neighbours: borders stand out; plain areas stay.",
        signed=False,
    ),
    KernelRow(
        name="sobel_x",
        title="Sobel x",
        cells=("-1 0 1", "-2 0 2", "-1 0 1"),
        summary="Right minus left: blue where it gets brighter to the right, so it finds vertical borders.",
        signed=True,
    ),
    KernelRow(
        name="sobel_y",
        title="Sobel y",
        cells=("-1 -2 -1", "0 0 0", "1 2 1"),
        summary="Below minus above: blue where it gets brighter downwards, so it finds horizontal borders.",
        signed=True,
    ),
    KernelRow(
        name="laplacian",
        title="Laplacian (edges)",
        cells=("-1 -1 -1", "-1 8 -1", "-1 -1 -1"),
        summary="Eight times the pixel minus its eight neighbours: 0 in plain areas, large at any border.",
        signed=True,
    ),
    KernelRow(
        name="emboss",
        title="Emboss",
        cells=("-2 -1 0", "-1 1 1", "0 1 2"),
        summary="The pixel plus how much brighter it is at its lower right than at its upper left: a relief.",
        signed=False,
    ),
)
