import pytest
import torch

from dlcore.dense.replica import from_network, to_network
from dlcore.networks.build import build
from tests.dlcore.dense.textbook import alone, lab_and_replica, replica_of, same, spec_of


def test_weights_go_to_theta_and_back():
    spec = spec_of()
    network, other = build(spec, 2, 1), build(spec, 2, 1)
    theta = from_network(network)
    assert theta.shape == (25,)
    assert theta[:4].tolist() == network.hidden1.weight[:, 0].tolist()  # the row of the first input
    with torch.no_grad():
        network.hidden1.bias.fill_(7.0)
    assert from_network(network)[8:12].tolist() == [7.0] * 4
    to_network(from_network(network), other)
    for mine, theirs in zip(network.parameters(), other.parameters(), strict=True):
        assert torch.equal(mine, theirs)
    with pytest.raises(ValueError, match=r"has 25 parameters; received a tensor of \(24,\)"):
        to_network(theta[:-1], network)


def test_classes_become_one_hot_targets():
    iris = {"data": {"kind": "table", "name": "iris"}, "training.loss": "cross_entropy"}
    lab, replica = lab_and_replica(spec_of().replace(iris))
    assert replica.y.shape == (len(lab.x_train), 3)
    assert replica.y.argmax(1).tolist() == lab.targets_train.tolist()


def test_a_copy_goes_its_own_way():
    replica = replica_of(spec_of(training__dropout=0.3, training__optimizer="adam"))
    before = replica.copy()
    later = alone(replica, 8)
    assert same(replica, before)
    assert not same(later, before)


def test_a_state_brings_the_same_future():
    replica = alone(replica_of(spec_of(training__dropout=0.3, training__optimizer="adam")), 7)
    state = replica.state_dict()
    future = alone(replica, 9)
    fresh = replica_of(spec_of(training__dropout=0.3, training__optimizer="adam"))
    fresh.load_state_dict(state)
    assert same(alone(fresh, 9), future)


def test_only_what_may_change_live_can_be_changed():
    replica = replica_of(spec_of(training__optimizer="momentum"))
    spec = spec_of(training__optimizer={"kind": "momentum", "momentum": 0.5}, training__batch_size=4)
    replica.change(spec)
    assert (replica.shape.batch, replica.order.size, replica.shape.optimizer.momentum) == (4, 4, 0.5)
    for path, value in {"training.optimizer": "adam", "network.layers.0.units": 3, "training.loss": "mse"}.items():
        with pytest.raises(ValueError, match="shape: expected"):
            replica.change(spec.replace({path: value}))
