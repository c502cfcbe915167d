"""The exercise: which lines are wrong, what the right numbers are, and that nobody is told off."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from dlcore.explain.backprop_trace import graph_of
from dlcore.specs.traced import WORKED
from ui.lessons.backpropagation_mistakes import forgetful_update, judge, repairs, tutorial_lines


def test_three_lines_are_wrong_and_the_others_follow_from_those_above() -> None:
    lines = {line.name: line for line in tutorial_lines()}
    assert [name for name, line in lines.items() if line.wrong] == ["a3", "loss", "delta"]
    assert "= 1.38" in lines["a3"].formula and "= 0.0092" in lines["loss"].formula, "as the tutorial printed them"
    results = {name: float(re.findall(r"-?[\d.]+", line.formula)[-1]) for name, line in lines.items()}
    assert results["z1"] == 1.1 and results["z2"] == 1.3
    assert results["slope"] == pytest.approx(1.38 - 1.5)
    assert results["v"] == pytest.approx(-0.12 * 1.1)
    assert results["delta"] == pytest.approx(-0.12), "without the output weight 0.4"
    assert results["w"] == pytest.approx(-0.12 * 2)
    assert results["new"] == pytest.approx(0.5 + 0.1 * 0.24)
    assert "1.16" in lines["a3"].wrong and "0.0072" in lines["loss"].wrong and "0.0578" in lines["loss"].wrong


@pytest.mark.parametrize(
    ("name", "typed", "right", "said"),
    [
        ("a3", "1.16", True, "Right"),
        ("a3", " 1,16 ", True, "Right"),
        ("loss", "0.0578", True, "Right"),
        ("loss", "0.0072", False, "own"),
        ("delta", "−0.136", True, "Right"),
        ("delta", "0.136", False, "sign"),
        ("delta", "-0.048", False, "own"),
        ("delta", "nan", False, "Not yet"),
        ("a3", "a lot", False, "not a number"),
    ],
)
def test_a_typed_number_is_judged_kindly(name: str, typed: str, right: bool, said: str) -> None:
    repair = next(row for row in repairs() if row.name == name)
    found = judge(repair, typed)
    assert found[0] is right and said in found[1]


def test_the_forgetful_update_by_hand() -> None:
    spec = forgetful_update()
    assert spec.layers[0].weights[0][0] == pytest.approx(0.5 + 0.1 * 0.34 * 2)
    assert spec.layers[1].weights[0] == pytest.approx((0.4374, 0.4442)), "the output layer was right"
    assert graph_of(spec).loss.value < graph_of(WORKED).loss.value


def _draw() -> None:
    from ui.lessons.backpropagation_mistakes import mistakes_section

    mistakes_section()


def test_a_learner_finds_them_all() -> None:
    app = AppTest.from_function(_draw).run()
    assert app.button[0].disabled and not app.success
    for line in (3, 5):  # one wrong line, and one that only carries a wrong number on
        app.checkbox[line - 1].check().run()
    app.button[0].click().run()
    assert [row.value[:6] for row in app.success] == ["Found."] and "right, given the ones above" in app.info[0].value
    assert "1 of 3 found; 2 are left" in app.caption[-1].value
    app.checkbox[4].uncheck()
    app.checkbox[3].check()
    app.checkbox[6].check().run()
    app.button[0].click().run()
    assert len(app.text_input) == 3 and not app.info
    for field, typed in zip(app.text_input, ("1.16", "0.0578", "-0.136"), strict=True):
        field.input(typed)
    app.run()
    assert "All three are right" in app.success[-1].value and "0.568" in app.success[-1].value
    assert not app.exception
