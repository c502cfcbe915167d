"""The survey of a loss surface, by workers: the way of a training, then the heights of two planes around its end."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Late
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from dlcore.engine.snapshots import Snapshot
from dlcore.specs.supervised import Supervised
from ui.answers import answer_of
from ui.engine import the_engine
from ui.lessons.optimizers_source import Source

SIDE = 41  # places along each axis
POINTS = 100  # of the way
ENOUGH = 20  # snapshots of a run, so that none of its updates need be repeated
EPOCHS = 100  # of an example without an end
BLOCK = 200_000_000  # multiplications of one call, so that whoever trains meanwhile does not wait long
MARGIN = 0.3  # of the way's extent that is shown beyond it, on each side
_PATIENCE = 60.0  # seconds for one call, where many learners share the workers
_SURFACE, _PATH = "dlcore.explain.loss_surface", "dlcore.explain.training_path"
Progress = Callable[[float, str], object]


class Still(ValueError):
    """There is no way to show: the network has not moved."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Plane:
    """A plane through the last weights: its range along each axis, `heights` (SIDE, SIDE), rows from the smallest v.

    `way` (n, 2) are the places on it that are nearest to the way, `below` (n,) the loss there, `held` how much of the
    way's variance lies in it.
    """

    name: str
    range: tuple[tuple[float, float], tuple[float, float]]
    heights: np.ndarray
    way: np.ndarray
    below: np.ndarray
    held: float


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Survey:
    """What was found: the way's `steps` (n) and `losses` (n,), and both planes. `number` tells one survey from another.

    `shares` are those of the way's variance along its five main directions, `walks` what the first two of random walks
    hold, `parameters` how many numbers the network learns.
    """

    number: str
    steps: list[int]
    losses: np.ndarray
    shares: np.ndarray
    walks: float
    parameters: int
    planes: tuple[Plane, Plane]


def survey(source: Source, reach: float, seed: int, progress: Progress) -> Survey:
    """Look around the last weights of a training; `reach` is how far along the random directions.

    Raises: Still; TimeoutError: the workers are busy.
    """
    spec, way = source.spec, _way(source, progress)
    if len(way["steps"]) < 3:
        raise Still("Fewer than three places of the way are known")
    weights, buffers = np.stack(way["weights"]), np.stack(way["buffers"])
    if not np.ptp(weights, axis=0).any():
        raise Still("The weights are where they were")
    found = answer_of(_ask(f"{_SURFACE}:planes", spec=spec, weights=weights, buffers=buffers, seed=seed), _PATIENCE)
    return Survey(
        number=secrets.token_hex(4),
        steps=way["steps"],
        losses=found["losses"],
        shares=found["shares"],
        walks=found["walks"],
        parameters=weights.shape[1],
        planes=_planes(spec, found, weights[-1], buffers[-1], reach, progress),
    )


def _way(source: Source, progress: Progress) -> dict[str, Any]:
    if source.run is None:
        epochs = source.spec.training.epochs or EPOCHS
        goal = answer_of(_ask(f"{_PATH}:updates_of", spec=source.spec, epochs=epochs), _PATIENCE)
        return _repeated(source.spec, None, (), goal, progress)
    run = source.run
    with run.lock:
        journal, goal, snapshots = tuple(run.journal), run.step_now, run.snapshots.kept
    kept = [one for one in snapshots if one.step <= goal]
    if len(kept) >= ENOUGH:
        found: dict[str, Any] = answer_of(_ask(f"{_PATH}:at_snapshots", spec=source.spec, snapshots=kept), _PATIENCE)
        return found
    if not kept or goal == 0:
        raise Still("No update was made")
    return _repeated(source.spec, kept[0], journal, goal, progress)


def _repeated(
    spec: Supervised, start: Snapshot | None, journal: tuple[Any, ...], goal: int, progress: Progress
) -> dict[str, Any]:
    """The way up to the update `goal`, some updates a call."""
    way: dict[str, list[Any]] = {"steps": [], "weights": [], "buffers": []}
    every = max(1, goal // POINTS)
    while True:
        asked = {"spec": spec, "start": start, "journal": journal, "every": every, "goal": goal}
        found = answer_of(_ask(f"{_PATH}:stretch", **asked), _PATIENCE)
        for name, rows in way.items():
            rows += found[name]
        start = found["reached"]
        if start is None:
            return way
        progress(0.5 * found["now"] / goal, f"Update {found['now']:,} of {goal:,}")


def _planes(
    spec: Supervised, found: dict[str, Any], end: np.ndarray, buffers: np.ndarray, reach: float, progress: Progress
) -> tuple[Plane, Plane]:
    way = found["main"]["way"]
    ranges = {"random": ((-reach, reach), (-reach, reach)), "main": (_around(way[:, 0]), _around(way[:, 1]))}
    asked: list[tuple[str, Future[Any]]] = []
    for name, (across, up) in ranges.items():
        grid = np.stack(np.meshgrid(np.linspace(*across, SIDE), np.linspace(*up, SIDE)), axis=-1).reshape(-1, 2)
        for places in _blocks(grid, spec, len(end)):
            arguments = {"centre": end, "directions": found[name]["directions"], "places": places, "buffers": buffers}
            asked.append((name, _ask(f"{_SURFACE}:heights", spec=spec, **arguments)))
    heights: dict[str, list[np.ndarray]] = {name: [] for name in ranges}
    for number, (name, answer) in enumerate(asked, start=1):
        heights[name].append(answer_of(answer, _PATIENCE))
        progress(0.5 + 0.5 * number / len(asked), f"{number * 100 // len(asked)} % of both planes")
    first, second = (
        Plane(
            name=name,
            range=ranges[name],
            heights=np.concatenate(heights[name]).reshape(SIDE, SIDE),
            **{key: found[name][key] for key in ("way", "below", "held")},
        )
        for name in ranges
    )
    return first, second


def _around(places: np.ndarray) -> tuple[float, float]:
    low, high = float(places.min()), float(places.max())
    margin = MARGIN * max(high - low, 1e-3)  # a straight way has no extent across
    return low - margin, high + margin


def _blocks(grid: np.ndarray, spec: Supervised, parameters: int) -> Iterator[np.ndarray]:
    size = max(SIDE, BLOCK // (parameters * spec.data.count))
    for start in range(0, len(grid), size):
        yield grid[start : start + size]


def _ask(function: str, **arguments: Any) -> Future[Any]:
    return the_engine().ask(function, **arguments)


def surveyed(source: Source, reach: float, seed: int) -> Survey | None:
    """The survey of these settings after the learner has pressed the button; None before, or where there is none."""
    run = source.run
    asked = (source.spec.as_json(), (run.id, run.generation) if run else (), reach, seed)
    known: tuple[Any, Survey] | None = st.session_state.get("optimizers survey")
    fresh = known is not None and known[0] == asked
    if st.button("Measure", icon=":material/science:", type="secondary" if fresh else "primary", width="stretch"):
        bar = st.progress(0.0, text="The way of the training…")
        try:
            found = survey(source, reach, seed, lambda share, text: bar.progress(share, text=text))
        except Late:
            st.warning("The training processes are busy; try again in a moment.")
        except Still:
            st.info("This network has not learned yet: train it, then come back.", icon=":material/play_arrow:")
        else:
            st.session_state["optimizers survey"] = known = (asked, found)
            fresh = True
        finally:
            bar.empty()
    if known is not None and not fresh:
        st.caption("These settings are not measured yet: press Measure.")
    return known[1] if known is not None and fresh else None
