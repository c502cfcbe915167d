import pytest
import torch

from dlcore.specs.supervised import Supervised
from dlcore.training.sampler import Sampler


def spec(**training):
    return Supervised().replace({f"training.{name}": value for name, value in training.items()})


def test_an_epoch_sees_every_sample_once_and_ends_ragged():
    torch.manual_seed(0)
    sampler = Sampler(23, spec(batch_size=5))
    batches = [sampler.next() for _ in range(5)]
    assert [len(batch) for batch in batches] == [5, 5, 5, 5, 3]
    assert sorted(torch.cat(batches).tolist()) == list(range(23))
    assert sampler.between_epochs
    assert sampler.epoch == 1.0
    assert not torch.equal(torch.cat(batches), torch.cat([sampler.next() for _ in range(5)]))


def test_the_epoch_grows_evenly():
    sampler = Sampler(20, spec(batch_size=5))
    seen = [sampler.epoch]
    for _ in range(6):
        sampler.next()
        seen.append(sampler.epoch)
    assert seen == [0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5]


@pytest.mark.parametrize("training", [{"batch_size": "all"}, {"optimizer": "gd"}, {"batch_size": 500}])
def test_the_whole_set_in_one_batch_draws_no_random_number(training):
    sampler, state = Sampler(7, spec(**training)), torch.get_rng_state()
    assert sampler.next().tolist() == list(range(7))
    assert torch.equal(state, torch.get_rng_state())


def test_a_state_goes_on_in_the_middle_of_an_epoch():
    torch.manual_seed(1)
    sampler = Sampler(17, spec(batch_size=4))
    sampler.next()
    sampler.next()
    state = sampler.state_dict()
    rest = [sampler.next().tolist() for _ in range(3)]
    other = Sampler(17, spec(batch_size=4))
    other.load_state_dict(state)
    assert [other.next().tolist() for _ in range(3)] == rest
    assert other.epoch == sampler.epoch == 1.0


def test_batch_norm_never_gets_a_batch_of_one():
    sampler = Sampler(21, Supervised().replace({"network.batch_norm": True, "training.batch_size": 5}))
    for _ in range(3 * sampler.updates_an_epoch):
        assert len(sampler.next()) > 1
    assert sampler.epoch == 3.0
