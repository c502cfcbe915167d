"""Images changed by chance, so that a network never sees the same one twice: rotated, shifted, brighter, noisy.

Every function draws anew for each image, from PyTorch's generator of the images' device. Those that move pixels say by
a matrix where each pixel of the result comes from; the matrices of all are multiplied, and the images are read once, at
the places that the product names. The exported program holds these very functions (`dlcore.export.augmentation`), so
they need nothing but PyTorch and `math`.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import torch

from dlcore.specs.augmentation import AugmentationSpec
from dlcore.specs.layered import Layered
from dlcore.specs.learns import Learns
from dlcore.training.augmentations import AUGMENTATIONS


def chance(images: torch.Tensor, least: float, most: float) -> torch.Tensor:
    """A number for each image, drawn evenly between `least` and `most`, (n,)."""
    return least + (most - least) * torch.rand(len(images), device=images.device)


def place(across: torch.Tensor, down: torch.Tensor) -> torch.Tensor:
    """Matrices (n, 3, 3) from two rows (n, 3): a pixel of the result at (x, y) is read at (across, down) · (x, y, 1).

    x and y go from -1 to 1 over the image.
    """
    last = torch.tensor([0.0, 0.0, 1.0], device=across.device).expand(len(across), 3)
    return torch.stack([across, down, last], dim=1)


def stretch(
    by_x: torch.Tensor, by_y: torch.Tensor, to_x: torch.Tensor | None = None, to_y: torch.Tensor | None = None
) -> torch.Tensor:
    """Matrices that read at (by_x · x + to_x, by_y · y + to_y), each (n,)."""
    none = torch.zeros_like(by_x)
    return place(
        torch.stack([by_x, none, none if to_x is None else to_x], dim=1),
        torch.stack([none, by_y, none if to_y is None else to_y], dim=1),
    )


def turn(images: torch.Tensor, angle: torch.Tensor) -> torch.Tensor:
    """Matrices that turn images to the left by angles (n,) in radians; a circle stays one in a wide image, too."""
    height, width = images.shape[-2:]
    cosine, sine, none = angle.cos(), angle.sin(), torch.zeros_like(angle)
    return place(
        torch.stack([cosine, -sine * height / width, none], dim=1),
        torch.stack([sine * width / height, cosine, none], dim=1),
    )


def flip(images: torch.Tensor, strength: float) -> torch.Tensor:
    """Mirror left to right, with this chance."""
    sign = torch.where(chance(images, 0.0, 1.0) < strength, -1.0, 1.0)
    return stretch(sign, torch.ones_like(sign))


def upside_down(images: torch.Tensor, strength: float) -> torch.Tensor:
    """Mirror top to bottom, with this chance."""
    sign = torch.where(chance(images, 0.0, 1.0) < strength, -1.0, 1.0)
    return stretch(torch.ones_like(sign), sign)


def rotate(images: torch.Tensor, strength: float) -> torch.Tensor:
    """Turn by up to so many degrees, to the left or to the right."""
    return turn(images, chance(images, -strength, strength) * (math.pi / 180))


def zoom(images: torch.Tensor, strength: float) -> torch.Tensor:
    """Enlarge by a factor between 1/(1 + z) and 1 + z; its logarithm is drawn evenly."""
    factor = torch.exp(chance(images, -1.0, 1.0) * math.log(1 + strength))
    return stretch(1 / factor, 1 / factor)


def shift(images: torch.Tensor, strength: float) -> torch.Tensor:
    """Move right (or left) and down (or up), each by up to this share of the side."""
    one = torch.ones(len(images), device=images.device)
    right, down = chance(images, -strength, strength), chance(images, -strength, strength)
    return stretch(one, one, -2 * right, -2 * down)  # the whole side is 2 long


def crop(images: torch.Tensor, strength: float) -> torch.Tensor:
    """Enlarge a part to the whole image: up to this share of the side is cut away, somewhere."""
    cut = chance(images, 0.0, strength)
    return stretch(1 - cut, 1 - cut, cut * chance(images, -1.0, 1.0), cut * chance(images, -1.0, 1.0))


def read_at(images: torch.Tensor, matrices: torch.Tensor) -> torch.Tensor:
    """The images (n, channels, height, width) read where (n, 3, 3) matrices say, between pixels in proportion.

    Beyond the border all is black.
    """
    grid = torch.nn.functional.affine_grid(matrices[:, :2], list(images.shape), align_corners=False)
    return torch.nn.functional.grid_sample(images, grid, align_corners=False)


def brightness(images: torch.Tensor, strength: float) -> torch.Tensor:
    """Add up to plus or minus b to all pixels of an image."""
    return (images + chance(images, -strength, strength).reshape(-1, 1, 1, 1)).clamp(0, 1)


def contrast(images: torch.Tensor, strength: float) -> torch.Tensor:
    """Multiply how far pixels are from their image's mean by between 1/(1 + c) and 1 + c."""
    factor = torch.exp(chance(images, -1.0, 1.0) * math.log(1 + strength)).reshape(-1, 1, 1, 1)
    mean = images.mean(dim=(1, 2, 3), keepdim=True)
    return (mean + factor * (images - mean)).clamp(0, 1)


def noise(images: torch.Tensor, strength: float) -> torch.Tensor:
    """Add a number of a normal distribution with this standard deviation to every pixel."""
    return (images + strength * torch.randn(images.shape, device=images.device)).clamp(0, 1)


def erase(images: torch.Tensor, strength: float) -> torch.Tensor:
    """Make a rectangle black, this share of the sides large, with its middle at any place of the image."""
    hidden = torch.ones(len(images), 1, 1, 1, dtype=torch.bool, device=images.device)
    for side, size in ((-1, images.shape[-1]), (-2, images.shape[-2])):
        middle = chance(images, 0.0, float(size)).reshape(-1, 1, 1, 1)
        pixels = torch.arange(size, device=images.device) + 0.5
        near = (pixels - middle).abs() < strength * size / 2
        hidden = hidden & (near if side == -1 else near.transpose(-1, -2))
    return images.masked_fill(hidden, 0)


Change = Callable[[torch.Tensor, float], torch.Tensor]
PLACES: dict[str, Change] = {
    "flip": flip,
    "upside_down": upside_down,
    "rotate": rotate,
    "zoom": zoom,
    "shift": shift,
    "crop": crop,
}
VALUES: dict[str, Change] = {"brightness": brightness, "contrast": contrast, "noise": noise, "erase": erase}


def augmentation_of(spec: Learns) -> AugmentationSpec | None:
    """How an experiment changes its images while it learns; None where it does not."""
    return spec.augmentation if isinstance(spec, Layered) and spec.augmentation.active else None


def augment(images: torch.Tensor, strengths: AugmentationSpec) -> torch.Tensor:
    """Images (n, channels, height, width) from 0 to 1, each changed by chance; what has strength 0 draws nothing."""
    matrices = None
    for row in AUGMENTATIONS:
        strength = getattr(strengths, row.name)
        if strength and row.kind == "place":
            following = PLACES[row.name](images, strength)
            matrices = following if matrices is None else matrices @ following
    if matrices is not None:
        images = read_at(images, matrices)
    for row in AUGMENTATIONS:
        strength = getattr(strengths, row.name)
        if strength and row.kind == "value":
            images = VALUES[row.name](images, strength)
    return images
