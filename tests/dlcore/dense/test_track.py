import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from dlcore.dense.losses import LOSSES
from dlcore.dense.order import Order
from dlcore.dense.replica import Replica
from dlcore.dense.shape import shape_of
from dlcore.dense.track import Track
from dlcore.training.rows import find
from tests.dlcore.dense.textbook import spec_of

MSE = find(LOSSES, "mse", "loss")


def replica(samples: int, size: int, capacity: int, seed: int, left: int = 0) -> Replica:
    """One whose only input is the number of the sample, and whose target is its negative."""
    spec = spec_of(training__batch_size=capacity, training__loss="mse")
    order = Order(samples=samples, size=size, left=torch.randperm(samples)[:left], updates=int(left > 0))
    x = torch.arange(samples).float()[:, None]
    return Replica(
        shape=shape_of(spec, 1, 10**6),
        training=spec.training,
        x=x,
        y=-x,
        theta=torch.empty(0),
        generator=torch.Generator().manual_seed(seed),
        order=order,
    )


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(1, 90), st.integers(1, 20), st.integers(0, 89)), min_size=1, max_size=4),
    st.integers(0, 9),
)
def test_every_replica_sees_its_own_samples_in_its_own_order(replicas, seed):
    made = [
        replica(samples, min(size, samples), 20, seed + k, min(left, samples))
        for k, (samples, size, left) in enumerate(replicas)
    ]
    apart = [replica_.copy() for replica_ in made]
    track = Track(made[0].shape, made, MSE)
    for _ in range(100):
        x, y, share = track.next()
        sizes = track.batch_sizes()
        assert torch.equal(x[:, 0], -y[:, 0])
        assert torch.all(x[:, 1] == 1)
        for row, own in enumerate(apart):
            order = own.order
            if not order.whole and not len(order.left):
                order.draw(own.generator)
            expected = list(range(order.samples)) if order.whole else order.left[: order.size].tolist()
            order.advance(1)
            size = len(expected)
            seen, weights = x[row, 0].tolist(), share[row, 0].tolist()
            assert sizes[row] == size
            assert seen[:size] == expected
            assert set(seen) <= set(expected)  # the filling repeats samples of the batch
            assert all(abs(weight * size / 2 - 1) < 1e-6 for weight in weights[:size])
            assert not any(weights[size:])
    for row, own in enumerate(apart):
        track.settle(row)
        assert made[row].order.epoch == own.order.epoch
        assert torch.equal(made[row].generator.get_state(), own.generator.get_state())


def test_another_batch_size_in_mid_epoch_cuts_what_is_left():
    one, other = replica(30, 10, 20, 1), replica(30, 10, 20, 2)
    track = Track(one.shape, [one, other], MSE)
    seen = [track.next()[0][0, 0, :10].clone()]
    track.resize(0, 7)
    for size in (7, 7, 6):
        x, _, _ = track.next()
        assert track.batch_sizes()[0] == size
        seen.append(x[0, 0, :size].clone())
    assert sorted(torch.cat(seen).tolist()) == list(range(30))
    track.settle(0)
    assert one.order.epochs == 1
    with pytest.raises(ValueError, match="batches of at most 20; received 21"):
        track.resize(0, 21)
