"""Splitting the samples in an exported program: a part to learn from and a part to test on."""

from __future__ import annotations

from dlcore.specs.data import AnyData, GeneratedData, ImageData, SeriesData

_CLASSES = """\
# keep {share:.0%} of every class for testing
shuffle = np.random.default_rng({seed})
train, test = [], []
for label in np.unique(y):
    rows = shuffle.permutation(np.flatnonzero(y == label))
    count = min(max(round({share!r} * len(rows)), 1), len(rows) - 1)
    test.append(rows[:count])
    train.append(rows[count:])
train, test = shuffle.permutation(np.concatenate(train)), shuffle.permutation(np.concatenate(test))"""

VALUES = """\
# keep {share:.0%} for testing
shuffle = np.random.default_rng({seed})
rows = shuffle.permutation(np.arange(len(y)))
count = min(max(round({share!r} * len(rows)), 1), len(rows) - 1)
train, test = shuffle.permutation(rows[count:]), shuffle.permutation(rows[:count])"""

_HELD_OUT = """\
shuffle = np.random.default_rng({seed})
train = shuffle.permutation(np.flatnonzero(~held_out))
test = shuffle.permutation(np.flatnonzero(held_out))"""

_FOLD = """\
# test on part {part} of {folds}, learn from all others; {dealt}
shuffle = np.random.default_rng({seed})
{order}
test = order[{fold}::{folds}]
train = np.setdiff1d(order, test)
train, test = shuffle.permutation(train), shuffle.permutation(test)"""

_DEALT = {
    True: (
        "the rows are shuffled and dealt out, class after class",
        "order = np.concatenate([shuffle.permutation(np.flatnonzero(y == label)) for label in np.unique(y)])",
    ),
    False: ("the rows are shuffled and dealt out", "order = shuffle.permutation(np.arange(len(y)))"),
}


def parts_code(data: AnyData) -> str:
    """Code that makes row numbers `train` and `test` from the targets `y`, as `dlcore.training.parts.parts_of` does.

    Where the set itself says what is for testing, that is in `held_out`.
    """
    wanted = data.train_samples if isinstance(data, GeneratedData) else None
    return _all_parts(data) + (f"\ntrain = train[:{wanted}]  # learn from so many of them" if wanted else "")


def _all_parts(data: AnyData) -> str:
    if data.folds is not None:
        dealt, order = _DEALT[data.task != "regression"]
        return _FOLD.format(
            part=data.fold + 1, folds=data.folds, fold=data.fold, dealt=dealt, order=order, seed=data.seed
        )
    if data.kind == "images" and data.card.held_out:
        return _HELD_OUT.format(seed=data.seed)
    share = data.share if isinstance(data, ImageData | SeriesData) else data.test_share
    return (VALUES if data.task == "regression" else _CLASSES).format(share=share, seed=data.seed)
