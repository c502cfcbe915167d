"""Augmentation against what torch's own flips, turns and rolls give, and numbers by hand."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
import torch

from dlcore.specs.augmentation import AugmentationSpec
from dlcore.specs.layered import Layered
from dlcore.specs.supervised import Supervised
from dlcore.training import augment as module
from dlcore.training.augment import augment, augmentation_of, read_at, stretch, turn
from dlcore.training.augmentations import AUGMENTATIONS, Augmentation

ALL_AT_ONCE = {row.name: row.usual for row in AUGMENTATIONS}


def _images(count: int = 5, channels: int = 2, height: int = 7, width: int = 7) -> torch.Tensor:
    generator = torch.Generator().manual_seed(3)
    return torch.rand(count, channels, height, width, generator=generator)


def _spec(**strengths: float) -> AugmentationSpec:
    return AugmentationSpec.parse(strengths)


@pytest.fixture
def draws(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Give the numbers that are drawn next, as shares of the way from the least to the most, for all images alike."""

    def give(*shares: float) -> None:
        left = list(shares)

        def chance(images: torch.Tensor, least: float, most: float) -> torch.Tensor:
            return torch.full((len(images),), least + (most - least) * left.pop(0))

        monkeypatch.setattr(module, "chance", chance)

    return give


@pytest.mark.parametrize("quarters", [-3, -1, 0, 1, 2])
@pytest.mark.parametrize("side", [6, 7])
def test_quarter_turns_are_those_of_torch(quarters: int, side: int) -> None:
    images = _images(height=side, width=side)
    turned = read_at(images, turn(images, torch.full((5,), quarters * math.pi / 2)))
    torch.testing.assert_close(turned, torch.rot90(images, quarters, dims=(2, 3)), atol=2e-6, rtol=0)


def test_half_a_turn_of_a_wide_image_is_both_flips() -> None:
    images = _images(height=4, width=9)
    turned = read_at(images, turn(images, torch.full((5,), math.pi)))
    torch.testing.assert_close(turned, images.flip(2, 3), atol=2e-6, rtol=0)


def test_a_turn_keeps_lengths_where_an_image_is_not_square() -> None:
    images = torch.zeros(1, 1, 9, 15)
    images[0, 0, 4, 7 + 3] = 1.0  # three pixels right of the middle
    turned = read_at(images, turn(images, torch.tensor([math.pi / 2])))
    assert turned[0, 0].argmax().item() == (4 - 3) * 15 + 7  # three pixels above it


def test_flips_are_those_of_torch() -> None:
    images = _images()
    torch.testing.assert_close(augment(images, _spec(flip=1)), images.flip(3), atol=2e-6, rtol=0)
    torch.testing.assert_close(augment(images, _spec(upside_down=1)), images.flip(2), atol=2e-6, rtol=0)
    torch.manual_seed(0)
    many = augment(images[:1].expand(2000, -1, -1, -1), _spec(flip=0.3))
    mirrored = ((many - images[0]).abs().amax(dim=(1, 2, 3)) > 0.01).sum().item()
    assert mirrored == pytest.approx(600, abs=60)  # 3 deviations


@pytest.mark.parametrize(("right", "down"), [(2, 0), (-1, 3), (0, -2)])
def test_a_shift_by_whole_pixels_is_a_roll_with_black_behind_it(
    right: int, down: int, draws: Callable[..., None]
) -> None:
    images = _images(height=10, width=8)
    draws(0.5 + right / 8, 0.5 + down / 10)  # strength 1/2 of the side: shares of the way from -1/2 to 1/2
    expected = torch.roll(images, (down, right), dims=(2, 3))
    rows, columns = torch.arange(10)[:, None], torch.arange(8)
    expected[:, :, ((rows < down) | (rows >= 10 + down) | (columns < right) | (columns >= 8 + right))] = 0
    torch.testing.assert_close(augment(images, _spec(shift=0.5)), expected, atol=2e-6, rtol=0)


def test_zooming_by_two_shows_the_middle(draws: Callable[..., None]) -> None:
    images = _images(height=8, width=8)
    draws(1.0)
    large = augment(images, _spec(zoom=1))
    expected = torch.nn.functional.interpolate(images, scale_factor=2, mode="bilinear")[:, :, 4:12, 4:12]
    torch.testing.assert_close(large, expected, atol=2e-6, rtol=0)
    draws(0.0)
    small = augment(images, _spec(zoom=1))  # half the size: every pixel of the result is the mean of four
    expected = torch.nn.functional.pad(torch.nn.functional.avg_pool2d(images, 2), (2, 2, 2, 2))
    torch.testing.assert_close(small, expected, atol=2e-6, rtol=0)


def test_a_crop_is_the_enlarged_part(draws: Callable[..., None]) -> None:
    images = _images(height=8, width=8)
    draws(1.0, 1.0, 0.0)  # half of the side is cut away; the part at the right and the top remains
    got = augment(images, _spec(crop=0.5))
    expected = torch.nn.functional.interpolate(images, scale_factor=2, mode="bilinear")[:, :, :8, 8:]
    # but for the image's own border, which fades into black
    torch.testing.assert_close(got[:, :, 1:, :7], expected[:, :, 1:, :7], atol=2e-6, rtol=0)


def test_several_movements_are_the_same_as_one_after_the_other(draws: Callable[..., None]) -> None:
    images = _images(height=9, width=9)
    draws(0.0, 0.75, 0.5 + 2 / 9, 0.5)  # mirrored, a quarter turn to the left, two pixels to the right
    both = augment(images, _spec(flip=1, rotate=180, shift=0.5))
    expected = torch.rot90(images.flip(3), 1, dims=(2, 3)).roll(2, dims=3)
    expected[..., :2] = 0
    torch.testing.assert_close(both, expected, atol=5e-6, rtol=0)


def test_brightness_adds_a_number_and_stays_within_black_and_white(draws: Callable[..., None]) -> None:
    images = _images()
    draws(1.0)
    assert torch.equal(augment(images, _spec(brightness=0.25)), (images + 0.25).clamp(0, 1))
    draws(0.0)
    assert torch.equal(augment(images, _spec(brightness=1)), torch.zeros_like(images))


def test_contrast_multiplies_the_distance_from_the_mean(draws: Callable[..., None]) -> None:
    images = torch.tensor([0.4, 0.5, 0.5, 0.6]).reshape(1, 1, 2, 2)
    draws(1.0)
    expected = torch.tensor([0.3, 0.5, 0.5, 0.7]).reshape(1, 1, 2, 2)
    torch.testing.assert_close(augment(images, _spec(contrast=1)), expected)
    draws(0.0)
    expected = torch.tensor([0.45, 0.5, 0.5, 0.55]).reshape(1, 1, 2, 2)
    torch.testing.assert_close(augment(images, _spec(contrast=1)), expected)


def test_noise_has_the_standard_deviation_that_it_says() -> None:
    grey = torch.full((4, 1, 100, 100), 0.5)
    torch.manual_seed(0)
    noisy = augment(grey, _spec(noise=0.1))
    assert noisy.std().item() == pytest.approx(0.1, abs=0.001)
    assert noisy.mean().item() == pytest.approx(0.5, abs=0.002)


def test_erasing_blackens_a_rectangle_at_its_place(draws: Callable[..., None]) -> None:
    images = torch.ones(2, 3, 10, 20)
    draws(0.5, 0.0)  # the middle of the width, the upper border
    erased = augment(images, _spec(erase=0.4))
    black = torch.zeros(10, 20, dtype=torch.bool)
    black[:2, 6:14] = True  # 0.4 of 20 wide; of 0.4 of 10 the lower half is inside
    assert torch.equal(erased == 0, black.expand(2, 3, 10, 20))


@pytest.mark.parametrize("row", AUGMENTATIONS, ids=lambda row: row.name)
def test_changes_every_image_in_its_own_way_and_keeps_it_an_image(row: Augmentation) -> None:
    images = _images(1).expand(50, -1, -1, -1)
    kept = images.clone()
    torch.manual_seed(1)
    changed = augment(images, _spec(**{row.name: row.usual}))
    assert changed.shape == images.shape and changed.dtype == images.dtype
    assert changed.min() >= 0 and changed.max() <= 1 + 1e-6 and changed.isfinite().all()
    different = len({image.numpy().tobytes() for image in changed})
    assert different == 2 if row.unit == "chance" else different > 20
    assert torch.equal(images, kept)  # what was given is left as it is


def test_what_is_off_changes_nothing_and_draws_nothing() -> None:
    images = _images()
    torch.manual_seed(4)
    before = torch.get_rng_state()
    assert augment(images, _spec()) is images
    assert torch.equal(torch.get_rng_state(), before)


def test_one_seed_gives_the_same_images() -> None:
    images, strengths = _images(), _spec(**ALL_AT_ONCE)
    torch.manual_seed(7)
    first, second = augment(images, strengths), augment(images, strengths)
    torch.manual_seed(7)
    assert torch.equal(augment(images, strengths), first) and not torch.equal(first, second)


def test_an_experiment_says_whether_it_augments() -> None:
    spec = Layered()
    assert augmentation_of(spec) is None and augmentation_of(Supervised()) is None
    changed = spec.replace({"augmentation.noise": 0.1})
    assert augmentation_of(changed) == _spec(noise=0.1)


def test_matrices_of_a_stretch_by_hand() -> None:
    two = torch.tensor([2.0])
    assert stretch(two, 3 * two, None, two)[0].tolist() == [[2, 0, 0], [0, 6, 2], [0, 0, 1]]
