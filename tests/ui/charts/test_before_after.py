import numpy as np
import pytest

from ui.charts.before_after import BINS, Shown, before_after


def test_every_row_of_numbers_is_in_a_bar() -> None:
    values = np.append(np.random.default_rng(0).normal(size=50), [np.nan] * 7)
    chart = before_after([Shown(title="x", values=values)], [Shown(title="x →", values=values[:50])])
    before, gaps, after = chart.data
    assert sum(before.y) == sum(after.y) == 50 and len(before.y) == BINS and list(gaps.y) == [7]
    assert max(gaps.x) < min(before.x), "gaps lie to the left of all numbers"
    assert {trace.xaxis for trace in chart.data} == {"x", "x2"} and before.xaxis == gaps.xaxis


def test_categories_are_bars_by_name() -> None:
    counts = (("a", 3), ("b", 1))
    chart = before_after([Shown(title="c", counts=counts)], [Shown(title="a →", counts=(("0", 1), ("1", 3)))] * 2)
    assert (list(chart.data[0].x), list(chart.data[0].y)) == (["a", "b"], [3, 1])
    assert len(chart.data) == 3


def test_constant_columns_and_columns_of_gaps_are_drawn() -> None:
    chart = before_after([Shown(title="x", values=np.ones(4))], [Shown(title="x", values=np.full(4, np.nan))])
    assert sum(chart.data[0].y) == 4 and list(chart.data[1].y) == [4]


def test_what_a_stranger_calls_a_column_is_no_tag() -> None:
    shown = [Shown(title="<b>x</b><a href='y'>", values=np.ones(2))]
    assert "<b>" not in before_after(shown, shown).to_json().replace("\\u003c", "<")
    with pytest.raises(ValueError, match="expected at least one column"):
        before_after([], shown)
