"""The kinds of data that one can choose between in the Data tab. A new one is a row here, and its fields' controls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from datasets.dataset import Card
from datasets.registry import DATASETS
from dlcore.specs.spec import SpecError
from ui.controls.fitting import first_points, with_data, with_points
from ui.controls.own_data import has_own, take_own


@dataclass(frozen=True, slots=True, kw_only=True)
class DataKind:
    """One kind: its `kind` in a spec, its title, a help, and the changes with which a spec takes data of that kind.

    `on_plane`: it makes sense only where the page shows its samples on a plane, to draw points, say. `available`:
    whether there are such data for whoever sees the page.
    """

    kind: str
    title: str
    help: str
    take: Callable[[Any], Mapping[str, Any]]
    on_plane: bool = False
    available: Callable[[], bool] = lambda: True


def _first_of(kind: str) -> Callable[[Any], Mapping[str, Any]]:
    def take(spec: Any) -> Mapping[str, Any]:
        first = next(({"name": row.name} for row in offered(spec, kind)), {})
        return with_data(spec, {"kind": kind, "seed": spec.data.seed} | first)

    return take


KINDS = (
    DataKind(kind="generated", title="Made", help="points **made** by a rule", take=_first_of("generated")),
    DataKind(kind="table", title="Real", help="tables of **real** measurements", take=_first_of("table")),
    DataKind(kind="images", title="Images", help="**images**, photographed or made", take=_first_of("images")),
    DataKind(kind="series", title="Series", help="**series** in time", take=_first_of("series")),
    DataKind(
        kind="drawn",
        title="Drawn",
        help="points **drawn** by your own hand",
        take=lambda spec: with_points(spec, first_points(spec.data)),
        on_plane=True,
    ),
    DataKind(
        kind="own_table",
        title="Yours",
        help="**your** own table",
        take=take_own("own_table"),
        available=has_own("own_table"),
    ),
    DataKind(
        kind="own_images",
        title="Your images",
        help="**your** own pictures",
        take=take_own("own_images"),
        available=has_own("own_images"),
    ),
)


def kinds_for(spec: Any, *, plane: bool) -> tuple[DataKind, ...]:
    """The kinds that a spec's data may be of, the present one among them whatever it is."""
    allowed = _kinds_of_field(spec)
    return tuple(
        row
        for row in KINDS
        if row.kind == spec.data.kind or (row.kind in allowed and (plane or not row.on_plane) and row.available())
    )


def offered(spec: Any, kind: str) -> list[Card]:
    """The data sets of a kind that this experiment accepts: a perceptron, say, tells two classes apart and no more."""
    return [row for row in DATASETS if row.kind == kind and _accepts(spec, {"kind": kind, "name": row.name})]


def with_set(spec: Any, name: str) -> dict[str, Any]:
    """Changes that give a spec another data set of its kind, with those of the present settings that suit it, too.

    Features, axes and folds belong to the set that is left behind; real images take no noise.
    """
    kept = spec.data.as_dict()
    data = {"kind": kept.pop("kind"), "name": name}
    for key, value in kept.items():
        if key in ("name", "features", "axes", "positives", "folds", "fold"):
            continue
        try:
            type(spec.data).parse({**data, key: value})
        except SpecError:
            continue  # the new set's own
        data[key] = value
    return with_data(spec, data)


def _accepts(spec: Any, data: dict[str, Any]) -> bool:
    try:
        spec.replace(with_data(spec, data))
    except SpecError:
        return False
    return True


def _kinds_of_field(spec: Any) -> frozenset[str]:
    """Read off the type of the field `data`: a union of specs, each with its `kind`."""
    annotation = type(spec).model_fields["data"].annotation
    return frozenset(part.model_fields["kind"].default for part in get_args(annotation) or (annotation,))
