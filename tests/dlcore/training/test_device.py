import pytest
import torch

from dlcore.training.device import choose_device


def test_the_device_that_is_there():
    assert choose_device("cpu").type == "cpu"
    assert choose_device("auto").type == ("cuda" if torch.cuda.is_available() else "cpu")


@pytest.mark.skipif(torch.cuda.is_available(), reason="about machines without a graphics card")
def test_a_missing_card_is_said():
    with pytest.raises(ValueError, match=r"training\.device: this machine has no CUDA device; use auto or cpu"):
        choose_device("cuda")
