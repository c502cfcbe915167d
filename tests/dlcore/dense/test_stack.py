"""Stacks against the textbook lab, against the same replicas alone, and while replicas come and go."""

import copy
import random

import pytest
import torch

from dlcore.dense.replica import to_network
from dlcore.dense.stack import DenseStack
from dlcore.training.activations import ACTIVATIONS
from dlcore.training.losses import LOSSES
from dlcore.training.optimizers import OPTIMIZERS
from dlcore.training.schedules import SCHEDULES
from tests.dlcore.dense.textbook import alone, distance, lab_and_replica, replica_of, same, spec_of

HIDDEN = [row.name for row in ACTIVATIONS if row.hidden]
TASKS = {
    "binary": {"kind": "generated", "name": "circle", "samples": 60},
    "multiclass": {"kind": "generated", "name": "rings", "samples": 60},
    "regression": {"kind": "generated", "name": "sine", "samples": 60},
}
VARIANTS = {
    **{
        f"optimizer {row.name}": {"training__optimizer": row.name, "training__learning_rate": row.learning_rate}
        for row in OPTIMIZERS
    },
    **{f"activation {name}": {"network__layers": [{"units": 5, "activation": name}] * 2} for name in HIDDEN},
    **{f"schedule {row.name}": {"training__schedule": row.name} for row in SCHEDULES},
    "l1": {"training__l1": 0.01},
    "l2": {"training__l2": 0.05},
    "dropout": {"training__dropout": 0.3},
    "dropout and ragged": {"training__dropout": 0.5, "training__batch_size": 7},
    "clip": {"training__gradient_clip": 0.05},
    "everything": {
        "training__optimizer": "adamw",
        "training__l1": 0.01,
        "training__l2": 0.01,
        "training__dropout": 0.2,
        "training__gradient_clip": 0.3,
        "training__batch_size": 8,
        "training__schedule": "cosine",
    },
    **{f"batch {size}": {"training__batch_size": size} for size in (1, 7, 16, 29, 30, "all")},
    "no hidden layer": {"network__layers": []},
    "no hidden layer and dropout": {"network__layers": [], "training__dropout": 0.3},
    "eight layers": {"network__layers": [{"units": 16, "activation": "relu"}] * 8},
    **{
        f"{row.name}, {task}, {output}": {"data": data, "training__loss": row.name, "network__output": output}
        for row in LOSSES
        for task, data in TASKS.items()
        for output in row.outputs.get(task, ())
    },
}


@pytest.mark.parametrize("name", VARIANTS)
def test_the_same_path_as_the_textbook(name):
    lab, replica = lab_and_replica(spec_of(**VARIANTS[name]))
    stack = DenseStack(replica.shape)
    key = stack.put(replica)
    start = replica.theta.clone()
    for _ in range(30):
        lab.step()
        assert stack.step() == {}
    now = stack.state(key)
    assert not torch.allclose(now.theta, start, atol=1e-3)
    assert distance(lab, now) < 5e-6
    assert now.order.epoch == lab.epoch
    assert torch.equal(now.generator.get_state(), torch.get_rng_state())


def crowd(**changes):
    """Replicas of one shape that differ in all that may differ."""
    own = [
        {},
        {"seed": 1, "training__learning_rate": 0.5},
        {"seed": 2, "training__l1": 0.01, "training__gradient_clip": 0.1},
        {"seed": 3, "training__l2": 0.1, "data__samples": 46, "training__schedule": "cosine"},
        {"seed": 4, "training__dropout": 0.4, "data__seed": 5},
        {"seed": 5, "training__dropout": 0.2, "data__name": "xor", "training__schedule": "warm_up"},
        {"seed": 6, "data__samples": 80, "training__gradient_clip": 1.0},
    ]
    return [replica_of(spec_of(**{**changes, **each})) for each in own]


@pytest.mark.parametrize("changes", [{"training__optimizer": row.name} for row in OPTIMIZERS if not row.full_batch])
def test_the_same_bits_alone_and_beside_others(changes):
    replicas = crowd(**changes)
    assert_same_bits(replicas)


@pytest.mark.parametrize("activation", HIDDEN)
def test_the_same_bits_with_every_activation(activation):
    assert_same_bits(crowd(network__layers=[{"units": 7, "activation": activation}, {"units": 16}]))


@pytest.mark.parametrize("output", ["sigmoid", "linear", "tanh"])
@pytest.mark.parametrize("size", [1, 7, 10, 16])
def test_the_same_bits_with_every_batch(size, output):
    assert_same_bits(crowd(training__loss="mse", network__output=output, training__batch_size=size))


@pytest.mark.parametrize("units", [(16, 16), (1, 16), (12, 1), (16, 1, 16), ()])
@pytest.mark.parametrize("size", [20, 30, 200])
def test_the_same_bits_of_wide_layers_and_single_units(size, units):
    layers = [{"units": each, "activation": "relu"} for each in units]
    replicas = crowd(training__batch_size=size, data__samples=600, network__layers=layers)
    assert_same_bits([replica for replica in replicas if replica.shape.batch == size])


def assert_same_bits(replicas):
    stack = DenseStack(replicas[0].shape)
    expected = [alone(replica, 33) for replica in replicas]
    keys = [stack.put(replica) for replica in replicas]
    for _ in range(33):
        assert stack.step() == {}
    for key, wanted in zip(keys, expected, strict=True):
        assert same(stack.take(key), wanted)
    assert stack.keys == ()


def test_joining_and_leaving_disturbs_nobody():
    chance = random.Random(1)
    apart = crowd(training__optimizer="adam", training__batch_size=7)
    stack = DenseStack(apart[0].shape)
    own = {id(replica): 0 for replica in apart}  # updates made
    start = {id(replica): replica.copy() for replica in apart}
    inside: dict[int, int] = {}
    for _ in range(150):
        replica = chance.choice(apart)
        if id(replica) in inside:
            assert stack.take(inside.pop(id(replica))) is replica
        else:
            inside[id(replica)] = stack.put(replica)
        for _ in range(chance.randint(0, 3)):
            assert stack.step() == {}
            for member in inside:
                own[member] += 1
    for replica in apart:
        if id(replica) in inside:
            stack.take(inside[id(replica)])
        assert own[id(replica)] > 20
        assert same(replica, alone(start[id(replica)], own[id(replica)]))


def test_a_state_is_a_copy_and_changes_nothing():
    replica = replica_of(spec_of(training__dropout=0.5, training__optimizer="adam"))
    expected = alone(replica, 20)
    stack = DenseStack(replica.shape)
    key = stack.put(replica)
    for _ in range(10):
        stack.step()
        middle = stack.state(key)
    for _ in range(10):
        stack.step()
    assert same(stack.state(key), expected)
    assert same(alone(middle, 10), expected)


@pytest.mark.parametrize(
    "changes",
    [
        {"training.learning_rate": 0.7},
        {"training.l1": 0.02},
        {"training.l2": 0.02},
        {"training.dropout": 0.5},
        {"training.gradient_clip": 0.01},
        {"training.batch_size": 4},
        {"training.schedule": "cosine"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_change_on_the_way_is_the_textbooks_and_touches_one(changes):
    spec = spec_of()
    lab, replica = lab_and_replica(spec)
    state = torch.get_rng_state()
    neighbour = replica_of(spec_of(seed=9, training__dropout=0.1))
    expected = alone(neighbour, 31)
    torch.set_rng_state(state)
    stack = DenseStack(replica.shape)
    key, other = stack.put(replica), stack.put(neighbour)
    for update in range(31):
        if update == 11:
            lab.change(spec.replace(changes))
            stack.change(key, spec.replace(changes))
        lab.step()
        stack.step()
    assert distance(lab, stack.state(key)) < 5e-6
    assert stack.state(key).order.epoch == lab.epoch
    assert same(stack.take(other), expected)


def test_optimizer_settings_and_larger_batches_change_outside():
    spec = spec_of(training__optimizer="momentum")
    lab, replica = lab_and_replica(spec)
    stack = DenseStack(replica.shape)
    key = stack.put(replica)
    changed = spec.replace({"training.optimizer.momentum": 0.3, "training.batch_size": 13})
    for _ in range(8):
        lab.step()
        stack.step()
    with pytest.raises(ValueError, match=r"shape: expected .* or a smaller batch; received"):
        stack.change(key, changed)
    out = stack.take(key)
    out.change(changed)
    lab.change(changed)
    stack = DenseStack(out.shape)
    key = stack.put(out)
    for _ in range(20):
        lab.step()
        stack.step()
    assert distance(lab, stack.state(key)) < 5e-6


def test_a_lab_finds_weights_gradient_and_place_of_its_own():
    lab, replica = lab_and_replica(spec_of(training__l2=0.1))
    stack = DenseStack(replica.shape)
    stack.put(replica_of(spec_of(seed=8)))
    torch.set_rng_state(replica.generator.get_state())
    key = stack.put(replica)
    for _ in range(5):
        lab.step()
        stack.step()
    network = copy.deepcopy(lab.network)
    for parameter in network.parameters():
        parameter.grad = None
    to_network(stack.theta(key), network, stack.gradient(key))
    for mine, theirs in zip(network.parameters(), lab.network.parameters(), strict=True):
        torch.testing.assert_close(mine, theirs, rtol=0, atol=5e-6)
        torch.testing.assert_close(mine.grad, theirs.grad, rtol=0, atol=5e-6)
        assert mine.grad.stride() == theirs.grad.stride()
    moved = stack.theta(key) - stack.before(key)
    torch.testing.assert_close(moved, -0.1 * stack.gradient(key), rtol=0, atol=1e-7)
    gradient, before = stack.gradient(key), stack.before(key)
    stack.take(stack.keys[0])  # what others do leaves them as they are, and so does the own leaving
    assert torch.equal(stack.gradient(key), gradient) and torch.equal(stack.before(key), before)
    assert torch.equal(stack.state(key).gradient, gradient) and torch.equal(stack.state(key).before, before)
    assert stack.order(key).epoch == lab.epoch
    assert stack.order(key).state_dict()["left"].tolist() == lab.trainer.sampler.state_dict()["left"].tolist()


def test_a_stranger_is_refused():
    stack = DenseStack(replica_of(spec_of()).shape)
    with pytest.raises(ValueError, match="shape: expected"):
        stack.put(replica_of(spec_of(network__layers=[])))
    with pytest.raises(ValueError, match="shape: expected"):
        stack.put(replica_of(spec_of(training__batch_size=11)))
    with pytest.raises(ValueError, match="key: expected one of none; received 3"):
        stack.take(3)
    assert stack.step() == {}
    smaller = stack.put(replica_of(spec_of(training__batch_size=9)))
    stack.step()
    assert stack.state(smaller).order.left.shape == (21,)
    assert (stack.keys, stack.row(smaller)) == ((smaller,), 0)


def test_a_weight_set_by_hand_stays_with_its_replica():
    a, b = replica_of(spec_of()), replica_of(spec_of(seed=1))
    stack = DenseStack(a.shape)
    keys = [stack.put(a), stack.put(b)]
    stack.step()
    stack.network.weights[0][stack.row(keys[1]), 2, 3] = 5.0  # the bias of the last unit
    assert stack.state(keys[1]).theta[11] == 5.0
    assert stack.state(keys[0]).theta[11] != 5.0
