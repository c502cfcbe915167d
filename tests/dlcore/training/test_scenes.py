import numpy as np

from dlcore.specs.scenes import SceneData
from dlcore.training.scenes import prepare_scenes


def test_both_parts_together_are_all_scenes_and_shared() -> None:
    data = SceneData(samples=40, test_share=0.3, seed=2)
    train, test = prepare_scenes(data)
    assert (len(train.images), len(test.images)) == (28, 12)
    assert prepare_scenes(SceneData(samples=40, test_share=0.3, seed=2))[0] is train
    whole = data.card.load(samples=40, noise=data.noise, seed=2, objects=data.objects, clutter=data.clutter)
    seen = np.concatenate([train.images, test.images])
    assert sorted(seen.sum(axis=(1, 2, 3))) == sorted(whole.images.sum(axis=(1, 2, 3)))


def test_rows_stay_together() -> None:
    train, test = prepare_scenes(SceneData(samples=60, noise=0.0, clutter=0, objects=1))
    for part in (train, test):
        assert ((part.kinds[:, 0] + 1) == part.masks.max(axis=(1, 2))).all()
        for box, mask in zip(part.boxes[:, 0].astype(int), part.masks, strict=True):
            assert mask[box[1] : box[3], box[0] : box[2]].sum() == mask.sum() > 0


def test_what_is_asked_for_is_made() -> None:
    plain, cluttered = (prepare_scenes(SceneData(samples=30, noise=0.0, clutter=clutter))[0] for clutter in (0, 15))
    assert not np.array_equal(plain.images, cluttered.images) and np.array_equal(plain.masks, cluttered.masks)
