import torch
from torch import nn

from dlcore.training.checkpoint import Checkpoint


def test_tensors_of_any_type_and_order_hold_again_what_they_held_in_the_same_memory():
    convolution = nn.Conv2d(3, 4, 3).to(memory_format=torch.channels_last)
    tensors = [convolution.weight, convolution.bias, torch.tensor(5), torch.arange(3.0, dtype=torch.float64)]
    expected, places = [each.detach().clone() for each in tensors], [each.data_ptr() for each in tensors]
    checkpoint = Checkpoint()
    checkpoint.keep(iter(tensors))
    with torch.no_grad():
        for each in tensors:
            each.add_(1)
    checkpoint.put_back()
    assert all(torch.equal(each, old) for each, old in zip(tensors, expected, strict=True))
    assert [each.data_ptr() for each in tensors] == places
    assert convolution.weight.is_contiguous(memory_format=torch.channels_last)


def test_it_remembers_the_latest_and_other_tensors_than_before():
    checkpoint, one, other = Checkpoint(), torch.zeros(2), torch.ones(3)
    checkpoint.keep([one])
    one.fill_(4.0)
    checkpoint.keep([one])
    one.fill_(5.0)
    checkpoint.put_back()
    assert one.tolist() == [4.0, 4.0]
    checkpoint.keep([one, other])
    one.zero_(), other.zero_()
    checkpoint.put_back()
    assert one.tolist() == [4.0, 4.0] and other.tolist() == [1.0, 1.0, 1.0]
