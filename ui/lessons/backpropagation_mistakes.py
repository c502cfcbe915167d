"""The exercise: a tutorial computed the worked example and made three mistakes; find them and put them right."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dlcore.explain.backprop_trace import graph_of, trace, updated
from dlcore.specs.traced import WORKED, Traced
from ui.lessons.backpropagation_names import shown
from ui.teaching import explain

PRINTED_ANSWER, PRINTED_LOSS = 1.38, 0.0092  # as the tutorial had them
CLOSE = 0.01  # of the right number: a typed answer may be rounded


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the tutorial's computation; `wrong` says why it is wrong, given the lines above it, or is empty."""

    name: str
    formula: str  # LaTeX
    wrong: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A number that the learner puts right: the `right` one, and one that is right on the tutorial's own terms."""

    name: str
    asked: str
    right: float
    own_terms: float | None = None


def tutorial_lines() -> tuple[Line, ...]:
    """The tutorial's lines: two numbers as it printed them, and what its own rules make of them from there on."""
    (x,), (y,) = WORKED.inputs, WORKED.target
    hidden, output = WORKED.layers
    (w1,), (w2,) = hidden.weights
    (b1, b2), (v1, v2), (c,) = hidden.biases, output.weights[0], output.biases
    z1, z2 = w1 * x + b1, w2 * x + b2
    slope = PRINTED_ANSWER - y
    numbers = {"z1": z1, "z2": z2, "slope": slope, "v": slope * z1, "w": slope * x}
    n = {name: _latex(value) for name, value in numbers.items()}
    eta = WORKED.learning_rate
    return (
        Line(name="z1", formula=rf"a_1 = \text{{ReLU}}({w1} \cdot {x} + {b1}) = {n['z1']}"),
        Line(name="z2", formula=rf"a_2 = \text{{ReLU}}({w2} \cdot {x} - {-b2}) = {n['z2']}"),
        Line(
            name="a3",
            formula=rf"a_3 = {v1} \cdot {n['z1']} + {v2} \cdot {n['z2']} + {c} = {PRINTED_ANSWER}",
            wrong=rf"The sum is {v1 * z1:g} + {v2 * z2:g} + {c:g} = {_right('sum/1/0')}.",
        ),
        Line(
            name="loss",
            formula=rf"L = \tfrac12 ({y} - {PRINTED_ANSWER})^2 = {PRINTED_LOSS}",
            wrong=rf"Even with its own {PRINTED_ANSWER} this is ½ · {y - PRINTED_ANSWER:.2g}² = {_own_loss():.4f}; "
            rf"with the right $a_3$ it is {_right('loss')}.",
        ),
        Line(
            name="slope",
            formula=rf"\dfrac{{\partial L}}{{\partial a_3}} = a_3 - y = {PRINTED_ANSWER} - {y} = {n['slope']}",
        ),
        Line(
            name="v",
            formula=r"\dfrac{\partial L}{\partial w_{1→3}} = \dfrac{\partial L}{\partial a_3} \cdot a_1 = "
            rf"{n['slope']} \cdot {n['z1']} = {n['v']}",
        ),
        Line(
            name="delta",
            formula=r"\dfrac{\partial L}{\partial z_1} = \dfrac{\partial L}{\partial a_3} \cdot \text{ReLU}'(z_1) = "
            rf"{n['slope']} \cdot 1 = {n['slope']}",
            wrong=rf"Between $a_3$ and $z_1$ lies $a_1$, and $a_3$ hears it through $w_{{1→3}} = {v1}$. That factor is "
            "missing, here and in unit 2: the chain rule has a factor for *every* link.",
        ),
        Line(
            name="w",
            formula=r"\dfrac{\partial L}{\partial w_{x→1}} = \dfrac{\partial L}{\partial z_1} \cdot x = "
            rf"{n['slope']} \cdot {x} = {n['w']}",
        ),
        Line(
            name="new",
            formula=rf"w_{{x→1}} \leftarrow {w1} - {eta} \cdot ({n['w']}) = {_latex(w1 - eta * slope * x)}",
        ),
    )


def repairs() -> tuple[Repair, ...]:
    """The numbers to put right, in the order of the wrong lines."""
    nodes = trace(WORKED)["nodes"]
    (y,), weight = WORKED.target, WORKED.layers[1].weights[0][0]
    return (
        Repair(name="a3", asked="a₃ =", right=nodes["sum/1/0"]["value"]),
        Repair(name="loss", asked="L =", right=nodes["loss"]["value"], own_terms=_own_loss()),
        Repair(
            name="delta",
            asked="∂L/∂z₁ =",
            right=nodes["sum/0/0"]["grad"],
            own_terms=(PRINTED_ANSWER - y) * weight,
        ),
    )


def forgetful_update() -> Traced:
    """The network after an update in which only the hidden gradients lack the output weight."""
    nodes, after = trace(WORKED)["nodes"], updated(WORKED)
    slope, (x,), eta = nodes["sum/1/0"]["grad"], WORKED.inputs, WORKED.learning_rate
    hidden = WORKED.layers[0]
    weights = [[w - eta * slope * x] for (w,) in hidden.weights]
    biases = [b - eta * slope for b in hidden.biases]
    return after.replace({"layers.0.weights": weights, "layers.0.biases": biases})


def judge(repair: Repair, typed: str) -> tuple[bool, str]:
    """Whether a typed number is right, and what to tell."""
    try:
        value = float(typed.strip().replace("−", "-").replace(",", "."))
    except ValueError:
        return False, "That is not a number yet. Try one such as 0.25 or −0.25."
    if abs(value - repair.right) <= CLOSE * abs(repair.right):
        return True, f"Right: {shown(repair.right)}."
    if repair.own_terms is not None and abs(value - repair.own_terms) <= CLOSE * abs(repair.own_terms):
        return False, f"Right for the tutorial's own $a_3$ = {PRINTED_ANSWER}. And with the $a_3$ that you put right?"
    if abs(value + repair.right) <= CLOSE * abs(repair.right):
        return False, "The size is right; look at the sign once more."
    return False, "Not yet. The worked example, step by step, shows the way."


def mistakes_section() -> None:
    """Draw the section."""
    st.markdown(
        "A tutorial computed the worked example by hand. It printed $a_3 = 1.38$ and $L = 0.0092$ and used one "
        "wrong rule; the lines after that are what follows from them. **Three lines are wrong.** Judge each by "
        "itself: is it right, *given the lines above it*? Mark the wrong ones. It is no shame to look the numbers "
        "up: real tutorials get this wrong, and readers copy it."
    )
    lines = tutorial_lines()
    told = st.session_state.get("backpropagation told", frozenset())
    for number, line in enumerate(lines, start=1):
        _draw(number, line, line.name in told)
    wrong = {line.name for line in lines if line.wrong}
    marked = {line.name for line in lines if _marked(line.name)}
    st.button(
        "Check my marks",
        type="primary",
        disabled=not marked,
        on_click=_check,
        args=(frozenset(marked),),
        help="Marks first, then this: it tells about the lines that you marked, and how many are still to be found.",
    )
    found = wrong & told
    if told:
        _tell(len(found), len(wrong), unchecked=bool(marked - told))
    if found:
        _repairs(found)


def _draw(number: int, line: Line, told: bool) -> None:
    key = f"backpropagation mark {line.name}"
    st.session_state.setdefault(key, st.session_state.get(f"{key} kept", False))
    st.session_state[f"{key} kept"] = st.checkbox(f"Line {number}: ${line.formula}$", key=key)
    if told and _marked(line.name):
        if line.wrong:
            st.success(f"Found. {line.wrong}", icon=":material/check:")
        else:
            st.info(
                "This line is right, given the ones above: it only carries their numbers on. Take its mark away.",
                icon=":material/info:",
            )


def _check(marked: frozenset[str]) -> None:
    st.session_state["backpropagation told"] = st.session_state.get("backpropagation told", frozenset()) | marked


def _marked(name: str) -> bool:
    return bool(st.session_state.get(f"backpropagation mark {name}", False))


def _tell(found: int, wrong: int, *, unchecked: bool) -> None:
    left = wrong - found
    if unchecked:
        st.caption("There are new marks: check them when you like.")
    elif left:
        st.caption(
            f"{found} of {wrong} found; {'one is' if left == 1 else f'{left} are'} left. Compute each line yourself, "
            "and ask of each gradient: is there a factor for every link between it and the loss?"
        )


def _repairs(found: set[str]) -> None:
    st.markdown("Now put them right. What should stand there, with everything before it right?")
    rows = [row for row in repairs() if row.name in found]
    done = 0
    for column, row in zip(st.columns(3), rows, strict=False):
        with column:
            key = f"backpropagation repair {row.name}"
            st.session_state.setdefault(key, st.session_state.get(f"{key} kept", ""))
            typed = st.session_state[f"{key} kept"] = st.text_input(row.asked, key=key, max_chars=30)
            if typed.strip():
                right, said = judge(row, typed)
                done += right
                (st.success if right else st.info)(said)
    if done == len(repairs()):
        after, forgetful = updated(WORKED), forgetful_update()
        losses = [shown(graph_of(spec).loss.value, 2) for spec in (WORKED, after, forgetful)]
        st.success(
            f"All three are right. What the third would have done alone: $w_{{x→1}}$ would have become "
            f"{shown(forgetful.layers[0].weights[0][0])} and not {shown(after.layers[0].weights[0][0])}, a step "
            f"1/0.4 = 2.5 times too long. The loss would have gone from {losses[0]} to {losses[2]}, with the right "
            f"gradients to {losses[1]}: it falls all the same, here by luck even further. So a falling loss does not "
            "prove a gradient right.",
            icon=":material/celebration:",
        )
        explain(
            "A wrong gradient often still points downhill. With other weights (a negative output weight, say) this one "
            "points uphill. Three habits find such mistakes: put the numbers in by hand once, compare with finite "
            "differences, compare with autograd. The section *Your own network* does the last two for any network."
        )


def _right(name: str) -> str:
    return shown(trace(WORKED)["nodes"][name]["value"])


def _own_loss() -> float:
    return float(0.5 * (WORKED.target[0] - PRINTED_ANSWER) ** 2)


def _latex(value: float) -> str:
    return shown(value).replace("−", "-")
