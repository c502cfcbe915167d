import pytest
import torch

from dlcore.dense.order import Order
from dlcore.training.sampler import Sampler
from tests.dlcore.dense.textbook import spec_of


@pytest.mark.parametrize("samples,size", [(30, 10), (31, 10), (30, 1), (7, 7), (7, 30)])
def test_the_same_order_as_the_textbooks_sampler(samples, size):
    sampler, order = (
        Sampler(samples, spec_of(training__batch_size=size)),
        Order(samples=samples, size=min(size, samples)),
    )
    torch.manual_seed(4)
    generator = torch.Generator().manual_seed(4)
    for _ in range(70):
        if not order.whole and not len(order.left):
            order.draw(generator)
        chosen = torch.arange(samples) if order.whole else order.left[: order.size]
        assert sampler.next().tolist() == chosen.tolist()
        order.advance(1)
        assert order.epoch == sampler.epoch
        mine, theirs = order.state_dict(), sampler.state_dict()
        assert mine.pop("left").tolist() == theirs.pop("left").tolist()
        assert mine == theirs


def test_the_textbooks_state_can_be_taken_over():
    sampler = Sampler(30, spec_of(training__batch_size=7))
    for _ in range(7):
        sampler.next()
    order = Order(samples=30, size=9)
    order.load_state_dict(sampler.state_dict())
    assert order.epoch == sampler.epoch
    assert order.updates_left == 3
    assert order.left[:7].tolist() == sampler.next().tolist()
