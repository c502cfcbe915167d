"""Training an experiment to its end at the command line, with a progress bar or as JSON lines."""

from __future__ import annotations

import json
import math
import sys
import time
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:  # a wrong spec is told before PyTorch is imported
    from dlcore.labs.lab import Lab

LINES = 1_000  # JSON lines of one run, about; a longer run leaves epochs out
_EVERY = 0.1  # seconds between two pictures of the progress bar


def train(spec: Any, *, as_json: bool) -> int:
    """Train until the experiment ends, print the final metrics, and return the exit code: 0, or 1 if it diverged.

    The numbers are those of the experiment's exported program, to the last digit.

    Raises: ValueError: the spec has no end or cannot be built, with the reason.
    """
    require_end(spec)
    import torch

    from dlcore.labs.lab import Diverged
    from dlcore.labs.registry import make_lab

    torch.set_num_threads(1)  # small networks are fastest so, and give the numbers of the app
    lab = make_lab(spec.exact())
    started = time.monotonic()
    watch = _JsonLines(spec) if as_json else _Bar(spec, sys.stderr)
    reason = lab.finished()
    try:
        while reason is None:
            lab.step()
            reason = lab.finished()
            watch.stepped(lab)
    except Diverged as error:
        watch.clear()
        print(error, file=sys.stderr)
        return 1
    finally:
        watch.clear()
    last = final_metrics(lab, time.monotonic() - started, reason)
    print(_json(last) if as_json else _table(last))
    return 0


def require_end(spec: Any) -> None:
    """Refuse an experiment that would train for ever. Raises: ValueError."""
    for member in getattr(spec, "members", (spec,)):  # every variant of a race
        training = getattr(member, "training", member)
        if any(getattr(training, name, None) is not None for name in ("epochs", "stop_loss", "early_stopping")):
            continue
        path = "epochs" if training is member else "training.epochs"
        path = path if member is spec else f"base.{path}"
        raise ValueError(
            f"{path}: this experiment has no end, and here nobody can pause it; say how long it trains, for example "
            f"--set {path}=100"
        )


def final_metrics(lab: Lab, seconds: float, reason: str) -> dict[str, Any]:
    """Step, epoch, losses and scores (R² of the test part as `r2`), the seconds it took and why it ended."""
    return {**_metrics(lab), "seconds": round(seconds, 3), "reason": reason}


def _metrics(lab: Lab) -> dict[str, Any]:
    frame = lab.frame()
    found: dict[str, Any] = {"step": frame.step, "epoch": frame.epoch}
    # those of a race begin with the number of their variant: 0/train_loss
    parts = ("train_", "test_")
    found |= {name: value for name, value in frame.metrics.items() if name.rpartition("/")[2].startswith(parts)}
    if "test_r2" in found:
        found["r2"] = found["test_r2"]
    return found


def _json(values: dict[str, Any]) -> str:
    # JSON knows no NaN and no infinity
    return json.dumps({k: None if isinstance(v, float) and not math.isfinite(v) else v for k, v in values.items()})


def _table(values: dict[str, Any]) -> str:
    width = max(len(name) for name in values)
    return "\n".join(
        f"{name:<{width}}  {f'{value:.6g}' if isinstance(value, float) else value}" for name, value in values.items()
    )


def _epochs(spec: Any) -> int | None:
    members = getattr(spec, "members", (spec,))
    found = [getattr(member, "training", member).epochs for member in members]
    return None if None in found else max(found)


class _JsonLines:
    """One object a line at the end of an epoch, thinned so that about `LINES` lines come out."""

    def __init__(self, spec: Any) -> None:
        self._every = max(1, math.ceil((_epochs(spec) or LINES) / LINES))
        self._steps = self._lines = 0

    def stepped(self, lab: Lab) -> None:
        self._steps += 1
        if self._steps % (lab.steps_an_epoch * self._every):
            return
        print(_json(_metrics(lab)), flush=True)
        self._lines += 1
        if self._lines == LINES:  # the end is further than thought: go on more rarely
            self._lines, self._every = LINES // 2, 2 * self._every

    def clear(self) -> None:
        """Nothing to take away."""


class _Bar:
    """One line that is drawn over and over: epoch, losses, time left; silent where nobody watches."""

    def __init__(self, spec: Any, stream: TextIO) -> None:
        self._epochs = _epochs(spec)
        self._stream = stream if stream.isatty() else None
        self._started = self._drawn = time.monotonic()
        self._width = 0

    def stepped(self, lab: Lab) -> None:
        now = time.monotonic()
        if self._stream is None or now - self._drawn < _EVERY:
            return
        self._drawn = now
        found = _metrics(lab)
        prefix = "" if "train_loss" in found else "0/"  # of a race the first variant
        losses = f"loss {found[f'{prefix}train_loss']:.4f} train, {found[f'{prefix}test_loss']:.4f} test"
        self._draw(f"{self._progress(found['epoch'], now - self._started)}  {losses}")

    def _progress(self, epoch: float, seconds: float) -> str:
        if self._epochs is None:
            return f"epoch {epoch:,.0f}"
        share = min(epoch / self._epochs, 1.0)
        full = round(20 * share)
        left = f", {seconds / share - seconds:,.0f} s left" if share > 0 else ""
        return f"[{'#' * full}{'.' * (20 - full)}] epoch {epoch:,.0f} of {self._epochs:,}{left}"

    def _draw(self, text: str) -> None:
        assert self._stream is not None
        self._stream.write(f"\r{text:<{self._width}}")
        self._stream.flush()
        self._width = len(text)

    def clear(self) -> None:
        """Take the line away, so that what comes next stands alone."""
        if self._stream is not None and self._width:
            self._draw("")
            self._stream.write("\r")
            self._stream.flush()
