import math

import pytest
import torch

from dlcore.dense.together import Together
from dlcore.labs.lab import Diverged
from dlcore.training.make import learning_rate_at
from dlcore.training.schedules import SCHEDULES
from tests.dlcore.dense.textbook import lab_and_replica, replica_of, spec_of

WILD = {
    "training__loss": "mse",
    "training__learning_rate": 100.0,
    "network__output": "linear",
    "network__layers": [{"units": 4, "activation": "relu"}, {"units": 2, "activation": "relu"}],
}


def together(*specs):
    replicas = tuple(replica_of(spec) for spec in specs)
    return Together(replicas[0].shape, replicas)


@pytest.mark.parametrize("changes", [WILD, {"training__l2": 10.0, "training__learning_rate": 50.0}], ids=["loss", "l2"])
def test_the_update_that_leaves_the_numbers_is_the_textbooks(changes):
    lab, replica = lab_and_replica(spec_of(**changes))
    calm = replica_of(spec_of(**{**changes, "training__learning_rate": 1e-4, "training__l2": 0.0}))
    both = Together(replica.shape, (calm, replica))
    for update in range(1, 5000):
        left = both.step()
        try:
            lab.step()
        except Diverged:
            assert list(left) == [1] and not math.isfinite(left[1])
            break
        assert left == {}, f"update {update} was still finite"
    else:
        pytest.fail("the textbook lab never left the numbers")
    assert all(torch.isfinite(w[0]).all() for w in both.network.weights)


@pytest.mark.parametrize("schedule", SCHEDULES, ids=lambda row: row.name)
def test_each_rate_follows_its_own_schedule(schedule):
    settings = {name: 3.0 if name != "decay" else 0.5 for name, _ in schedule.settings}
    one = spec_of(training__schedule={"kind": schedule.name, **settings})
    other = spec_of(training__learning_rate=0.7, training__batch_size=10)
    both = together(one, other)
    for update in range(20):
        both.step()
        assert both.pace.rates[0] == learning_rate_at(one.training, update / 3)
        assert both.pace.rates[1] == 0.7


def test_losses_are_those_of_the_last_batch():
    lab, replica = lab_and_replica(spec_of(training__l2=0.5))
    one = Together(replica.shape, (replica,))
    with pytest.raises(ValueError, match="expected an update"):
        one.losses()
    chosen = torch.randperm(30)[:10]
    expected = lab.loss(lab.network(lab.x_train[chosen]), lab.targets_train[chosen]).item()
    one.step()
    assert one.losses().tolist() == pytest.approx([expected], rel=1e-6)
    assert math.isfinite(expected)


def test_a_ragged_batch_allocates_nothing():
    one = together(spec_of(training__batch_size=7))
    kept = [*one.network.sums, *one.network.deltas, one.network.theta, *one.network.gradients]
    addresses = [tensor.data_ptr() for tensor in kept]
    for _ in range(12):
        one.step()
    kept = [*one.network.sums, *one.network.deltas, one.network.theta, *one.network.gradients]
    assert [tensor.data_ptr() for tensor in kept] == addresses
