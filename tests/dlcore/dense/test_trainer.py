"""The dense trainer against the textbook's, and crews of them against each of them alone."""

import copy
import random

import pytest
import torch

from dlcore.dense.trainer import Crew, DenseTrainer
from dlcore.labs.supervised import SupervisedLab
from dlcore.networks.build import build, outputs_of
from tests.dlcore.dense.textbook import spec_of

CHANGES = [
    {"training.learning_rate": 0.02},
    {"training.batch_size": 4},
    {"training.batch_size": "all"},
    {"training.optimizer.beta1": 0.5},
    {"training.dropout": 0.5, "training.l1": 0.01},
]


def pair(**changes):
    """The same run both ways."""
    spec = spec_of(**changes)
    lab = SupervisedLab(spec)
    state = torch.get_rng_state()
    torch.manual_seed(spec.seed)
    network = build(spec, lab.x_train.shape[1], outputs_of(spec))
    return spec, lab.trainer, DenseTrainer(spec, network, lab.x_train, lab.targets_train), state


def dense(**changes):
    return pair(**changes)[2]


def bits(trainer):
    return torch.cat([p.detach().flatten() for p in trainer.network.parameters()])


def slopes(trainer):
    return torch.cat([p.grad.flatten() for p in trainer.network.parameters()])


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_it_is_the_textbooks_trainer_to_rounding(change):
    spec, textbook, fast, _ = pair(training__optimizer="adam")
    assert torch.equal(bits(textbook), bits(fast))
    for update in range(1, 41):
        if update == 8:
            textbook.change(spec.replace(change))
            fast.change(spec.replace(change))
        assert textbook.step() is None
        assert fast.step() is None
        assert (fast.updates, fast.epoch, fast.between_epochs) == (update, textbook.epoch, textbook.between_epochs)
        assert fast.updates_an_epoch == textbook.updates_an_epoch
        assert fast.batch_loss == pytest.approx(textbook.batch_loss, abs=1e-5)
    torch.testing.assert_close(bits(fast), bits(textbook), rtol=0, atol=1e-5)
    torch.testing.assert_close(slopes(fast), slopes(textbook), rtol=0, atol=1e-5)
    for mine, theirs in zip(fast.before, textbook.before, strict=True):
        torch.testing.assert_close(mine, theirs, rtol=0, atol=1e-5)


def test_the_modules_show_the_present_and_no_gradient_before_the_first_update():
    fast = dense()
    assert all(p.grad is None for p in fast.network.parameters())
    start = bits(fast)
    fast.step()
    assert not torch.equal(bits(fast), start)
    assert torch.equal(torch.cat([p.flatten() for p in fast.before]), start)
    torch.testing.assert_close(bits(fast), start - 0.1 * slopes(fast))


def test_a_weight_set_through_the_module_is_trained_on():
    one, other = dense(), dense()
    Crew([one, dense(seed=1)])
    for fast in (one, other):
        with torch.no_grad():
            fast.network.hidden1.weight[2, 1] = 3.0
            fast.network.output.bias[0] = -1.0
        fast.step()
    assert torch.equal(bits(one), bits(other))
    assert abs(bits(one)[5] - 3.0) < 0.2


def test_a_weight_can_be_set_after_a_look_in_inference_mode():
    one, other = dense(), dense()
    for fast in (one, other):
        Crew([fast, dense(seed=1)]).step()
        fast.step()
    one.load_state_dict(one.state_dict())
    with torch.inference_mode():
        one.network(torch.zeros(1, 2))
    for fast in (one, other):
        with torch.no_grad():
            fast.network.hidden1.weight[2, 1] = 3.0
        fast.step()
    assert torch.equal(bits(one), bits(other))


def test_a_state_is_taken_up_in_company_too():
    one = dense(training__dropout=0.2, training__optimizer="momentum")
    for _ in range(5):
        one.step()
    state = one.state_dict()
    kept = copy.deepcopy(state)
    for _ in range(7):
        one.step()
    expected, after = bits(one), slopes(one)
    other = dense(training__dropout=0.2, training__optimizer="momentum", seed=4)
    neighbour = dense(training__dropout=0.2, training__optimizer="momentum", seed=5)
    Crew([neighbour, other])
    other.load_state_dict(state)
    crew = Crew([other, neighbour])
    for _ in range(7):
        crew.step()
    assert torch.equal(bits(other), expected)
    assert torch.equal(slopes(other), after)
    assert other.updates == 12
    assert torch.equal(state["theta"], kept["theta"])


def test_what_happens_to_each_is_told():
    crew = Crew([dense(), dense(training__batch_size=10, data__samples=40), dense(seed=3)])
    with torch.no_grad():
        crew.trainers[2].network.output.bias[0] = float("nan")
    told = [crew.step() for _ in range(3)]
    assert [sorted(each) for each in told] == [[2], [1, 2], [0, 2]]
    assert told[1][1] is None
    assert told[0][2] != told[0][2]


def test_coming_and_going_changes_nobodys_bits():
    chance = random.Random(2)
    settings = [
        {"training__optimizer": "adam", "training__batch_size": 7, "seed": seed, "data__samples": samples}
        for seed, samples in enumerate((60, 60, 44, 80))
    ]
    runs = [dense(**each) for each in settings]
    made = [0] * 4
    crew = None
    for _ in range(60):
        act = chance.randint(0, 3)
        if act == 0 or crew is None or not crew.whole:
            chosen = sorted(chance.sample(range(4), chance.randint(1, 4)))
            crew, members = Crew([runs[i] for i in chosen]), chosen
        elif act == 1:
            number = chance.randrange(4)
            runs[number].step()
            made[number] += 1
            continue
        for _ in range(chance.randint(1, 4)):
            crew.step()
            for number in members:
                made[number] += 1
    for run, updates, setting in zip(runs, made, settings, strict=True):
        alone = dense(**setting)
        for _ in range(updates):
            alone.step()
        assert run.updates == updates > 10
        assert torch.equal(bits(run), bits(alone))
        assert torch.equal(slopes(run), slopes(alone))
