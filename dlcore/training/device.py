"""Where the tensors live: on the processor or on a graphics card."""

from __future__ import annotations

import torch
from torch import Tensor


def choose_device(wanted: str) -> torch.device:
    """The device for "auto", "cpu" or "cuda"; auto takes CUDA where there is one.

    Raises: ValueError: CUDA is asked for and this machine has none.
    """
    if wanted == "cuda" and not torch.cuda.is_available():
        raise ValueError("training.device: this machine has no CUDA device; use auto or cpu")
    if wanted == "auto":
        wanted = "cuda" if torch.cuda.is_available() else "cpu"
    return torch.device(wanted)


def to_device(tensor: Tensor, device: torch.device | str) -> Tensor:
    """A tensor of the CPU on a device, without waiting for it; the tensor itself may be written to afterwards."""
    device = torch.device(device)
    # from memory that the system may move elsewhere, the driver copies only once the card has done all before
    return tensor if device.type == "cpu" else tensor.pin_memory().to(device, non_blocking=True)
