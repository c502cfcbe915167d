"""Looking at all variants of a race: numbers and arrays of a frame, from what each variant's own lab shows."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from dlcore.explain.ranking import RANKINGS
from dlcore.labs.race_clock import TimedRunner
from dlcore.labs.race_cures import cure_metrics
from dlcore.labs.race_layers import asked_of, layer_arrays, layer_metrics
from dlcore.labs.race_signals import signal_arrays
from dlcore.labs.ranking_views import MEASURES, constant_report

if TYPE_CHECKING:
    from dlcore.labs.race import RaceLab

# views of a variant's own lab that are shown for each: `output_0`, `output_1` …
OF_EACH = ("output", "confusion", "weights", "dropout")
TOGETHER = ("report", *RANKINGS)  # views in which all variants are side by side


class RaceProbes:
    """The probes of one race; they read the labs and change nothing."""

    def __init__(self, lab: RaceLab) -> None:
        self.lab = lab
        first = lab.runners[0].lab
        self.classes = len(first.data.classes)
        self.said = constant_report(first.data.y_test, self.classes) if self.classes else {}

    @property
    def score(self) -> str:
        """The metric that tells a good variant from a bad one."""
        return "test_accuracy" if self.classes else "test_r2"

    def look(self, watched: frozenset[str]) -> tuple[dict[str, float], dict[str, np.ndarray]]:
        """Metrics `<variant>/train_loss` …, and the arrays of the watched views."""
        metrics: dict[str, float] = {}
        arrays = signal_arrays(self.lab, watched)
        reports: list[Mapping[str, float]] = []
        shared = watched & set(TOGETHER)
        for number, runner in enumerate(self.lab.runners):
            own = frozenset(name for name in OF_EACH if f"{name}_{number}" in watched)
            frame = runner.frame(own | shared | asked_of(watched, number))
            told = {name: value for name, value in frame.metrics.items() if name.startswith(_TOLD)}
            metrics |= {f"{number}/{name}": value for name, value in told.items()} | {f"{number}/epoch": frame.epoch}
            if isinstance(runner, TimedRunner):
                watch = runner.measured(self.lab.spec.goal)
                metrics |= {f"{number}/{name}": value for name, value in watch.items()}
            metrics |= layer_metrics(watched, number, frame.metrics) | cure_metrics(self.lab, watched, number)
            arrays |= layer_arrays(self.lab, watched, number, frame.metrics)
            for name, array in frame.arrays.items():
                view, _, rest = name.partition("/")
                if view in own or f"{view}_{number}" in watched:
                    arrays[f"{view}_{number}/{rest}"] = array
                elif view in RANKINGS:
                    arrays[f"{view}/{rest.removesuffix('0')}{number}"] = array
            if "report" in shared and self.classes:
                found = {name: frame.arrays[f"report/{name}"][self._judged] for name, _ in MEASURES}
                reports.append({"accuracy": told.get(self.score, math.nan), **found})
        if reports:
            arrays |= self._report(reports)
        return metrics | self._repeated(metrics), arrays

    @property
    def _judged(self) -> int:
        """Whose precision and recall are shown: of two classes those of class 1, of more the mean of all."""
        return 1 if self.classes == 2 else -1

    def _report(self, reports: list[Mapping[str, float]]) -> dict[str, np.ndarray]:
        """A value a variant, and one for who always says the most frequent class."""
        always = {"accuracy": self.said["accuracy"]}
        for name, _ in MEASURES:
            always[name] = self.said[name][1] if self.classes == 2 else self.said[name].mean()
        rows = [*reports, always]
        return {f"report/{name}": np.array([row[name] for row in rows], dtype=np.float32) for name in always}

    def _repeated(self, metrics: Mapping[str, float]) -> dict[str, float]:
        """Mean and sample standard deviation over the variants, where these differ in nothing but chance.

        s = √(Σ (a_i - ā)² / (k - 1)).
        """
        found: dict[str, float] = {}
        if self.lab.spec.repeats:
            for name in ("test_loss", self.score):
                values = [metrics.get(f"{number}/{name}", math.nan) for number in range(len(self.lab.runners))]
                whole = all(math.isfinite(value) for value in values)
                found[f"mean/{name}"] = statistics.fmean(values) if whole else math.nan
                found[f"spread/{name}"] = statistics.stdev(values) if whole else math.nan
        return found

    def constants(self) -> dict[str, np.ndarray]:
        """The samples on the plane of every variant's output."""
        found: dict[str, np.ndarray] = {}
        for number, runner in enumerate(self.lab.runners):
            for name, array in runner.lab.constants().items():
                view, _, rest = name.partition("/")
                if view in OF_EACH:
                    found[f"{view}_{number}/{rest}"] = array
        return found


_TOLD = ("train_loss", "test_loss", "train_accuracy", "test_accuracy", "train_r2", "test_r2", "learning_rate", "area/")
