import pytest
import torch

from dlcore.specs import limits
from dlcore.training.device import choose_device, to_device


def test_the_device_that_is_there(device):
    assert choose_device("cpu").type == "cpu"
    assert choose_device("auto").type == device


def test_a_missing_card_is_said(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(ValueError, match=r"training\.device: this machine has no CUDA device; use auto or cpu"):
        choose_device("cuda")


@pytest.mark.parametrize(("free", "kept", "fits"), [(500, 0, True), (300, 200, True), (300, 199, False)])
def test_a_full_card_takes_no_other_run(free, kept, fits, monkeypatch):
    assert limits.CARD_BYTES == 500_000_000
    for name, value in {
        "is_available": True,
        "mem_get_info": (free * 10**6, 8 * 10**9),
        "memory_reserved": (kept + 50) * 10**6,
        "memory_allocated": 50 * 10**6,
    }.items():
        monkeypatch.setattr(torch.cuda, name, lambda value=value: value)
    assert choose_device("auto").type == ("cuda" if fits else "cpu")
    if fits:
        assert choose_device("cuda").type == "cuda"
    else:
        sentence = "training.device: the graphics card has 499 MB of memory left, and another run wants 500 MB; use"
        with pytest.raises(ValueError, match=sentence):
            choose_device("cuda")


def test_a_tensor_goes_to_a_device(device):
    tensor = torch.arange(5)
    there = to_device(tensor, device)
    tensor.add_(0)
    assert there.device.type == device and there.tolist() == [0, 1, 2, 3, 4]
