"""Any small network on any sample, step by step: own numbers, a data set's sample, or the Playground's."""

from __future__ import annotations

from typing import Any

import streamlit as st

from datasets.registry import DATASETS
from dlcore.specs import limits
from dlcore.specs.spec import SpecError
from dlcore.specs.supervised import Supervised
from dlcore.specs.traced import HALF, LOSS_NAMES, ON_SCORES, Traced
from dlcore.training.activations import ACTIVATIONS
from dlcore.training.losses import LOSSES
from ui.engine import the_engine
from ui.glossary import term
from ui.lab_frame import lab_frame
from ui.lessons.backpropagation_networks import drawn, prepared, sample_of, taken, too_large, weights_of
from ui.lessons.backpropagation_part import Traces
from ui.lessons.backpropagation_worked import code_of
from ui.lessons.kept import kept, kept_key
from ui.owner import owner
from ui.pages import page_at
from ui.plain_text import plain
from ui.teaching import explain, predict

_KEY = "backpropagation own"
_SOURCES = {"numbers": "My own numbers", "sample": "A sample of a data set", "playground": "My Playground network"}
_HIDDEN = {row.name: row.title for row in ACTIVATIONS if row.hidden}
_ANY = {row.name: row.title for row in ACTIVATIONS}
_LOSSES = {HALF: "½ squared error", **{row.name: row.title for row in LOSSES}}
_SETS = {row.name: row.title for row in DATASETS if row.kind in ("generated", "table")}


def own_section() -> None:
    """Draw the section."""
    st.markdown(
        f"Any network of up to {limits.TRACED_LAYERS} hidden layers with {limits.TRACED_UNITS} units each, and any "
        f"sample. What the chain rule finds is compared with PyTorch's {term('autograd')} and with "
        f"{term('finite difference', 'finite differences')}, number by number."
    )
    predict(
        "backpropagation own",
        "A hidden ReLU unit has the sum z = −0.5 on this sample. What is the gradient of its weights?",
        ("Small, as z is close to 0", "Exactly 0", "Negative, as z is"),
        right=1,
        why="ReLU′(−0.5) = 0, and this factor is in every chain through that unit: its weights and its bias learn "
        "nothing *from this sample*. On another sample z may be positive, and then they learn. Only a unit whose "
        "sum is negative on all samples is dead.",
    )
    frame = lab_frame("controls", "live")
    with frame["controls"]:
        spec = _chosen()
    if spec is None:
        return
    traces = Traces("own", spec)
    with frame["live"]:
        traces.draw()
    explain(
        "**Autograd does what you just did.** While PyTorch computes, it notes every operation and what went in; "
        "`loss.backward()` goes back through these notes, upstream times local. So both agree to the last digits or "
        "so: they add the same numbers, sometimes in another order.\n\n"
        "**Finite differences know nothing of the chain rule**, and so are the better judge: "
        "$\\frac{L(w+h)-L(w-h)}{2h}$ with $h = 10^{-6}$, twice a forward pass for every weight. A smaller h is not "
        "better: the two losses then agree in nearly all of their 16 digits, and little is left of the difference.\n\n"
        "**At a kink** (ReLU at 0, |e| at 0) there is no derivative. PyTorch takes one side, 0 for ReLU; a finite "
        "difference straddles both and gives something between.\n\n"
        "**One sample is one vote.** In a mini-batch every sample has a forward and a backward pass like this one, "
        "and the gradients are averaged before the weights move."
    )
    code_of(traces.spec)


def _chosen() -> Traced | None:
    """The network of the controls; None, with a sentence on the page, where there is none."""
    source = kept(
        f"{_KEY} source",
        st.selectbox(
            "Where the network comes from",
            tuple(_SOURCES),
            format_func=_SOURCES.__getitem__,
            key=kept_key(f"{_KEY} source", "numbers"),
        ),
    )
    try:
        return {"numbers": _own_numbers, "sample": _sample, "playground": _playground}[source]()
    except SpecError as error:
        st.warning(plain(str(error)), icon=":material/warning:")
        return None


def _own_numbers() -> Traced | None:
    first, second = st.columns(2)
    inputs = _number(first, "Inputs", 2, limits.TRACED_INPUTS)
    outputs = _number(second, "Outputs", 1, limits.TRACED_UNITS)
    hidden = _hidden()
    third, fourth = st.columns(2)
    loss = _choice(third, "Loss", HALF, {name: _LOSSES[name] for name in LOSS_NAMES})
    needed = ON_SCORES.get(loss)
    usual = needed or "linear"
    output = _choice(fourth, "Output activation", usual, {needed: _ANY[needed]} if needed else _ANY)
    target = [float(k == 0) for k in range(outputs)] if loss in ON_SCORES else [1.0] * outputs
    values = [[1.0, -2.0, 0.5, 1.5, -1.0, 2.0, -0.5, 0.25][i] for i in range(inputs)]
    return drawn([*hidden, (outputs, output)], values, target, loss, _seed())


def _sample() -> Traced | None:
    first, fourth = st.columns(2)
    name = _choice(first, "Data set", "moons", _SETS)
    data: dict[str, object] = {"kind": "generated", "name": name}
    row = next(row for row in DATASETS if row.name == name)
    if row.kind == "table":
        data = {"kind": "table", "name": name, "features": list(row.features[: limits.TRACED_INPUTS])}
    hidden = _hidden()
    second, third = st.columns(2)
    losses = {loss.name: loss.title for loss in LOSSES if row.task in loss.outputs}
    loss = _choice(second, "Loss", {"regression": "mse", "binary": "bce"}.get(row.task, "cross_entropy"), losses)
    offered = next(one for one in LOSSES if one.name == loss).outputs[row.task]
    output = _choice(third, "Output activation", offered[0], {one: _ANY[one] for one in offered})
    spec = Supervised.parse({"data": data, "network": {"output": output}, "training": {"loss": loss}})
    number = _sample_number(fourth, spec)
    inputs, target, title = sample_of(spec, number)
    titles = ", ".join(f"x{i + 1} {one}" for i, one in enumerate(prepared(spec).input_titles))
    st.caption(
        plain(f"Training sample {number + 1}: {title}. Inputs as the network sees them, scaled: {titles}.")
        if row.kind == "table"
        else f"Training sample {number + 1} of {row.title}: {title}. Its place on the plane is the input."
    )
    return drawn([*hidden, (len(target), output)], inputs, target, loss, _seed())


def _playground() -> Traced | None:
    run = the_engine().find(st.session_state.get("playground run", ""))
    if run is None or run.owner != owner() or not isinstance(run.spec, Supervised):
        st.info("There is no Playground run in this visit yet. Train one there, then come back.")
        st.page_link(page_at("playground").script, label="Open the Playground")
        return None
    if why := too_large(run.spec):
        st.info(f"Your Playground network is too much to be followed by eye. {why}")
        st.page_link(page_at("playground").script, label="Make it smaller in the Playground")
        return None
    number = _sample_number(st, run.spec)
    key = f"{_KEY} taken"
    asked = st.button("Take its weights as they are now", icon=":material/download:")
    if asked or st.session_state.get(key, (None,))[0] != (run.id, run.generation):
        try:
            st.session_state[key] = ((run.id, run.generation), run.spec, *weights_of(run))
        except TimeoutError:
            st.warning("Your Playground run did not answer. Open the Playground once, then try again.")
            return None
    _, spec, step, weights = st.session_state[key]
    number = min(number, len(prepared(spec).x_train) - 1)
    _, _, title = sample_of(spec, number)
    left_out = (
        " Dropout and penalties are left out." if spec.training.dropout or spec.training.l1 + spec.training.l2 else ""
    )
    st.caption(
        plain(f"Your network after {step:,} updates, and its training sample {number + 1}: {title}.{left_out}")
        + " The update here is plain gradient descent on this one sample; your run does not notice it."
    )
    return taken(spec, weights, number)


def _hidden() -> list[tuple[int, str]]:
    count = _number(st, "Hidden layers", 1, limits.TRACED_LAYERS, least=0)
    layers = []
    for at in range(1, count + 1):
        left, right = st.columns([2, 3])
        units = _number(left, f"Units of layer {at}", 3, limits.TRACED_UNITS)
        layers.append((units, _choice(right, f"Activation of layer {at}", "tanh", _HIDDEN)))
    return layers


def _sample_number(place: Any, spec: Supervised) -> int:
    return _number(place, "Training sample", 1, len(prepared(spec).x_train)) - 1


def _seed() -> int:
    key = f"{_KEY} seed"
    seed: int = st.session_state.setdefault(key, 0)
    if st.button("Other weights", icon=":material/casino:", help="Draws all weights anew, between −1 and 1."):
        seed = st.session_state[key] = seed + 1
    return seed


def _number(place: Any, title: str, usual: int, most: int, *, least: int = 1) -> int:
    name = f"{_KEY} {title}"
    key = kept_key(name, min(usual, most), range(least, most + 1))
    return kept(name, int(place.number_input(title, least, most, key=key)))


def _choice(place: Any, title: str, usual: str, options: dict[str, str]) -> str:
    name = f"{_KEY} {title}"
    key = kept_key(name, usual, tuple(options))
    found = place.selectbox(title, tuple(options), format_func=options.__getitem__, key=key)
    return kept(name, found or usual)
