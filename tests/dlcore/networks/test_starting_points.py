from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from datasets.registry import card
from datasets.split import split
from dlcore.networks.layers import build_layers
from dlcore.networks.repairs import repair
from dlcore.networks.shapes import walk
from dlcore.networks.signal import Signal
from dlcore.networks.starting_points import STARTING_POINTS, StartingPoint
from dlcore.networks.totals import require_within_limits
from dlcore.specs.edits import apply_edits
from dlcore.training.rows import find

every = pytest.mark.parametrize("row", STARTING_POINTS, ids=lambda row: row.name)
FIGURES = {  # parameters and multiply-adds, counted by hand from the layers' formulas
    "softmax": (7_850, 7_840),
    "mlp": (100_480 + 8_256 + 650, 100_352 + 8_192 + 640),
    "lenet5": (61_706, 416_520),
}


@every
def test_a_starting_point_fits_its_data_and_the_limits(row: StartingPoint) -> None:
    walked = walk(row.layers, row.given, scores=row.scores)
    assert walked.problem is None
    require_within_limits(walked)
    network = build_layers(row.layers, row.given, scores=row.scores)
    assert network(torch.zeros(2, *row.given.shape)).shape == (2, row.scores)


@pytest.mark.parametrize("name", FIGURES)
def test_costs_are_those_known(name: str) -> None:
    row = find(STARTING_POINTS, name, "name")
    walked = walk(row.layers, row.given)
    assert (walked.parameters, walked.multiply_adds) == FIGURES[name]


@every
@pytest.mark.parametrize("given", [Signal(shape=(1, 8, 8)), Signal(shape=(3, 32, 20)), Signal(shape=(2, 30))])
def test_remedies_fit_it_to_other_data(row: StartingPoint, given: Signal) -> None:
    layers = row.layers
    while (remedy := repair(layers, walk(layers, given, scores=4), scores=4)) is not None:
        layers = apply_edits(layers, remedy.edits)
    assert walk(layers, given, scores=4).problem is None
    assert build_layers(layers, given, scores=4).eval()(torch.zeros(2, *given.shape)).shape == (2, 4)


@pytest.fixture
def one_thread() -> Iterator[None]:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # as in a worker; two on a busy machine are many times slower
    yield
    torch.set_num_threads(threads)


def trained(row: StartingPoint, x: Tensor, y: Tensor, *, epochs: int, loss: nn.Module) -> nn.Module:
    """The network after ordinary training with Adam and batches of 32."""
    torch.manual_seed(0)
    network = build_layers(row.layers, row.given, scores=row.scores)
    optimizer = torch.optim.Adam(network.parameters(), lr=0.003)
    for _ in range(epochs):
        for rows in torch.split(torch.randperm(len(x)), 32):
            optimizer.zero_grad()
            loss(network(x[rows]), y[rows]).backward()
            optimizer.step()
    return network.eval()


@pytest.mark.slow
@pytest.mark.usefixtures("one_thread")
@pytest.mark.parametrize(
    ("name", "least"), [("softmax", 0.87), ("mlp", 0.89), ("lenet5", 0.90), ("small_vgg", 0.93), ("small_resnet", 0.93)]
)
def test_a_starting_point_learns_to_read(name: str, least: float) -> None:
    data = card("mnist").load()
    train, test = split(data, test_share=0.2, seed=0)
    x, y = torch.tensor(data.inputs), torch.tensor(data.targets)
    row = find(STARTING_POINTS, name, "name")
    network = trained(row, x[train], y[train], epochs=3, loss=nn.CrossEntropyLoss())
    with torch.no_grad():
        accuracy = (network(x[test]).argmax(dim=1) == y[test]).float().mean().item()
    assert accuracy > least  # guessing gives 0.1


@pytest.mark.slow
@pytest.mark.usefixtures("one_thread")
def test_the_series_network_learns_to_go_on() -> None:
    rng = np.random.default_rng(0)
    start, period = rng.uniform(0, 100, (600, 1)), rng.uniform(8, 20, (600, 1))
    waves = torch.from_numpy(np.sin((start + np.arange(49)) * 2 * np.pi / period).astype(np.float32))
    x, y = waves[:, None, :48], waves[:, 48:]
    network = trained(STARTING_POINTS[-1], x[:500], y[:500], epochs=15, loss=nn.MSELoss())
    with torch.no_grad():
        error = nn.functional.mse_loss(network(x[500:]), y[500:]).item()
    assert error < 0.05  # to say the mean gives 0.5
