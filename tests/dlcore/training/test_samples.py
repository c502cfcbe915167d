from __future__ import annotations

import numpy as np
import pytest

from datasets.registry import card
from dlcore.specs.data import AnyData, DrawnData, GeneratedData, ImageData, TableData
from dlcore.training.prepare import prepare
from dlcore.training.samples import load_images, prepare_samples
from tests.own import OWNER, flowers, own_images, own_table, sketches, uploads


@pytest.mark.parametrize("name", ["digits", "mnist", "shapes", "textures"])
def test_images_are_split_and_keep_their_numbers(name: str) -> None:
    samples = prepare_samples(ImageData(name=name))
    whole = load_images(ImageData(name=name))
    assert samples.x_train.shape[1:] == samples.x_test.shape[1:] == card(name).shape
    assert samples.x_train.dtype == np.float32 and samples.y_train.dtype == np.int64
    assert samples.classes == card(name).classes and samples.task == "multiclass"
    both = np.concatenate([samples.x_train, samples.x_test])
    ours, theirs = (
        np.sort(images.reshape(len(images), -1).astype(np.float64) @ np.arange(images[0].size))
        for images in (both, whole.inputs)
    )
    assert np.array_equal(ours, theirs)  # every image is in one of the parts, as it was


def test_a_thousand_digits_are_held_out() -> None:
    samples = prepare_samples(ImageData())
    assert (len(samples.x_train), len(samples.x_test)) == (4000, 1000)
    assert np.bincount(samples.y_test).tolist() == [100] * 10


def test_textures_are_tested_on_their_own_half() -> None:
    whole = card("textures").load()
    samples = prepare_samples(ImageData(name="textures"))
    assert whole.held_out is not None
    held_out = whole.inputs[whole.held_out]
    assert samples.x_test.astype(np.float64).sum() == pytest.approx(held_out.astype(np.float64).sum(), rel=1e-9)
    assert len(samples.x_test) == len(held_out)


def test_fewer_images_are_drawn_from_every_class() -> None:
    samples = prepare_samples(ImageData(name="mnist", samples=100, seed=3))
    assert (len(samples.x_train), len(samples.x_test)) == (80, 20)
    assert np.bincount(np.concatenate([samples.y_train, samples.y_test])).tolist() == [10] * 10


@pytest.mark.parametrize("data", [GeneratedData(samples=60), TableData(), TableData(name="diabetes")])
def test_points_and_tables_are_what_the_playground_learns_from(data: AnyData) -> None:
    assert not isinstance(data, ImageData)
    samples, same = prepare_samples(data), prepare(data)
    for name in ("x_train", "y_train", "x_test", "y_test"):
        assert np.array_equal(getattr(samples, name), getattr(same, name))
    assert (samples.task, samples.classes) == (same.task, same.classes)


def test_one_set_is_prepared_once() -> None:
    assert prepare_samples(ImageData(name="digits")) is prepare_samples(ImageData(name="digits"))
    assert prepare_samples(ImageData(name="digits")) is not prepare_samples(ImageData(name="digits", seed=1))


def test_nothing_drawn_is_too_little() -> None:
    with pytest.raises(ValueError, match="Draw at least 4 points"):
        prepare_samples(DrawnData())


def test_what_a_learner_uploaded_does_not_stay_when_it_goes() -> None:
    table, images = flowers(), sketches()
    with uploads() as store:
        kept = [store.add(OWNER, "flowers.csv", table), store.add(OWNER, "sketches.zip", images)]
        specs: list[AnyData] = [own_table(kept[0].id, table), own_images(kept[1].id, images, test_share=0.25)]
        shapes = [(prepare_samples(spec).x_train.shape, prepare_samples(spec).x_test.shape) for spec in specs]
        assert shapes == [((42, 7), (18, 7)), ((18, 1, 16, 16), (6, 1, 16, 16))]
        for upload, spec in zip(kept, specs, strict=True):
            store.drop(upload.id, OWNER)
            with pytest.raises(ValueError, match="stay with them"):
                prepare_samples(spec)
