"""The contract of every data set: what its card promises is what it loads."""

from collections.abc import Callable

import numpy as np
import pytest

from datasets.dataset import Card, Dataset
from datasets.registry import DATASETS, card

GENERATED = [row for row in DATASETS if row.kind == "generated"]
TABLES = [row for row in DATASETS if row.kind == "table"]
IMAGES = [row for row in DATASETS if row.kind == "images"]
MADE = [row for row in DATASETS if row.samples is None]
SHIPPED = [row for row in DATASETS if row.samples is not None]


def load(row: Card) -> Dataset:
    return row.load() if row.samples is not None else row.load(samples=301, noise=0.2, seed=4)


def every(rows: list[Card] | tuple[Card, ...]) -> Callable[..., object]:
    return pytest.mark.parametrize("row", rows, ids=lambda row: row.name)


def test_names_are_unique_and_complete() -> None:
    assert [row.name for row in DATASETS] == [
        "circle",
        "xor",
        "gauss",
        "spiral",
        "moons",
        "rings",
        "fraud",
        "plane",
        "hills",
        "sine",
        "penguins",
        "iris",
        "wine",
        "breast-cancer",
        "diabetes",
        "digits",
        "mnist",
        "shapes",
        "textures",
        "waves",
    ]


def test_card_finds_by_name() -> None:
    assert card("breast-cancer").title == "Breast cancer (Wisconsin)"


def test_card_names_what_there_is() -> None:
    with pytest.raises(ValueError, match=r"^name: expected one of circle, xor, .*diabetes, .*; received 'cifar'$"):
        card("cifar")


@every(DATASETS)
def test_card_is_complete(row: Card) -> None:
    for text in (row.summary, row.source, row.licence, row.flaws):
        assert len(text) > 8
        assert "  " not in text
    assert row.summary.endswith(".")
    assert row.source.endswith(".")
    assert row.flaws.endswith(".")
    assert row.title


@every(DATASETS)
def test_card_describes_what_is_loaded(row: Card) -> None:
    data = load(row)
    assert data.features == row.features
    assert data.classes == row.classes
    assert data.target == row.target
    assert data.task == row.task
    assert (data.held_out is not None) == row.held_out
    assert data.inputs.shape == (len(data.targets), *(row.shape or [len(row.features)]))
    assert len(data.targets) == (301 if row.samples is None else row.samples)
    assert len(set(row.features)) == len(row.features)


@every(DATASETS)
def test_numbers_are_finite_and_of_the_promised_type(row: Card) -> None:
    data = load(row)
    assert data.inputs.dtype == (np.float32 if row.shape is not None else np.float64)
    assert np.isfinite(data.inputs).all()
    assert np.isfinite(data.targets).all()
    if row.classes:
        assert data.targets.dtype == np.int64
        assert np.array_equal(np.unique(data.targets), np.arange(len(row.classes)))
    else:
        assert data.targets.dtype == np.float64


@every(MADE)
@pytest.mark.parametrize("noise", [0.0, 0.5])
def test_same_seed_same_bytes(row: Card, noise: float) -> None:
    one, two = (row.load(samples=99, noise=noise, seed=7) for _ in range(2))
    assert one.inputs.tobytes() == two.inputs.tobytes()
    assert one.targets.tobytes() == two.targets.tobytes()
    other = row.load(samples=99, noise=noise, seed=8)
    assert one.inputs.tobytes() != other.inputs.tobytes()


@every(MADE)
def test_no_global_random_state_is_touched(row: Card) -> None:
    before = np.random.get_state()[1].tobytes()  # type: ignore[union-attr, index]  # noqa: NPY002  the legacy state is what is checked
    row.load(samples=50, noise=0.5, seed=0)
    assert np.random.get_state()[1].tobytes() == before  # type: ignore[union-attr, index]  # noqa: NPY002


@every(GENERATED)
@pytest.mark.parametrize("noise", [0.0, 0.3, 0.5])
@pytest.mark.parametrize("samples", [20, 21, 5000])
def test_points_stay_on_the_plane_in_exact_number(row: Card, noise: float, samples: int) -> None:
    data = row.load(samples=samples, noise=noise, seed=3)
    assert data.inputs.shape == (samples, 2)
    assert data.targets.shape == (samples,)
    assert np.abs(data.inputs).max() <= 6.0


@every([row for row in MADE if row.classes and row.positives is None])
@pytest.mark.parametrize("samples", [20, 21, 22, 500])
def test_classes_are_balanced_without_noise(row: Card, samples: int) -> None:
    counts = np.bincount(row.load(samples=samples, noise=0.0, seed=1).targets)
    assert counts.max() - counts.min() <= 1


@every([row for row in MADE if row.positives is not None])
@pytest.mark.parametrize("positives", [None, 0.005, 0.3, 0.5])
@pytest.mark.parametrize("noise", [0.0, 0.5])
def test_a_share_of_the_rare_class_is_met_exactly(row: Card, positives: float | None, noise: float) -> None:
    chosen = {} if positives is None else {"positives": positives}
    data = row.load(samples=1_000, noise=noise, seed=1, **chosen)
    assert row.positives is not None
    assert data.targets.sum() == round(1_000 * (positives or row.positives))


@every([row for row in MADE if row.classes])
def test_a_prefix_is_a_fair_sample(row: Card) -> None:
    balanced = {} if row.positives is None else {"positives": 0.5}
    prefix = row.load(samples=4000, noise=0.0, seed=1, **balanced).targets[:400]
    expected = 400 / len(row.classes)
    assert np.abs(np.bincount(prefix) - expected).max() < 50  # five standard deviations


@every([row for row in GENERATED if not row.classes])
def test_regression_targets_stay_within_one_without_noise(row: Card) -> None:
    targets = row.load(samples=5000, noise=0.0, seed=1).targets
    assert np.abs(targets).max() <= 1.0
    assert targets.max() > 0.9
    assert targets.min() < -0.9


@every(MADE)
def test_noise_makes_a_difference(row: Card) -> None:
    clean, noisy = (row.load(samples=400, noise=noise, seed=1) for noise in (0.0, 0.3))
    assert not (np.array_equal(clean.inputs, noisy.inputs) and np.array_equal(clean.targets, noisy.targets))


@every(SHIPPED)
def test_shipped_sets_are_shared_and_read_only(row: Card) -> None:
    data = row.load()
    assert row.load() is data
    for array in (data.inputs, data.targets):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


@every(TABLES)
def test_every_column_says_something(row: Card) -> None:
    assert (row.load().inputs.std(axis=0) > 0).all()


@every(IMAGES)
def test_images_go_from_black_to_white(row: Card) -> None:
    data = load(row)
    assert row.features == ()
    assert 0.0 <= data.inputs.min() < 0.1
    assert 0.9 < data.inputs.max() <= 1.0
    assert data.inputs.std(axis=0).max() > 0.1


@every(DATASETS)
def test_images_and_series_are_kept_apart_from_points_and_tables(row: Card) -> None:
    axes = {"images": 3, "series": 2}
    assert axes.get(row.kind, 0) == len(row.shape or ())
    assert (row.shape is not None) == (not row.features)
    assert (row.kind == "table") <= (row.samples is not None)
