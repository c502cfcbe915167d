"""The kernel sandbox as a Streamlit element: images and kernels go to the browser once, all else happens there."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from ui.browser_part import browser_part
from ui.sandbox.images import sandbox_images
from ui.sandbox.kernels import KERNELS

LARGEST = 7  # rows and columns of a kernel that can be typed in
STRIDE, PADDING, DILATION = [1, 4], [0, 6], [1, 4]  # from … to


def kernel_sandbox(*, key: str) -> None:
    """Let learners slide kernels of their own over real images; nothing is trained and no run is needed."""
    browser_part("layerlab_kernel_sandbox", "sandbox.js", key=key, data=sandbox_data(), on={})


def sandbox_data() -> dict[str, Any]:
    """Images, kernels and limits as plain values."""
    return {
        "images": list(sandbox_images()),
        "kernels": [asdict(row) | {"rows": row.rows} for row in KERNELS],
        "limits": {"kernel": [1, LARGEST], "stride": STRIDE, "padding": PADDING, "dilation": DILATION},
    }
