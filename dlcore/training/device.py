"""Where the tensors live: on the processor or on a graphics card."""

from __future__ import annotations

import torch
from torch import Tensor

from dlcore.specs import limits


def choose_device(wanted: str) -> torch.device:
    """The device for "auto", "cpu" or "cuda"; auto takes CUDA where there is one with memory left for another run.

    Raises: ValueError: CUDA is asked for, and this machine has none or too little of its memory is left.
    """
    if wanted == "cpu":
        return torch.device("cpu")
    why_not = _why_not_cuda()
    if why_not is None:
        return torch.device("cuda")
    if wanted == "cuda":
        raise ValueError(f"training.device: {why_not}; use auto or cpu")
    return torch.device("cpu")


def _why_not_cuda() -> str | None:
    if not torch.cuda.is_available():
        return "this machine has no CUDA device"
    free, _all = torch.cuda.mem_get_info()
    kept = torch.cuda.memory_reserved() - torch.cuda.memory_allocated()  # by this process, of runs that are no more
    if free + kept < limits.CARD_BYTES:
        return (
            f"the graphics card has {(free + kept) // 10**6:,} MB of memory left, and another run wants "
            f"{limits.CARD_BYTES // 10**6:,} MB"
        )
    return None


def to_device(tensor: Tensor, device: torch.device | str) -> Tensor:
    """A tensor of the CPU on a device, without waiting for it; the tensor itself may be written to afterwards."""
    device = torch.device(device)
    # from memory that the system may move elsewhere, the driver copies only once the card has done all before
    return tensor if device.type == "cpu" else tensor.pin_memory().to(device, non_blocking=True)
