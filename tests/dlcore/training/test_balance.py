"""Class weights against scikit-learn's, over-sampling against chance, both ways of training against each other."""

import math

import numpy as np
import pytest
import torch
from sklearn.utils.class_weight import compute_class_weight
from torch.nn import functional as F

from dlcore.dense.trainer import DenseTrainer
from dlcore.labs.supervised import SupervisedLab
from dlcore.specs.supervised import Supervised
from dlcore.training.balance import balanced_weights, chances_of, class_numbers, equal_chances, importance_of
from dlcore.training.textbook import TextbookTrainer

RARE = {"kind": "generated", "name": "fraud", "samples": 200, "positives": 0.1}


def spec(data=None, **training):
    return Supervised.parse({"data": data or RARE, "training": {"step": "textbook", "batch_size": 8, **training}})


def test_weights_are_scikit_learns_balanced_ones():
    y = torch.tensor([0] * 17 + [1] * 3 + [2] * 9)
    oracle = compute_class_weight("balanced", classes=np.arange(3), y=y.numpy())
    torch.testing.assert_close(balanced_weights(y), torch.tensor(oracle, dtype=torch.float32)[y])
    assert balanced_weights(y).mean().item() == pytest.approx(1.0)
    without = torch.tensor([0] * 5 + [2] * 15)  # nobody drew a point of class 1
    assert balanced_weights(without).tolist() == pytest.approx([2.0] * 5 + [2 / 3] * 15)


@pytest.mark.parametrize(
    ("training", "data"),
    [
        ({}, None),
        ({"loss": "mse"}, None),
        ({"loss": "cross_entropy"}, None),
        ({"loss": "cross_entropy"}, {"kind": "table", "name": "wine"}),
        ({"loss": "huber"}, {"kind": "table", "name": "wine"}),
    ],
)
def test_class_numbers_come_back_from_the_targets(training, data):
    lab = SupervisedLab(spec(data, **training))
    assert torch.equal(class_numbers(lab.targets_train, lab.spec), lab.y_train)


def test_nothing_is_weighed_or_drawn_unless_asked_for():
    lab = SupervisedLab(spec())
    assert importance_of(lab.spec, lab.targets_train) is None
    assert chances_of(lab.spec, lab.targets_train) is None


@pytest.mark.parametrize("loss", ["cross_entropy", "bce", "mse"])
def test_the_loss_of_an_update_is_the_mean_of_weighted_losses(loss):
    chosen = spec(class_weights="balanced", loss=loss)
    lab = SupervisedLab(chosen)
    trainer = lab.trainer
    assert isinstance(trainer, TextbookTrainer)
    torch.manual_seed(3)
    batch = torch.randperm(len(lab.x_train))[:8]
    counts = torch.bincount(lab.y_train)
    weights = torch.tensor([len(lab.y_train) / (2 * counts[label].item()) for label in lab.y_train[batch]])
    assert weights.unique().numel() == 2
    outputs, targets = trainer.network(lab.x_train[batch]), lab.targets_train[batch]
    if loss == "cross_entropy":  # PyTorch's own divides by the sum of the weights instead of by n
        own = F.cross_entropy(outputs, targets, weight=len(lab.y_train) / (2 * counts)) * weights.sum() / 8
    elif loss == "bce":
        own = F.binary_cross_entropy_with_logits(outputs, targets, weight=weights[:, None])
    else:
        own = (weights * (outputs - targets)[:, 0] ** 2).mean()
    gradients = torch.autograd.grad(own, list(trainer.network.parameters()))
    torch.manual_seed(3)  # the very batch
    trainer.step()
    for parameter, gradient in zip(trainer.network.parameters(), gradients, strict=True):
        torch.testing.assert_close(parameter.grad, gradient)


def test_over_sampling_draws_every_class_as_often():
    y = torch.tensor([0] * 90 + [1] * 10)
    torch.manual_seed(0)
    drawn = torch.multinomial(equal_chances(y), 100_000, replacement=True)
    share = y[drawn].double().mean().item()
    assert abs(share - 0.5) < 5 * math.sqrt(0.25 / 100_000)
    each = torch.bincount(drawn[y[drawn] == 1], minlength=100)[90:]
    assert (each - 5_000).abs().max() < 5 * math.sqrt(5_000)  # and every sample of a class as often as its others


def test_an_epoch_of_over_sampling_has_as_many_updates_and_repeats_rare_samples():
    lab = SupervisedLab(spec(oversampling=True))
    sampler = lab.trainer.sampler
    assert sampler.updates_an_epoch == math.ceil(len(lab.x_train) / 8)
    drawn = torch.cat([sampler.next() for _ in range(sampler.updates_an_epoch)])
    assert len(drawn) == len(lab.x_train) and sampler.between_epochs
    assert torch.bincount(drawn).max() > 1
    assert 0.3 < lab.y_train[drawn].double().mean() < 0.7


@pytest.mark.parametrize(
    "training",
    [
        {"class_weights": "balanced"},
        {"class_weights": "balanced", "loss": "cross_entropy", "optimizer": "adam"},
        {"class_weights": "balanced", "loss": "mse", "batch_size": "all"},
        {"oversampling": True, "optimizer": "momentum"},
        {"oversampling": True, "batch_size": 500},
        {"oversampling": True, "class_weights": "balanced", "dropout": 0.3, "l2": 0.01},
    ],
    ids=str,
)
def test_the_fast_path_gives_the_textbooks_numbers(training):
    textbook = SupervisedLab(spec(**training))
    fast = SupervisedLab(textbook.spec.replace({"training.step": "auto"}))
    assert isinstance(fast.trainer, DenseTrainer)
    for lab in (textbook, fast):
        torch.manual_seed(0)
        SupervisedLab.__init__(lab, lab.spec)
        for _ in range(60):
            lab.step()
    for one, other in zip(textbook.network.parameters(), fast.network.parameters(), strict=True):
        torch.testing.assert_close(one, other, rtol=0, atol=2e-5)
    assert fast.epoch == textbook.epoch


def test_weighted_and_plain_runs_get_the_same_bits_together_as_alone():
    specs = [spec(step="auto", **more) for more in ({}, {"class_weights": "balanced"}, {"oversampling": True})]
    alone, together = [SupervisedLab(each) for each in specs], [SupervisedLab(each) for each in specs]
    assert len({lab.group_key for lab in together}) == 1
    group = together[0].group_with(together[1:])
    for _ in range(40):
        group.step()
        for lab in alone:
            lab.step()
    for one, other in zip(alone, together, strict=True):
        assert all(map(torch.equal, one.network.parameters(), other.network.parameters()))
    assert alone[0].evaluate() != alone[1].evaluate() != alone[2].evaluate()
