import pytest
import torch

from dlcore.dense.losses import LOSSES
from dlcore.training.losses import LOSSES as ROWS


def test_every_loss_of_the_menu_has_a_row():
    assert [row.name for row in LOSSES] == [row.name for row in ROWS]


CASES = [(row, n) for row in LOSSES for n in (1, 3) if (row.name, n) not in {("bce", 3), ("cross_entropy", 1)}]


@pytest.mark.parametrize("row,outputs", CASES, ids=lambda value: getattr(value, "name", value))
def test_value_and_error_are_autograds(row, outputs):
    torch.manual_seed(1)
    samples = 5
    o = (2 * torch.randn(samples, outputs).double()).requires_grad_()
    classes = torch.randint(0, outputs, (samples,))
    y = torch.nn.functional.one_hot(classes, outputs).double()
    if row.name == "bce":
        y = torch.tensor([0.0, 1.0, 1.0, 0.0, 1.0]).double()[:, None]
    module = getattr(torch.nn, next(r for r in ROWS if r.name == row.name).module)()
    expected = module(o, classes if row.name == "cross_entropy" else y)
    (gradient,) = torch.autograd.grad(expected, o)
    units_first, targets = o.detach().T[None], y.T[None]
    share = row.share(samples, outputs)
    error = torch.empty(1, outputs, samples).double()
    if row.squash is not None:
        row.squash(units_first, error)
    row.error(units_first if row.squash is None else error, targets, error)
    assert float((row.value(units_first, targets) * share).sum()) == pytest.approx(expected.item(), rel=1e-14)
    torch.testing.assert_close((error * share)[0].T, gradient, rtol=0, atol=1e-15)
