"""The section on the eigenvalues of a valley: which learning rates hold, and why momentum overshoots."""

from __future__ import annotations

from concurrent.futures import TimeoutError as Late
from functools import lru_cache
from typing import Any

import streamlit as st

from dlcore.explain.quadratic import along, best_gradient_descent, best_momentum, critical_momentum, largest_rate
from dlcore.specs.descent import Descent
from ui.answers import answer_of
from ui.controls.form import Form
from ui.engine import the_engine
from ui.glossary import term
from ui.lab_section import lab_section, section_draft
from ui.lessons.optimizers_surfaces import PACE, take_start
from ui.live.component import Layout
from ui.pages import page_at
from ui.teaching import explain, predict

_CONDITIONS = (1.0, 2.0, 5.0, 10.0, 25.0, 50.0, 100.0, 250.0)
_SHARES = (0.1, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 1.9, 1.99, 2.01, 2.1, 2.25, 2.5, 3.0, 3.5, 3.79, 3.81, 4.0)
_MOMENTA = (0.0, 0.1, 0.25, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)
_TITLES = ("Gradient descent", "Momentum", "Best gradient descent", "Best momentum")
_DOES = {
    "creeps": "creeps up to it",
    "jumps": "jumps from side to side",
    "swings": "swings about it",
    "keeps on": "neither nearer nor farther",
    "diverges": "diverges",
}
_WAIT = 5.0  # seconds


def valley_of(condition: float, share: float, momentum: float) -> dict[str, Any]:
    """The changes that make the section's race: η λmax = share, and the two best settings for this κ beside it."""
    best_rate, _factor = best_gradient_descent(condition)
    quick_rate, quick, _factor = best_momentum(condition)
    rate = share / condition
    pairs = ((rate, None), (rate, momentum), (best_rate, None), (quick_rate, quick))
    racers = [
        {
            "optimizer": {"kind": "gd"} if beta is None else {"kind": "momentum", "momentum": beta},
            "learning_rate": eta,
            "title": title,
        }
        for title, (eta, beta) in zip(_TITLES, pairs, strict=True)
    ]
    return {"surface": {"kind": "valley", "condition": condition}, "racers": racers}


DEFAULT = Descent.parse({**valley_of(25.0, 0.5, 0.9), "start": [-3.5, 1.5], "steps": 150})


def valley_section() -> None:
    """Draw the section."""
    lab_section(
        "optimizers",
        "valley",
        default=DEFAULT,
        suits=_suits,
        lesson=_lesson,
        settings=_settings,
        layout=Layout(
            top=(("descent", 3), ("across", 2)), below=(("along", 1), ("heights", 1)), tabs=(("3-D", ("landscape",)),)
        ),
        on={"start": take_start},
        pace=PACE,
    )
    _table(section_draft("optimizers", "valley", DEFAULT).spec)
    explain(
        "In its main directions a valley falls apart into two parabolas that know nothing of each other, each with "
        f"its curvature λ, an eigenvalue of the {term('Hessian')}. **Gradient descent** multiplies the distance to the "
        "minimum by $1-\\eta\\lambda$ at every step. It shrinks as long as $\\eta<2/\\lambda$, in every direction, so "
        "the largest curvature sets the limit: $\\eta<2/\\lambda_{max}$. Above $1/\\lambda_{max}$ it "
        "already jumps from "
        "side to side across the valley, and yet converges. Along the flat direction such steps are tiny: the best "
        "rate for both, $2/(\\lambda_{min}+\\lambda_{max})$, leaves $(\\kappa-1)/(\\kappa+1)$ of the "
        "distance each step."
        "\n\n"
        "**Momentum** is a ball with mass in the same parabola: $w_{t+1}=w_t-\\eta\\lambda w_t+\\beta(w_t-w_{t-1})$, "
        "an oscillator with friction. Where $\\beta>(1-\\sqrt{\\eta\\lambda})^2$ there is too little "
        "friction: it passes "
        "the minimum and **swings**, and the swings fade by $\\sqrt\\beta$ a step, whatever λ is. Just at that value, "
        "while $\\eta\\lambda<1$, it is critically damped: no momentum is faster for this one λ, and it does not "
        "overshoot. One β has to serve all directions, so some swinging is no fault but the price of speed.\n\n"
        "With the best settings a step leaves $(\\sqrt\\kappa-1)/(\\sqrt\\kappa+1)$ in the long run: the "
        "number of steps "
        "grows with $\\sqrt\\kappa$ instead of κ. Momentum even bears larger learning rates, up to "
        "$2(1+\\beta)/\\lambda_{max}$. That one usually gives it smaller ones has another reason: where the gradient "
        "stays the same, its steps grow to $1/(1-\\beta)$ times the length."
    )
    st.page_link(
        page_at("optimizers").script, label="Next: the same race on real data", query_params={"section": "data"}
    )


def _suits(spec: Descent) -> bool:
    return (
        spec.surface.kind == "valley"
        and tuple(racer.title for racer in spec.racers) == _TITLES
        and [racer.optimizer.kind for racer in spec.racers] == ["gd", "momentum", "gd", "momentum"]
    )


def _lesson() -> None:
    st.header("Why momentum overshoots", anchor=False)
    st.markdown(
        "Close to a minimum a smooth surface mostly looks like a valley, "
        "$\\tfrac12(\\lambda_{min}u^2+\\lambda_{max}v^2)$. "
        f"Its {term('condition number')} $\\kappa=\\lambda_{{max}}/\\lambda_{{min}}$ says how narrow it is (here "
        f"$\\lambda_{{min}}=1$). The curvatures decide which learning rates hold, and when {term('momentum')} "
        "overshoots."
    )
    predict(
        "optimizers border",
        "Gradient descent in a valley with κ = 25: the learning rate goes up to 0.0804 (η·λmax = 2.01). What happens?",
        (
            "It is the fastest of all",
            "It stays on the floor beside the minimum",
            "It climbs the walls, further each step",
        ),
        right=2,
        why="Across the valley each step multiplies the distance by $1-0.0804\\cdot25=-1.01$: to the other side, and "
        "1 % higher. Just below the border, at 1.99, the same jumps shrink by 1 %. Along the valley it would have been "
        "fine: the steepest direction alone sets the limit.",
    )


def _settings(form: Form) -> None:
    condition = form.value("surface.condition")
    user, other = form.spec.racers[:2]
    share, momentum = round(user.learning_rate * condition, 6), other.optimizer.momentum
    st.select_slider(
        "Condition number κ ↻",
        sorted({*_CONDITIONS, condition}),
        format_func=lambda value: f"{value:g}",
        help="λmax, for λmin is 1. The learning rate changes along, so that η·λmax stays.",
        **form.bind(
            "surface.condition", condition, lambda _spec, chosen: _kept(form, valley_of(chosen, share, momentum))
        ),
    )
    st.select_slider(
        "Step size η·λmax",
        sorted({*_SHARES, share}),
        format_func=lambda value: f"{value:g}",
        help="The learning rate of gradient descent and momentum, in parts of 1/λmax. May change while they roll.",
        **form.bind(
            "racers.0.learning_rate",
            share,
            lambda _spec, chosen: {f"racers.{k}.learning_rate": chosen / condition for k in range(2)},
        ),
    )
    st.select_slider(
        "Momentum β",
        sorted({*_MOMENTA, momentum}),
        format_func=lambda value: f"{value:g}",
        help="How much of the last step is kept. May change while it rolls.",
        **form.bind("racers.1.optimizer.momentum", momentum),
    )
    rate = user.learning_rate
    st.markdown(
        f"$\\eta={rate:.4g}$. Limits: gradient descent "
        f"$\\dfrac{{2}}{{\\lambda_{{max}}}}={largest_rate(0, condition):.4g}$, "
        f"momentum $\\dfrac{{2(1+\\beta)}}{{\\lambda_{{max}}}}={largest_rate(momentum, condition):.4g}$"
    )
    st.markdown(
        f"Swings from $\\beta=(1-\\sqrt{{\\eta\\lambda}})^2$ on: along {critical_momentum(rate, 1.0):.3g}, across "
        f"{critical_momentum(rate, condition):.3g}"
    )


def _kept(form: Form, changes: dict[str, Any]) -> dict[str, Any]:
    """The race of another valley, turned as the present one is."""
    angle = form.value("surface.angle")
    return {**changes, "surface": {**changes["surface"], "angle": angle}}


@lru_cache(maxsize=256)
def _measured(balls: tuple[tuple[float, float], ...], curvatures: tuple[float, ...]) -> list[list[float]]:
    asked = the_engine().ask("dlcore.explain.quadratic:measured", balls=balls, curvatures=curvatures)
    found: list[list[float]] = answer_of(asked, _WAIT)
    return found


def _table(spec: Any) -> None:
    """What theory says of each ball and direction, and what `torch.optim` gives."""
    curvatures = [1.0, spec.settings["condition"]]
    balls = [(racer.learning_rate, getattr(racer.optimizer, "momentum", 0.0)) for racer in spec.racers]
    try:
        found = _measured(tuple(balls), tuple(curvatures))
    except Late:
        st.info("The measurement takes longer than usual: the server is busy. Change a setting to ask again.")
        return
    lines = ["| | direction | ηλ | theory: ×  a step | measured: × a step | it |", "|---|---|---:|---:|---:|---|"]
    for racer, (rate, momentum), factors in zip(spec.racers, balls, found, strict=True):
        for name, curvature, factor in zip(("along", "across"), curvatures, factors, strict=True):
            theory = along(rate, momentum, curvature)
            lines.append(
                f"| {racer.title} | {name}, λ = {curvature:g} | {rate * curvature:.3g} | {theory.factor:.4f} | "
                f"{factor:.4f} | {_DOES[theory.kind]} |"
            )
    st.markdown("#### Theory beside what was measured")
    st.markdown("\n".join(lines))
    st.caption(
        "Theory: the larger root |r| of r² − (1 + β − ηλ) r + β = 0. Measured: 200 steps of `torch.optim.SGD` from 1, "
        "the mean factor over the last 150. Where it swings, or is critically damped, the two differ by a little, for "
        "the factor is that of very many steps."
    )
