"""Bias and variance: many samples of one curve, a fit to each, and what their errors are made of."""

from __future__ import annotations

import streamlit as st

from ui.browser_part import browser_part
from ui.glossary import term
from ui.pages import page_at
from ui.teaching import explain, predict


def bias_section() -> None:
    """Draw the section."""
    st.markdown(
        "Had chance dealt you other points, you would have got another fit. So draw 150 samples of the same curve and "
        f"fit each. **{term('Bias and variance', 'Bias')}** is how far the *mean* of the fits is from the curve, "
        "**variance** how far the fits are from their mean; with the noise of new points that is all of the error."
    )
    predict(
        "overfitting bias",
        "The degree goes up. What becomes of bias and variance?",
        ("Both fall", "Bias falls, variance rises", "Bias rises, variance falls"),
        right=1,
        why="A polynomial that can bend more is on average nearer to the curve, and each single one follows the noise "
        "of its own sample more closely, so they lie further apart. The best degree is where the sum is smallest.",
    )
    browser_part("layerlab_overfitting_bias", "overfitting-bias.js", key="overfitting bias", data={}, on={})
    explain(
        "$$\\underbrace{\\mathbb E\\,(y - \\hat f(x))^2}_{\\text{measured on new points}} = "
        "\\underbrace{(\\mathbb E \\hat f(x) - f(x))^2}_{\\text{bias}^2} + "
        "\\underbrace{\\mathbb E\\,(\\hat f(x) - \\mathbb E \\hat f(x))^2}_{\\text{variance}} + "
        "\\underbrace{\\sigma^2}_{\\text{noise}}$$\n\n"
        "averaged over $x$. The crosses are measured on new noisy points and know nothing of the three parts; they lie "
        "on the sum, up to chance (the ± is the standard error of the measurement).\n\n"
        "**Degree 1**: all fits say much the same, and all are wrong alike: high bias, low variance. **Degree 12**: "
        "their mean is right, but a single fit is anywhere. (The mean of 150 "
        "such fits is itself uncertain by about a 150th of the variance: hence the bias² that "
        "grows again at the end.) And you only ever have *one* sample.\n\n"
        "**Even degrees gain nothing here**: the curve, a sine, is odd, so its bias falls at 1, 3 and 5 only, while "
        "each further coefficient costs variance. **Four times the points** divide the variance by about four and "
        "leave the bias alone; the noise stays whatever you do.\n\n"
        "In practice nobody knows $f$, so bias and variance cannot be told apart on real data; the learning curve "
        "gives a hint. The rule “more capacity, more variance” holds for this kind of fit, "
        "but not always: see the next section."
    )
    st.page_link(
        page_at("overfitting").script, label="Double descent: where the rule breaks", query_params={"section": "double"}
    )
