import pytest
import torch

from dlcore.dense.network import DenseNetwork
from dlcore.dense.optimizers import Pace
from dlcore.dense.regularizers import Dropout, Regularizers
from tests.dlcore.dense.textbook import replica_of, spec_of


def made(*settings):
    network = DenseNetwork(replica_of(spec_of()).shape, len(settings))
    torch.manual_seed(0)
    network.theta.normal_()
    network.gradient.normal_()
    owner = torch.zeros(network.theta.shape, dtype=torch.int64)
    for layer in network.by_layer(owner):
        layer.copy_(torch.arange(len(settings)).view(-1, 1, 1))
    K = len(settings)
    pace = Pace(rates=[0.1] * K, updates=[0] * K, owner=owner)
    return network, Regularizers(network, pace, [spec_of(**s).training for s in settings])


def test_penalties_pull_weights_and_not_biases():
    network, regularizers = made({"training__l1": 0.5}, {}, {"training__l2": 0.25, "training__l1": 0.1})
    before = [g.clone() for g in network.gradients]
    regularizers.add_gradients()
    for old, new, w in zip(before, network.gradients, network.weights, strict=True):
        added = new - old
        assert not added[:, -1].any() and not added[1].any()
        torch.testing.assert_close(added[0, :-1], 0.5 * w[0, :-1].sign())
        torch.testing.assert_close(added[2, :-1], 0.1 * w[2, :-1].sign() + 0.25 * w[2, :-1])
    all_weights = torch.cat([w[2, :-1].reshape(-1) for w in network.weights])
    expected = 0.1 * all_weights.abs().sum() + 0.125 * all_weights.square().sum()
    torch.testing.assert_close(regularizers.penalty()[2], expected)
    assert regularizers.penalty()[1] == 0
    assert regularizers.penalized and not made({})[1].penalized


def test_clipping_shortens_each_replicas_whole_gradient():
    network, regularizers = made({"training__gradient_clip": 0.5}, {}, {"training__gradient_clip": 1e5})
    before = [g.clone() for g in network.gradients]
    parameters = [torch.nn.Parameter(torch.zeros_like(g[0])) for g in before]
    for parameter, g in zip(parameters, before, strict=True):
        parameter.grad = g[0].clone()
    torch.nn.utils.clip_grad_norm_(parameters, 0.5)
    regularizers.clip_gradients()
    for parameter, old, new in zip(parameters, before, network.gradients, strict=True):
        torch.testing.assert_close(new[0], parameter.grad)
        assert torch.equal(new[1:], old[1:])
    assert not torch.equal(before[0][0], network.gradients[0][0])


@pytest.mark.parametrize("size", [10, 3, 1])
def test_masks_are_those_that_nn_dropout_draws(size):
    network = DenseNetwork(replica_of(spec_of()).shape, 3)
    generators = [torch.Generator().manual_seed(seed) for seed in (5, 6, 7)]
    dropout = Dropout(network, [0.4, 0.0, 0.7], generators)
    untouched = generators[1].get_state()
    for _ in range(3):
        dropout.draw([size, 10, size])
    for row, (p, seed) in {0: (0.4, 5), 2: (0.7, 7)}.items():
        torch.manual_seed(seed)
        for _ in range(3):
            expected = [torch.nn.functional.dropout(torch.ones(size, units), p) for units in (4, 2)]
        for mask, wanted in zip(dropout.masks, expected, strict=True):
            assert torch.equal(mask[row, :, :size].T, wanted)
        assert torch.equal(generators[row].get_state(), torch.get_rng_state())
    assert all(torch.all(mask[1] == 1) for mask in dropout.masks)
    assert torch.equal(generators[1].get_state(), untouched)


def test_dropout_keeps_the_mean():
    network = DenseNetwork(replica_of(spec_of(training__batch_size="all", data__samples=5000)).shape, 1)
    dropout = Dropout(network, [0.3], [torch.Generator().manual_seed(0)])
    dropout.draw([2500])
    drawn = dropout.masks[0][0, :, :2500]
    assert (drawn == 0).float().mean().item() == pytest.approx(0.3, abs=0.02)
    assert drawn.mean().item() == pytest.approx(1.0, abs=0.03)
