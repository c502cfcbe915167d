"""Groups of supervised runs against each of them alone, bit for bit."""

import pytest
import torch

from dlcore.labs.lab import Diverged, Groupable
from dlcore.labs.supervised import SupervisedLab
from dlcore.labs.supervised_group import SupervisedGroup
from dlcore.specs.supervised import Supervised

SPEC = Supervised.parse(
    {
        "data": {"kind": "generated", "name": "circle", "samples": 60},  # 30 to train with: three updates an epoch
        "training": {"learning_rate": 0.1, "batch_size": 10, "epochs": None},
    }
)


def lab(**changes):
    return SupervisedLab(SPEC.replace({path.replace("__", "."): value for path, value in changes.items()}))


def bits(which):
    return torch.cat([p.detach().flatten() for p in which.network.parameters()])


def alone(steps, **changes):
    other = lab(**changes)
    for _ in range(steps):
        other.step()
    return other


def test_what_can_be_grouped_has_a_key_and_what_cannot_has_none():
    first = lab()
    assert isinstance(first, Groupable)
    alike = [lab(seed=1), lab(data__name="xor"), lab(training__learning_rate=0.5), lab(training__l2=0.01)]
    assert {other.group_key for other in alike} == {first.group_key}
    others = [
        lab(training__batch_size=8),
        lab(training__optimizer="adam"),
        lab(training__loss="mse", network__output="sigmoid"),
        lab(network__layers=[{"kind": "dense", "units": 3, "activation": "tanh"}]),
        lab(network__features=["x1"]),
    ]
    assert len({first.group_key, *(other.group_key for other in others)}) == 6
    for unknown in (lab(network__batch_norm=True), lab(training__step="textbook")):
        assert unknown.group_key is None
        with pytest.raises(ValueError, match="labs: expected the same key of all; received"):
            SupervisedGroup([first, unknown])
    with pytest.raises(ValueError, match="expected the same key"):
        first.group_with([others[0]])


def test_each_gets_the_numbers_that_it_gets_alone_and_the_ends_of_its_own_epochs():
    settings = [
        {},
        {"seed": 3, "training__learning_rate": 0.02},
        {"data__samples": 80, "training__dropout": 0.2},  # 40 to train with: four updates an epoch
        {"data__name": "xor", "training__l1": 0.01, "training__schedule": {"kind": "step"}},
    ]
    labs = [lab(**each) for each in settings]
    group = labs[0].group_with(labs[1:])
    told = [group.step() for _ in range(12)]
    assert [sorted(each) for each in told] == [
        [],
        [],
        [0, 1, 3],
        [2],
        [],
        [0, 1, 3],
        [],
        [2],
        [0, 1, 3],
        [],
        [],
        [0, 1, 2, 3],
    ]
    assert all(what is None for each in told for what in each.values())
    for each, setting in zip(labs, settings, strict=True):
        same = alone(12, **setting)
        assert torch.equal(bits(each), bits(same))
        assert (each.steps, each.epoch) == (12, 3.0 if each is labs[2] else 4.0) == (same.steps, same.epoch)
        assert (
            each.frame(frozenset({"network", "output"})).metrics == same.frame(frozenset({"network", "output"})).metrics
        )


def test_the_end_of_training_is_each_ones_own():
    settings = [
        {"training__epochs": 4},
        {"training__stop_loss": 0.69},
        {"training__early_stopping": {"patience": 2}, "training__learning_rate": 3.0},
        {},
    ]
    labs = [lab(**each) for each in settings]
    group = SupervisedGroup(labs)
    ends = {}
    for update in range(1, 121):
        assert group.whole
        for number in group.step():
            if labs[number].finished():
                ends.setdefault(number, (update, labs[number].finished(), bits(labs[number])))
    assert sorted(ends) == [0, 1, 2] and ends[0][:2] == (12, "4 epochs are done.")
    assert ends[2][1].startswith("Early stopping")
    for number, (update, reason, weights) in ends.items():
        same = alone(update, **settings[number])
        assert same.finished() == reason
        assert torch.equal(bits(same), weights)
    for number, setting in enumerate(settings):
        assert torch.equal(bits(labs[number]), bits(alone(120, **setting)))  # whoever goes on after its end, too


def test_one_that_diverges_says_what_it_says_alone():
    wild = {"training__learning_rate": 100.0, "training__loss": "mse", "network__output": "linear", "seed": 2}
    calm = {"training__learning_rate": 0.01, "training__loss": "mse", "network__output": "linear"}
    labs = [lab(**calm), lab(**wild), lab(**calm, seed=5)]
    group = SupervisedGroup(labs)
    update, happened = 1, group.step()
    while happened.get(1) is None:
        assert update < 1000
        assert happened.get(0) is happened.get(2) is None
        update, happened = update + 1, group.step()
    other = lab(**wild)
    with pytest.raises(Diverged) as caught:
        for _ in range(update):
            other.step()
    assert isinstance(happened[1], Diverged) and str(happened[1]) == str(caught.value)
    assert f"at update {update:,}:" in str(caught.value) and other.steps == labs[1].steps == update
    SupervisedGroup([labs[0], labs[2]])  # it stays away
    for number in (0, 2):
        for _ in range(10):
            labs[number].step()
    assert torch.equal(bits(labs[0]), bits(alone(update + 10, **calm)))
    assert torch.equal(bits(labs[2]), bits(alone(update + 10, **calm, seed=5)))


def test_whatever_one_raises_after_an_update_is_told_of_that_one(monkeypatch):
    labs = [lab(), lab(seed=1, training__stop_loss=0.001), lab(seed=2)]
    error = KeyError("a bolt")

    def broken():
        raise error

    monkeypatch.setattr(labs[1], "evaluate", broken)
    group = SupervisedGroup(labs)
    assert [group.step() for _ in range(4)] == [{}, {}, {0: None, 1: error, 2: None}, {}]
    for number in (0, 2):
        assert torch.equal(bits(labs[number]), bits(alone(4, seed=number)))


def own_step(which):
    which.step()


def other_batches(which):
    which.change(which.spec.replace({"training.batch_size": 7}))


def go_back(which):
    which.load_state_dict(which.state_dict())


def join_others(which):
    which.group_with([lab(seed=9)])


@pytest.mark.parametrize("act", [own_step, other_batches, go_back, join_others])
def test_who_does_something_on_its_own_has_left(act):
    labs = [lab(seed=seed) for seed in range(3)]
    group = SupervisedGroup(labs)
    group.step()
    act(labs[1])
    assert not group.whole
    again = SupervisedGroup([labs[0], labs[2]])
    again.step()
    assert torch.equal(bits(labs[0]), bits(alone(2)))
    assert torch.equal(bits(labs[2]), bits(alone(2, seed=2)))


def look(which):
    which.look(sample=3)
    which.frame(frozenset(view.name for view in which.views))


def save(which):
    which.state_dict()


def change_the_rate(which):
    which.change(which.spec.replace({"training.learning_rate": 0.5, "training.l2": 0.01}))


def edit(which):
    which.edit("weight/0", (1, 1), 2.0)


@pytest.mark.parametrize("act", [look, save, change_the_rate, edit])
def test_what_changes_no_shape_needs_no_leaving(act):
    labs = [lab(seed=seed) for seed in range(3)]
    group = SupervisedGroup(labs)
    for _ in range(2):
        group.step()
    act(labs[1])
    assert group.whole
    for _ in range(5):
        group.step()
    same = alone(2, seed=1)
    act(same)
    for _ in range(5):
        same.step()
    assert torch.equal(bits(labs[1]), bits(same))
    assert torch.equal(bits(labs[0]), bits(alone(7)))
