import math

import pytest
import torch
from torch import nn

from dlcore.engine.state import pack, unpack
from dlcore.networks.build import build
from dlcore.networks.layers import build_layers
from dlcore.specs.layered import Layered
from dlcore.specs.supervised import Supervised
from dlcore.training.augment import augment
from dlcore.training.textbook import TextbookTrainer

LAYERS = [{"kind": "flatten"}, {"kind": "dense", "units": 10}]
SPEC = Supervised.parse({"training": {"learning_rate": 0.3, "batch_size": 4}})


def trainer(spec=SPEC, samples=10):
    torch.manual_seed(1)
    network = build(spec, inputs=2, outputs=1)
    x = torch.randn(samples, 2)
    return TextbookTrainer(spec, network, x, (x.prod(1, keepdim=True) > 0).float())


def test_one_update_is_one_step_down_the_gradient():
    one = trainer(SPEC.replace({"training.batch_size": "all"}))
    before = [p.detach().clone() for p in one.network.parameters()]
    loss = torch.nn.functional.binary_cross_entropy_with_logits(one.network(one.x), one.targets)
    gradients = torch.autograd.grad(loss, list(one.network.parameters()))
    assert one.step() is None
    for p, old, gradient, kept in zip(one.network.parameters(), before, gradients, one.before, strict=True):
        torch.testing.assert_close(p.detach(), old - 0.3 * gradient)
        assert torch.equal(kept, old)
        torch.testing.assert_close(p.grad, gradient)
    assert (one.updates, one.epoch, one.updates_an_epoch, one.between_epochs) == (1, 1.0, 1, True)


def test_the_loss_of_a_batch_is_told_as_the_update_saw_it():
    one = trainer(SPEC.replace({"training.l2": 0.5, "training.l1": 0.25}))
    assert math.isnan(one.batch_loss)
    torch.manual_seed(3)
    chosen = torch.randperm(10)[:4]
    seen = torch.nn.functional.binary_cross_entropy_with_logits(one.network(one.x[chosen]), one.targets[chosen])
    weights = torch.cat([p.detach().flatten() for p in one.network.parameters() if p.dim() == 2])
    torch.manual_seed(3)
    one.step()
    penalties = 0.25 * weights.abs().sum() + 0.25 * weights.square().sum()
    assert one.batch_loss == pytest.approx((seen + penalties).item())


def test_a_smaller_batch_in_mid_epoch_still_sees_every_sample_once():
    one = trainer()
    seen = [one.sampler.next()]
    one.change(SPEC.replace({"training.batch_size": 5}))
    while not one.between_epochs:
        seen.append(one.sampler.next())
    assert [len(batch) for batch in seen] == [4, 5, 1]
    assert sorted(torch.cat(seen).tolist()) == list(range(10))
    assert one.epoch == 1.0


def test_dropout_appears_when_its_rate_rises():
    one = trainer()
    one.change(SPEC.replace({"training.dropout": 0.5}))
    assert one.network.dropout1.p == 0.5


def test_a_loss_that_is_not_finite_is_told():
    one = trainer()
    with torch.no_grad():
        one.network.output.bias[0] = math.nan
    assert math.isnan(one.step())


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_from_a_state_the_same_updates_follow(optimizer):
    spec = SPEC.replace({"training.optimizer": optimizer})
    one = trainer(spec)
    for _ in range(4):
        one.step()
    state, random = one.state_dict(), torch.get_rng_state()
    for _ in range(5):
        one.step()
    other = trainer(spec)
    torch.set_rng_state(random)
    other.load_state_dict(state)
    for _ in range(5):
        other.step()
    assert other.updates == 9
    assert all(torch.equal(a, b) for a, b in zip(one.network.parameters(), other.network.parameters(), strict=True))


def test_a_state_that_lost_its_order_in_memory_gives_the_same_bits():
    def convolutional():
        torch.manual_seed(2)
        network = nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU(), nn.Conv2d(8, 4, 3), nn.Flatten(), nn.Linear(64, 3))
        network = network.to(memory_format=torch.channels_last)
        x, y = torch.randn(12, 3, 8, 8), torch.arange(12) % 3
        spec = SPEC.replace(
            {
                "data": {"kind": "generated", "name": "rings"},
                "training.loss": "cross_entropy",
                "training.optimizer": "adam",
                "training.gradient_clip": 0.1,
            }
        )
        return TextbookTrainer(spec, network, x, y)

    one, other = convolutional(), convolutional()
    for _ in range(5):
        one.step()
    other.load_state_dict(unpack(pack(one.state_dict())))
    for tensors in zip(one.before, other.before, one.parameters, other.parameters, strict=True):
        before, after, parameter, _ = tensors
        assert before.stride() == after.stride() == parameter.stride()
    random = torch.get_rng_state()
    for trainer_ in (one, other):
        torch.set_rng_state(random)
        for _ in range(5):
            trainer_.step()
    for ours, theirs in zip(one.parameters, other.parameters, strict=True):
        assert torch.equal(ours, theirs)
        assert torch.equal(ours.grad, theirs.grad) and ours.grad.stride() == theirs.grad.stride()


def test_images_are_changed_for_an_update_alone_and_from_the_next_one_on():
    spec = Layered.parse({"data": {"kind": "images", "name": "digits", "samples": 60}, "layers": LAYERS})
    x = torch.rand(10, 1, 8, 8)
    one = TextbookTrainer(spec, build_layers(spec.layers, spec.given, scores=10), x, torch.arange(10))
    chosen = torch.tensor([3, 1])
    assert torch.equal(one.batch(chosen)[0], x[chosen])
    one.change(spec.replace({"augmentation.noise": 0.2, "augmentation.flip": 1}))
    torch.manual_seed(5)
    changed, targets = one.batch(chosen)
    torch.manual_seed(5)
    assert torch.equal(changed, augment(x[chosen], one.augmentation)) and targets.tolist() == [3, 1]
    assert (changed - x[chosen].flip(3)).std().item() == pytest.approx(0.15, abs=0.05)  # noise, cut at black and white
    kept = one.x.clone()
    assert one.step() is None
    assert torch.equal(one.x, kept), "what is measured stays as it is"
    one.change(spec)
    assert torch.equal(one.batch(chosen)[0], x[chosen])
