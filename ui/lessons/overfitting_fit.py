"""A polynomial through noisy points: too little capacity, enough, and too much, computed in the browser."""

from __future__ import annotations

import streamlit as st

from ui.browser_part import browser_part
from ui.glossary import term
from ui.pages import page_at
from ui.teaching import explain, predict, the_code

CODE = """\
import numpy as np
import torch
from numpy.polynomial.legendre import legvander

degree, points, sigma = 9, 15, 0.3
shuffle = np.random.default_rng(0)


def draw(count):
    x = -1 + 2 * (np.arange(count) + shuffle.random(count)) / count
    return x, np.sin(np.pi * x) + sigma * shuffle.standard_normal(count)


x, y = draw(points)  # to learn from
x_new, y_new = draw(2000)  # to judge by
for degree in range(min(14, points - 1) + 1):
    design = torch.from_numpy(legvander(x, degree))  # a column a polynomial: P_0(x), P_1(x), ...
    coefficients = torch.linalg.lstsq(design, torch.from_numpy(y)[:, None]).solution[:, 0].numpy()
    train = np.mean((legvander(x, degree) @ coefficients - y) ** 2)
    new = np.mean((legvander(x_new, degree) @ coefficients - y_new) ** 2)
    print(f"degree {degree:2}: {train:.4f} on the points, {new:.4f} on new ones")
"""


def fit_section() -> None:
    """Draw the section."""
    st.markdown(
        f"A polynomial of degree $d$ has $d + 1$ coefficients: its {term('capacity')}. With too few it cannot follow "
        f"the curve behind the points ({term('under-fitting')}); with too many it follows the noise as well "
        f"({term('over-fitting')}). Only points that it has **not** seen can tell: drag the degree and compare the "
        "two errors."
    )
    predict(
        "overfitting degree",
        "15 noisy points. The degree goes up from 0 to 14, and each time the best polynomial is fitted. What do the "
        "two errors do?",
        (
            "Both fall all the way: more coefficients fit better",
            "The error on the points falls to 0; that on new points falls, then rises",
            "Both fall, then both rise",
        ),
        right=1,
        why="A polynomial of a higher degree can do all that one of a lower degree can, so on its own points it is "
        "never worse, and with 15 coefficients it goes through all 15. What it gains at the end is the noise of "
        "just these points, and new points have other noise.",
    )
    predict(
        "overfitting accuracy",
        "A network reaches 100 % accuracy on its training data. What does that say?",
        ("That it has learned the task", "Next to nothing about new data", "That it has over-fitted"),
        right=1,
        why="A large table that stores every sample would get 100 %, too. Whether the score on **new** data is 100 % "
        "or 50 %, only new data can say. Nor is it a proof of over-fitting: on data without noise a perfect score "
        "on the training data can come with a perfect one on new data. Set the noise to 0 and look at degree 9.",
    )
    browser_part("layerlab_overfitting_fit", "overfitting-fit.js", key="overfitting fit", data={}, on={})
    explain(
        "**Degree 0 to 2: under-fitting.** Both errors are high and nearly equal. More data would not help; a curve "
        "that can bend more would.\n\n"
        "**Degree 3 to 5: about right.** The error on new points comes close to $\\sigma^2$, the noise that nobody can "
        "predict. Below that no model gets on average.\n\n"
        "**Degree 10 and more: over-fitting.** The error on the training points goes to 0 while that on new points "
        "rises. The *gap* between both curves is what over-fitting means, not a small training error.\n\n"
        "**Less noise or more points** move the bend to the right: with 200 points even degree 14 does little harm. "
        "So a model is not too large by itself; it is too large *for its data*.\n\n"
        "Fitted by least squares, "
        "$\\min_c \\sum_i \\big(y_i - \\sum_k c_k P_k(x_i)\\big)^2$, with Legendre's polynomials $P_k$: the same "
        "curves as with the powers $x^k$, and far less rounding. All errors here are measured, on the points and on "
        "2,000 new ones."
    )
    the_code(CODE)
    st.page_link(page_at("overfitting").script, label="The same with networks", query_params={"section": "sizes"})
