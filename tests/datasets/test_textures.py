import numpy as np

from datasets.split import split
from datasets.textures import load_textures


def test_patches_are_cut_from_the_photos_of_scikit_image() -> None:
    from skimage import data

    ours = load_textures()
    assert ours.held_out is not None
    for label, photo in enumerate([data.brick(), data.grass(), data.gravel()]):
        for half in (0, 1):
            patches = ours.inputs[(ours.targets == label) & (ours.held_out == bool(half)), 0]
            assert len(patches) == 31 * 15
            for number in (0, 14, 15, 200, 464):
                top, left = 16 * (number // 15), 256 * half + 16 * (number % 15)
                assert np.array_equal(np.rint(patches[number] * 255), photo[top : top + 32, left : left + 32])


def test_nothing_of_a_held_out_half_is_trained_on() -> None:
    ours = load_textures()
    train, test = split(ours, test_share=0.3, seed=1)
    seen = {patch.tobytes() for patch in ours.inputs[train][:, 0, :, 16:]}
    seen |= {patch.tobytes() for patch in ours.inputs[train][:, 0, :, :16]}
    assert not seen & {patch.tobytes() for patch in ours.inputs[test][:, 0, :, :16]}
    assert np.bincount(ours.targets[test]).tolist() == [465] * 3
