import numpy as np
import pytest
import torch
from torch import nn

from dlcore.dense.trainer import DenseTrainer
from dlcore.labs.lab import Diverged
from dlcore.labs.registry import make_lab
from dlcore.specs.supervised import Supervised
from dlcore.training.prepare import prepare
from dlcore.training.textbook import TextbookTrainer

CIRCLE = Supervised.parse({"data": {"kind": "generated", "name": "circle"}, "training": {"learning_rate": 0.3}})
BOTH_WAYS = pytest.mark.parametrize(
    "circle", [CIRCLE, CIRCLE.replace({"training.step": "textbook"})], ids=["dense", "textbook"]
)


def train(lab, steps):
    for _ in range(steps):
        lab.step()
    return lab


@pytest.mark.parametrize(("step", "tolerance"), [("textbook", 0.0), ("auto", 2e-6)])
def test_it_is_the_loop_of_a_textbook(step, tolerance):
    spec = CIRCLE.replace({"training.step": step})
    lab = train(make_lab(spec), 60)
    data = prepare(spec.data, spec.network.features)
    x, y = torch.from_numpy(data.x_train), torch.from_numpy(data.y_train).float()[:, None]
    torch.manual_seed(spec.seed)
    network = nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 2), nn.Tanh(), nn.Linear(2, 1))
    for layer in network[::2]:
        nn.init.xavier_uniform_(layer.weight)
        nn.init.zeros_(layer.bias)
    optimizer = torch.optim.SGD(network.parameters(), lr=0.3)
    steps = 0
    while steps < 60:
        for chosen in torch.randperm(len(x)).split(10):
            if steps == 60:
                break
            loss = nn.functional.binary_cross_entropy_with_logits(network(x[chosen]), y[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            steps += 1
    for ours, theirs in zip(lab.network.parameters(), network.parameters(), strict=True):
        torch.testing.assert_close(ours, theirs, rtol=0, atol=tolerance)


def test_batch_normalization_takes_the_textbook_step():
    assert isinstance(make_lab(CIRCLE).trainer, DenseTrainer)
    assert isinstance(make_lab(CIRCLE.replace({"network.batch_norm": True})).trainer, TextbookTrainer)
    assert isinstance(make_lab(CIRCLE.replace({"training.step": "textbook"})).trainer, TextbookTrainer)


def test_it_learns_the_circle():
    lab = make_lab(CIRCLE)
    before = lab.frame().metrics["test_loss"]
    metrics = train(lab, 100 * lab.steps_an_epoch).frame().metrics
    assert metrics["test_loss"] < 0.2 * before
    assert metrics["test_accuracy"] > 0.95


@BOTH_WAYS
def test_live_changes_take_effect_at_the_next_update(circle):
    lab = train(make_lab(circle), 5)
    lab.change(circle.replace({"training.learning_rate": 1e-12, "training.dropout": 0.5, "training.batch_size": 50}))
    before = [p.detach().clone() for p in lab.network.parameters()]
    lab.step()
    assert all(torch.allclose(a, b, atol=1e-9) for a, b in zip(before, lab.network.parameters(), strict=True))
    assert lab.steps_an_epoch == 5


@BOTH_WAYS
def test_a_run_that_leaves_the_numbers_says_so(circle):
    spec = circle.replace({"training.learning_rate": 100.0, "training.loss": "mse", "network.output": "linear"})
    lab = make_lab(spec.replace({"network.layers.0.activation": "relu", "network.layers.1.activation": "relu"}))
    with pytest.raises(Diverged, match=r"at update [\d,]+.*smaller learning rate \(now 100\)"):
        train(lab, 5_000)


@BOTH_WAYS
def test_stopping(circle):
    lab = make_lab(circle.replace({"training.epochs": 2}))
    steps = 0
    while lab.finished() is None:
        lab.step()
        steps += 1
    assert steps == 2 * lab.steps_an_epoch
    assert lab.finished() == "2 epochs are done."
    lab = make_lab(circle.replace({"training.stop_loss": 0.1}))
    while lab.finished() is None:
        lab.step()
    assert lab.frame().metrics["train_loss"] <= 0.1


@pytest.mark.slow
@BOTH_WAYS
def test_early_stopping_brings_the_best_weights_back(circle):
    spec = circle.replace({"training.early_stopping": {"patience": 3, "min_delta": 0.0}, "data.noise": 0.4})
    lab = make_lab(spec.replace({"training.learning_rate": 1.0, "training.batch_size": 1}))
    losses = []
    while lab.finished() is None:
        lab.step()
        if lab.trainer.between_epochs and lab.finished() is None:
            losses.append(lab.frame().metrics["test_loss"])
    assert "Early stopping" in lab.finished()
    assert lab.frame().metrics["test_loss"] == min(losses)
    assert losses.index(min(losses)) == len(losses) - 3
    train(lab, 10 * lab.steps_an_epoch)  # the learner goes on: nothing is put back any more
    assert lab.frame().metrics["test_loss"] != min(losses)


@BOTH_WAYS
def test_gradient_norm_and_update_ratio_are_those_of_the_last_update(circle):
    lab = train(make_lab(circle), 10)
    before = lab.network.hidden1.weight.detach().clone()
    lab.step()
    metrics = lab.frame().metrics
    after = lab.network.hidden1.weight.detach()
    assert metrics["gradient_norm/hidden1"] == pytest.approx(lab.network.hidden1.weight.grad.norm().item())
    assert metrics["update_ratio/hidden1"] == pytest.approx(((after - before).norm() / before.norm()).item())


def test_heatmaps_show_what_the_units_answer():
    lab = train(make_lab(CIRCLE), 50)
    arrays = lab.frame(frozenset({"network", "output"})).arrays
    pixels, scale = arrays["network/unit/1"], arrays["network/unit_scale/1"]
    top_right = torch.tensor([[6.0, 6.0]])
    answer = torch.tanh(lab.network.hidden1(top_right))[0].detach().numpy()
    np.testing.assert_allclose((pixels[:, -1, -1] - 127.5) / 127.5 * scale, answer, atol=0.005)
    probability = torch.sigmoid(lab.network.eval()(top_right)).item()
    assert arrays["output/surface"][-1, -1] == pytest.approx(255 * probability, abs=0.51)


def test_cuda_is_refused_with_a_sentence_where_there_is_none():
    if torch.cuda.is_available():
        assert make_lab(CIRCLE.replace({"training.device": "cuda"})).device.type == "cuda"
    else:
        with pytest.raises(ValueError, match="no CUDA device"):
            make_lab(CIRCLE.replace({"training.device": "cuda"}))


def test_a_chosen_sample_shows_its_activations():
    lab = make_lab(Supervised.parse({"data": {"kind": "table", "name": "iris"}, "training": {"loss": "cross_entropy"}}))
    lab.look(part="test", sample=3)
    arrays = lab.frame(frozenset({"network"})).arrays
    np.testing.assert_array_equal(arrays["network/activation/0"], lab.data.x_test[3])
    assert arrays["network/activation/3"].sum() == pytest.approx(1.0)


def test_other_axes_move_the_points_and_leave_training_alone():
    spec = Supervised.parse({"data": {"kind": "table", "name": "iris"}, "training": {"loss": "cross_entropy"}})
    lab = train(make_lab(spec), 5)
    views, weights = lab.views, lab.network.output.weight.detach().clone()
    x_train = lab.x_train.clone()
    names = spec.data.inputs
    lab.change(spec.replace({"data.axes": [names[2], names[3]]}))
    assert lab.views != views
    assert torch.equal(weights, lab.network.output.weight)
    np.testing.assert_array_equal(lab.constants()["output/train_points"], x_train[:, 2:4].numpy())
    lab.change(lab.spec.replace({"training.learning_rate": 0.5}))
