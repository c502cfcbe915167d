"""The data part of an exported program that learns from a learner's own data: it reads the file that the page saves."""

from __future__ import annotations

import inspect

from datasets.preprocess.selection import fit_selection
from datasets.upload.saving import IMAGES_FILE, TABLE_FILE, folders_of
from dlcore.export.parts import VALUES, parts_code
from dlcore.specs.own_images import OwnImages
from dlcore.specs.own_table import OwnColumn, OwnTable

_READ = """\
# your own table: "Save these data" in the Data studio gives this file; put it beside this program
with open({file!r}, newline="", encoding="utf-8") as file:
    header, *rows = csv.reader(file)
columns, target = {columns!r}, {target!r}
{categories}

def values(name):
    \"\"\"A column as numbers: categories are counted from 0, dates are days since 1970, a gap is NaN.\"\"\"
    cells = [row[header.index(name)] for row in rows]
    return np.array([np.nan if not cell else {value} for cell in cells])


x, y = np.stack([values(name) for name in columns], axis=1), values(target)
{order}known = ~np.isnan(y){whole}
x, y = x[known], y[known]{integers}"""

_DAYS = "datetime.fromisoformat(cell).timestamp() / 86400"

_TIME = """\
# the last {share:.0%} are for testing: the network is asked about what came after all that it learned from
order = np.argsort(when[known], kind="stable")
count = min(max(round({share!r} * len(order)), 1), len(order) - 1)
train, test = np.random.default_rng({seed}).permutation(order[:-count]), order[-count:]"""

_FILL = {
    False: """\
# gaps get the {title} of their column, measured on {where}
for column in range(x.shape[1]):
    known = x[fit, column]
    known = known[~np.isnan(known)]
    x[np.isnan(x[:, column]), column] = {value}""",
    True: """\
# gaps get the mean of their column, in columns of categories the most frequent one, measured on {where}
for column, name in enumerate(columns):
    known = x[fit, column]
    known = known[~np.isnan(known)]
    value = most_frequent(known) if name in categories else known.mean()
    x[np.isnan(x[:, column]), column] = value""",
}

_MOST_FREQUENT = """\


def most_frequent(known):
    \"\"\"The value that is there most often.\"\"\"
    found, counts = np.unique(known, return_counts=True)
    return found[counts.argmax()]


"""

_ONE_HOT = """\
# a category becomes one column of 0 and 1 for each; one that {where} lacks has no 1
encoded = []
for column, name in zip(x.T, columns, strict=True):
    if name in categories:
        encoded += [(column == number) & (number in column[fit]) for number in range(len(categories[name]))]
    else:
        encoded.append(column)
x = np.array(encoded, dtype=float).T.copy()"""

_SCALES = {
    "standard": "shift, scale = x[fit].mean(axis=0), x[fit].std(axis=0)",
    "minmax": "shift, scale = low, high - low",
    "robust": "quarter, shift, three_quarters = np.percentile(x[fit], [25, 50, 75], axis=0)\n"
    "scale = three_quarters - quarter",
}
_SAYS = {
    "standard": "every number gets mean 0 and standard deviation 1",
    "minmax": "every number lies between 0 and 1",
    "robust": "every number gets median 0 and distance between the quartiles 1",
}

_PICTURES = """\
# your own pictures: "Save these data" in the Data studio gives this file; put it beside this program
classes = {folders!r}
with zipfile.ZipFile({file!r}) as archive:
    names = sorted(archive.namelist(), key=lambda name: name.split("/")[1])
    x = np.stack([np.asarray(Image.open(archive.open(name))) for name in names])
{channels}
y = np.array([classes.index(name.split("/")[0]) for name in names])"""


def own_imports(data: OwnTable | OwnImages) -> list[str]:
    """The names that `own_code` uses besides NumPy's, as import lines."""
    if isinstance(data, OwnImages):
        return ["import zipfile", "from PIL import Image"]
    dates = any(column.kind == "date" for column in _columns(data))
    return ["import csv", *(["from datetime import datetime"] if dates else [])]


def own_code(data: OwnTable | OwnImages) -> str:
    """Code that leaves `x`, `y`, `train` and `test`, as `prepare_samples` makes them, bit for bit before float32."""
    if isinstance(data, OwnImages):
        return f"{_pictures(data)}\n\n{parts_code(data)}"
    where = "everything: a leak" if data.leak else "the training part"
    fit = "fit = np.concatenate([train, test])  # the leak: what is measured below has seen the test part, too"
    parts = [_read(data), _split(data), fit if data.leak else "fit = train", *_steps(data, where)]
    if data.task == "regression":
        parts.append(
            "# the target too gets mean 0 and standard deviation 1\n"
            "y = (y - y[train].mean()) / (y[train].std() if np.ptp(y[train]) > 0 else 1)"
        )
    return "\n\n".join(part for part in parts if part)


def _read(data: OwnTable) -> str:
    columns = _columns(data)
    words = {column.name: list(column.categories) for column in columns if column.categories}
    dates = [column.name for column in columns if column.kind == "date"]
    value = "categories[name].index(cell) if name in categories else float(cell)" if words else "float(cell)"
    if dates:
        value = f"{_DAYS} if name in {dates!r} else {value}"
    order = ""
    if data.split == "time" and data.folds is None:
        when = f"values({data.order.name!r})" if data.order else "np.arange(len(y))"
        order = f"when = {when}\n"
    return _READ.format(
        file=TABLE_FILE,
        columns=[column.name for column in data.columns],
        target=data.target.name,
        categories=f"categories = {words!r}\n" if words else "",
        value=value,
        order=order,
        whole=" & ~np.isnan(x).any(axis=1)" if data.missing == "drop" else "",
        integers="\ny = y.astype(int)" if data.classes else "",
    )


def _columns(data: OwnTable) -> list[OwnColumn]:
    columns = [*data.columns, data.target]
    return [*columns, data.order] if data.order and data.order not in columns else columns


def _split(data: OwnTable) -> str:
    if data.folds is None and data.split == "time":
        return _TIME.format(share=data.test_share, seed=data.seed)
    if data.folds is None and data.split == "random":
        return VALUES.format(share=data.test_share, seed=data.seed)
    return parts_code(data)


def _steps(data: OwnTable, where: str) -> list[str]:
    parts, plan = [], data.plan
    words = any(column.categories for column in data.columns)
    if data.missing != "drop":
        mixed = data.missing == "mean" and words
        frequent = data.missing == "most_frequent"
        fill = _FILL[mixed].format(
            where=where,
            title="most frequent value" if frequent else "mean",
            value="most_frequent(known)" if frequent else "known.mean()",
        )
        parts.append((_MOST_FREQUENT if mixed or frequent else "") + fill)
    if words:
        parts.append(_ONE_HOT.format(where=where))
    chosen = ""
    if data.keep is not None:
        parts.append(
            f"# keep the inputs that go along with the target most, judged by {where}\n\n\n"
            f"{inspect.getsource(fit_selection)}\n\n"
            f"chosen = fit_selection(x[fit], y[fit], {data.keep}, classes={bool(data.classes)})\n"
            "x = np.take(x, chosen, axis=1)"
        )
        chosen = "[chosen]"
    if data.scaling != "none":
        scaled = "x = (x - shift) / scale"
        if words:
            numbers = f"np.array({plan.numeric.tolist()}){chosen}"
            scaled = f"numbers = {numbers}  # the others stay 0 and 1\nx = np.where(numbers, (x - shift) / scale, x)"
        parts.append(
            f"# {_SAYS[data.scaling]}, measured on {where}; what is constant there is only shifted\n"
            f"low, high = x[fit].min(axis=0), x[fit].max(axis=0)\n{_SCALES[data.scaling]}\n"
            f"scale = np.where((high > low) & (scale > 0), scale, 1)\n{scaled}"
        )
    return parts


def _pictures(data: OwnImages) -> str:
    grey = "x = x[:, None] / 255  # one channel, 0 black … 1 white"
    rgb = "x = np.moveaxis(x, 3, 1) / 255  # three channels, 0 black … 1 white"
    return _PICTURES.format(
        folders=folders_of(data.classes), file=IMAGES_FILE, channels=grey if data.colour == "grey" else rgb
    )
