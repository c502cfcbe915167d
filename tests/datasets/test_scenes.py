import time

import numpy as np
import pytest

from datasets.figures import coverage
from datasets.scenes import KINDS, MOST, SCENES, SIDE, Scenes, make_scenes


def plain(samples: int = 200, seed: int = 3, **more: int) -> Scenes:
    return make_scenes(samples=samples, noise=0.0, seed=seed, **{"clutter": 0, **more})


def test_shapes_and_types() -> None:
    scenes = make_scenes(samples=30, noise=0.1, seed=0)
    assert (scenes.images.shape, scenes.images.dtype) == ((30, *SCENES.shape), np.float32)
    assert (scenes.boxes.shape, scenes.boxes.dtype) == ((30, MOST, 4), np.float32)
    assert (scenes.kinds.shape, scenes.kinds.dtype) == ((30, MOST), np.int64)
    assert (scenes.masks.shape, scenes.masks.dtype) == ((30, SIDE, SIDE), np.uint8)
    assert scenes.images.min() >= 0 and scenes.images.max() <= 1


def test_same_seed_same_bytes() -> None:
    one, two, other = (make_scenes(samples=40, noise=0.2, seed=seed) for seed in (7, 7, 8))
    for name in Scenes.__dataclass_fields__:
        assert getattr(one, name).tobytes() == getattr(two, name).tobytes()
    assert one.images.tobytes() != other.images.tobytes()


@pytest.mark.parametrize("objects", [1, 2, 4])
def test_every_scene_has_a_figure_and_no_more_than_asked_for(objects: int) -> None:
    counts = (plain(samples=600, objects=objects).kinds >= 0).sum(axis=1)
    assert counts.min() == 1
    assert counts.max() == objects
    if objects > 1:  # crowded scenes lose some, yet every number of figures is there
        assert np.bincount(counts, minlength=objects + 1)[1:].min() > 20


def test_every_class_is_there_equally_often() -> None:
    kinds = plain(samples=1000).kinds
    counts = np.bincount(kinds[kinds >= 0], minlength=len(KINDS))
    assert counts.min() > 0.9 * counts.mean()


def test_without_clutter_the_mask_is_what_shines() -> None:
    scenes = plain()
    ground = scenes.images[:, 0].reshape(200, -1).min(axis=1)[:, None, None]
    shining = scenes.images[:, 0] > ground + 0.25  # figures are 0.5 at least, the ground 0.25 at most
    assert (shining == (scenes.masks > 0)).mean() > 0.97
    edges = np.concatenate([scenes.masks[:, [0, -1]].ravel(), scenes.masks[:, :, [0, -1]].ravel()])
    assert (edges > 0).mean() < 0.002  # a corner may touch the edge, and no figure is cut off


def test_boxes_hold_exactly_the_pixels_of_their_figure() -> None:
    for mask, boxes, kinds in zip(
        *(getattr(plain(objects=1), name) for name in ("masks", "boxes", "kinds")), strict=True
    ):
        rows, columns = np.nonzero(mask)
        assert boxes[0].tolist() == [columns.min(), rows.min(), columns.max() + 1, rows.max() + 1]
        assert set(mask[mask > 0]) == {kinds[0] + 1}
        assert not boxes[1:].any() and (kinds[1:] == -1).all()


def test_centres_lie_apart() -> None:
    scenes = plain(samples=500)
    centres = (scenes.boxes[..., :2] + scenes.boxes[..., 2:]) / 2
    there = scenes.kinds >= 0
    away = np.linalg.norm(centres[:, :, None] - centres[:, None], axis=-1)
    pairs = there[:, :, None] & there[:, None] & ~np.eye(MOST, dtype=bool)
    # the middle of a triangle's box is not its centre
    assert away[pairs].min() > 8


def test_noise_and_clutter_change_the_image_and_not_the_truth() -> None:
    clean, noisy = (make_scenes(samples=40, noise=noise, seed=2, clutter=0) for noise in (0.0, 0.1))
    assert np.array_equal(clean.masks, noisy.masks) and np.array_equal(clean.boxes, noisy.boxes)
    error = (noisy.images - clean.images)[(clean.images > 0.4) & (clean.images < 0.6)]
    assert 0.08 < error.std() < 0.12
    cluttered = plain(samples=40, clutter=8)
    assert (cluttered.images[:, 0][cluttered.masks == 0] > 0.3).mean() > 0.02


def test_a_figure_is_painted_where_its_parameters_say() -> None:
    cover = coverage(
        "square", side=SIDE, centre=np.array([[20.0, 12.0]]), radius=np.array([6.0]), angle=np.array([0.0])
    )
    rows, columns = np.nonzero(cover[0] >= 0.5)
    half = 6 * np.sqrt(np.pi) / 2  # a square of the circle's area
    assert abs(columns.mean() - 20) < 0.1 and abs(rows.mean() - 12) < 0.1
    assert abs((columns.max() - columns.min() + 1) - 2 * half) <= 1


def test_two_thousand_take_a_second_or_two() -> None:
    began = time.thread_time()
    make_scenes(samples=2000, noise=0.05, seed=0)
    assert time.thread_time() - began < 4


def test_card() -> None:
    assert SCENES.size == "scenes of 1 × 48 × 48"
    for text in (SCENES.summary, SCENES.source, SCENES.flaws):
        assert text.endswith(".") and "  " not in text
