from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from dlcore.specs.supervised import Supervised
from dlcore.training.batches import batch_size_of, batches, epoch_order, steps_an_epoch


def _spec(**training: object) -> Supervised:
    return Supervised.parse({"training": training})


def test_size_is_what_the_spec_says_and_at_most_all() -> None:
    assert batch_size_of(_spec(batch_size=7), 20) == 7
    assert batch_size_of(_spec(batch_size=7), 5) == 5
    assert batch_size_of(_spec(batch_size="all"), 20) == 20
    assert batch_size_of(_spec(batch_size=7, optimizer="gd"), 20) == 20


def test_too_few_samples_are_refused() -> None:
    with pytest.raises(ValueError, match="training samples: this network needs at least 1; received 0"):
        batch_size_of(_spec(), 0)
    with pytest.raises(ValueError, match="training samples: this network needs at least 2; received 1"):
        batch_size_of(Supervised.parse({"network": {"batch_norm": True}}), 1)


def test_order_is_one_draw_of_randperm() -> None:
    torch.manual_seed(3)
    expected = torch.randperm(50)
    torch.manual_seed(3)
    assert torch.equal(epoch_order(50, 8), expected)


def test_a_whole_set_is_not_shuffled_and_draws_nothing() -> None:
    before = torch.get_rng_state()
    assert epoch_order(9, 9).tolist() == list(range(9))
    assert torch.equal(torch.get_rng_state(), before)


def test_last_batch_holds_what_is_left() -> None:
    assert [batch.tolist() for batch in batches(torch.arange(7), 3)] == [[0, 1, 2], [3, 4, 5], [6]]


def test_batch_norm_leaves_a_single_sample_out() -> None:
    assert [batch.tolist() for batch in batches(torch.arange(7), 3, batch_norm=True)] == [[0, 1, 2], [3, 4, 5]]
    assert [len(batch) for batch in batches(torch.arange(8), 3, batch_norm=True)] == [3, 3, 2]
    assert batches(torch.arange(1), 3, batch_norm=True) == ()


@given(samples=st.integers(2, 300), size=st.integers(2, 300), batch_norm=st.booleans())
def test_batches_cover_an_epoch_once(samples: int, size: int, batch_norm: bool) -> None:
    cut = batches(epoch_order(samples, size), size, batch_norm=batch_norm)
    seen = torch.cat(cut).tolist()
    assert len(cut) == steps_an_epoch(samples, size, batch_norm=batch_norm)
    assert len(set(seen)) == len(seen) == samples - (batch_norm and samples % size == 1)
    assert all(len(batch) == size for batch in cut[:-1])
