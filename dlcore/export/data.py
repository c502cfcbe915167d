"""The data part of an exported program: the samples, their split, their scaling, as a learner would write it."""

from __future__ import annotations

import inspect

from dlcore.export.own import own_code, own_imports
from dlcore.export.parts import parts_code
from dlcore.networks.features import FEATURES
from dlcore.specs.data import AnyData, DataSpec, DrawnData, GeneratedData, TableData
from dlcore.specs.own_images import OwnImages
from dlcore.specs.own_table import OwnTable
from dlcore.training.rows import find

# how each table is read with the public function of the package that ships it
_TABLES = {
    "penguins": """\
from palmerpenguins import load_penguins

measures = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]
table = load_penguins().dropna(subset=measures)
x = table[measures].to_numpy()
y = table["species"].astype("category").cat.codes.to_numpy()  # 0 Adelie, 1 Chinstrap, 2 Gentoo""",
    "iris": """\
from sklearn.datasets import load_iris

x, y = load_iris(return_X_y=True)""",
    "wine": """\
from sklearn.datasets import load_wine

x, y = load_wine(return_X_y=True)""",
    "breast-cancer": """\
from sklearn.datasets import load_breast_cancer

x, y = load_breast_cancer(return_X_y=True)""",
    "diabetes": """\
from sklearn.datasets import load_diabetes

x, y = load_diabetes(return_X_y=True, scaled=False)""",
}

_SCALINGS = {
    "standard": """\
# every input gets mean 0 and standard deviation 1, measured on the training part
x = (x - x[train].mean(axis=0)) / x[train].std(axis=0)""",
    "robust": """\
# every input gets median 0 and distance between the quartiles 1, measured on the training part
quarter, middle, three_quarters = np.percentile(x[train], [25, 50, 75], axis=0)
x = (x - middle) / (three_quarters - quarter)""",
    "minmax": """\
# every input lies between 0 and 1 on the training part
low, high = x[train].min(axis=0), x[train].max(axis=0)
x = (x - low) / (high - low)""",
}


def data_title(data: AnyData) -> str:
    """What the data are, for a program's first line; what a learner calls their own is no part of a program."""
    if isinstance(data, OwnTable | OwnImages):
        return "your own data"
    return "points drawn by hand" if isinstance(data, DrawnData) else f"the {data.card.name} data"


def data_imports(data: DataSpec) -> list[str]:
    """The standard library's names that `data_code` uses, as import lines."""
    if isinstance(data, OwnTable):
        return own_imports(data)
    if not isinstance(data, GeneratedData):
        return []
    lines = ["import math"] if "math." in inspect.getsource(data.card.load) else []
    return [*lines, "from types import SimpleNamespace as Dataset  # a plain bundle of named values"]


def data_code(data: DataSpec, features: tuple[str, ...] = ("x1", "x2")) -> str:
    """Code that leaves `x` (n, d) and `y` (n,) in float64 or int64, and the row numbers `train` and `test`.

    It computes what `dlcore.training.prepare.prepare` computes, bit for bit before the rounding to float32.
    """
    if isinstance(data, OwnTable):
        return own_code(data)
    parts = [_samples(data)]
    parts.append(parts_code(data))
    if isinstance(data, TableData):
        if data.scaling in _SCALINGS:
            parts.append(_SCALINGS[data.scaling])
        if data.task == "regression":
            parts.append(
                "# the target too gets mean 0 and standard deviation 1\ny = (y - y[train].mean()) / y[train].std()"
            )
    elif features != ("x1", "x2"):
        codes = ", ".join(find(FEATURES, name, "features").code for name in features)
        parts.append(f"# what the network sees of each point\nx1, x2 = x.T\nx = np.column_stack([{codes}])")
    return "\n\n".join(parts)


def _samples(data: GeneratedData | TableData | DrawnData) -> str:
    if isinstance(data, GeneratedData):
        load = data.card.load
        rare = "" if data.card.positives is None else f", positives={data.share_of_positives!r}"
        call = f"{load.__name__}(samples={data.samples}, noise={data.noise!r}, seed={data.seed}{rare})"
        return f"\n{inspect.getsource(load)}\n\ndataset = {call}\nx, y = dataset.inputs, dataset.targets"
    if isinstance(data, DrawnData):
        rows = "".join(f"    ({point.x1!r}, {point.x2!r}, {point.label}),\n" for point in data.points)
        return (
            f"# x1, x2 and class of every point, as drawn\npoints = np.array([\n{rows}])\n"
            "x, y = points[:, :2], points[:, 2].astype(int)"
        )
    columns = [data.card.features.index(name) for name in data.inputs]
    if columns == list(range(len(data.card.features))):
        return _TABLES[data.name]
    return f"{_TABLES[data.name]}\nx = x[:, {columns}]  # {', '.join(data.inputs)}"
