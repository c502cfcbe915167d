"""The texts of losses, and that every activation and loss of the Playground has one."""

from __future__ import annotations

from dlcore.specs.traced import LOSS_NAMES
from dlcore.training.activations import ACTIVATIONS as ROWS
from ui.lessons.backpropagation_formulas import ACTIVATIONS, LossText, activation_lines, derivative_line, note_of


def test_every_activation_has_its_formula() -> None:
    assert {*ACTIVATIONS, "linear", "softmax"} == {row.name for row in ROWS}
    assert activation_lines("relu", "a_(1)", "z_(1)", (1.1, 1.1)) == [
        "a_(1) = ReLU(z_(1)) = max(0, z_(1))",
        "= ReLU(1.1)",
        "= 1.1",
    ]
    assert derivative_line("tanh", 0.0, 1.0) == "tanh′(z) = 1 − tanh² z; at z = 0 it is 1"


def test_a_loss_with_the_numbers_put_in() -> None:
    text = LossText("half_squared", [("a_(3)", 1.16)], [("y", 1.5)], [])
    assert text.value(0.0578) == ["L = ½ (y − a_(3))²", "= ½ (1.5 − 1.16)²", "= 0.0578"]
    assert text.slope(0, -0.34) == ["[∂L|∂a_(3)] = a_(3) − y", "= 1.16 − 1.5", "= −0.34"]


def test_a_mean_over_outputs_says_so_and_brackets_what_is_negative() -> None:
    text = LossText("mse", [("a", -1.0), ("b", 2.0)], [("y_(1)", -3.0), ("y_(2)", 0.0)], [])
    assert text.value(4.0)[1] == "= [(−3 − (−1))² + (0 − 2)²|2]"
    assert text.slope(0, 2.0) == ["[∂L|∂a] = (2 · (a − y_(1))) / 2", "= (2 · (−1 − (−3))) / 2", "= 2"]


def test_losses_on_scores_speak_of_probabilities() -> None:
    text = LossText("cross_entropy", [("z_(1)", 0.0), ("z_(2)", 1.1)], [("y_(1)", 0.0), ("y_(2)", 1.0)], [0.25, 0.75])
    assert text.value(0.2877)[1:] == ["L = −ln p_(2), the true class: −ln 0.75", "= 0.2877"]
    assert text.slope(1, -0.25) == ["[∂L|∂z_(2)] = p_(2) − y_(2)", "= 0.75 − 1", "= −0.25"]
    assert all(note_of(name) for name in LOSS_NAMES if name not in ("half_squared", "mse"))
