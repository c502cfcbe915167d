"""A tiny network in numpy that really learns the circle data: plausible frames for the live view without the engine."""

from __future__ import annotations

import itertools
import json
import struct
import threading
from collections.abc import Mapping
from typing import Any

import numpy as np

SIZES = (2, 4, 2, 1)
GRID = 24
PLANE = 60
LAYERS = ("Hidden 1", "Hidden 2", "Output")


def encode(header: dict[str, Any], arrays: Mapping[str, np.ndarray] | None = None, body: bytes | None = None) -> bytes:
    """One packet of the wire (docs/architecture.md)."""
    if arrays is not None:
        table, parts, offset = [], [], 0
        for name, array in arrays.items():
            data = np.ascontiguousarray(array).tobytes()
            data += b"\0" * (-len(data) % 8)
            table.append([name, str(array.dtype), list(array.shape), offset])
            parts.append(data)
            offset += len(data)
        header, body = {**header, "arrays": table}, b"".join(parts)
    body = body or b""
    head = json.dumps(header, allow_nan=False).encode()
    head += b" " * (-len(head) % 8)
    return struct.pack("<II", len(head), len(body)) + head + body + b"\0" * (-len(body) % 8)


def curve(*series: tuple[str, str, str]) -> dict[str, Any]:
    traces = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": title,
            "line": {"width": 2, "dash": "dash" if role == "test" else "solid"},
            "meta": {"feeds": {"x": "epoch", "y": metric}, "colour": role},
        }
        for metric, title, role in series
    ]
    return {"data": traces, "layout": {"xaxis": {"title": {"text": "epoch"}}, "yaxis": {"title": {"text": ""}}}}


class FakeRun:
    """Two inputs, tanh layers, full-batch gradient descent on the mean squared error."""

    steps_an_epoch = 25

    def __init__(self, seed: int = 0, views: tuple[str, ...] | None = None) -> None:
        self.lock = threading.RLock()
        self.seed, self.generation = seed, 1
        self.only = views
        self.epochs: int | None = None  # after which the spec says that training stops; the fake itself goes on
        self.status, self.reason, self.notice = "ready", "", ""
        self.speed: float | None = None
        self.measured, self.version = 0.0, 0
        self.reset()

    def reset(self) -> None:
        rng = np.random.default_rng(self.seed)
        n = 250
        angle = rng.uniform(0, 2 * np.pi, n)
        radius = np.where(np.arange(n) % 2, rng.uniform(3.5, 5, n), rng.uniform(0, 2.5, n))
        self.points = np.stack([radius * np.cos(angle), radius * np.sin(angle)], 1)
        self.targets = np.where(np.arange(n) % 2, -1.0, 1.0)
        self.weights = [rng.normal(0, 1 / np.sqrt(a), (b, a)) for a, b in itertools.pairwise(SIZES)]
        self.biases = [np.zeros(b) for b in SIZES[1:]]
        self.gradients: list[tuple[np.ndarray, np.ndarray]] = []
        self.steps = 0
        self.status, self.reason = "ready", ""
        self.rows: list[list[float]] = []
        self.version += 1
        self.record()

    def forward(self, x: np.ndarray) -> list[np.ndarray]:
        outputs = [x]
        for w, b in zip(self.weights, self.biases, strict=True):
            outputs.append(np.tanh(outputs[-1] @ w.T + b))
        return outputs

    def step(self) -> None:
        batch = np.random.default_rng((self.seed, self.steps)).integers(0, 125, 20)
        outputs = self.forward(self.points[batch])
        delta = 2 * (outputs[-1] - self.targets[batch, None]) / len(batch)
        self.gradients = []
        for layer in reversed(range(len(self.weights))):
            delta = delta * (1 - outputs[layer + 1] ** 2)
            self.gradients.insert(0, (delta.T @ outputs[layer], delta.sum(0)))
            delta = delta @ self.weights[layer]
        for layer, (w, b) in enumerate(self.gradients):
            self.weights[layer] -= 0.08 * w
            self.biases[layer] -= 0.08 * b
        self.steps += 1
        if self.steps % 5 == 0 or self.steps < 50:
            self.record()

    def losses(self) -> dict[str, float]:
        error = (self.forward(self.points)[-1][:, 0] - self.targets) ** 2 / 2
        right = np.sign(self.forward(self.points)[-1][:, 0]) == self.targets
        found = {
            "train_loss": float(error[:125].mean()),
            "test_loss": float(error[125:].mean()),
            "train_accuracy": float(right[:125].mean()),
            "test_accuracy": float(right[125:].mean()),
        }
        for layer in range(len(self.weights)):
            norm = np.sqrt(sum((g**2).sum() for g in self.gradients[layer])) if self.gradients else 0.0
            found[f"gradient_norm/{layer + 1}"] = float(norm)
        return found

    def record(self) -> None:
        self.rows.append([self.steps, self.steps / self.steps_an_epoch, *self.losses().values()])

    def grid(self, size: int) -> list[np.ndarray]:
        at = np.linspace(-6, 6, size)
        x1, x2 = np.meshgrid(at, at)
        return self.forward(np.stack([x1.ravel(), x2.ravel()], 1))

    def views(self) -> list[dict[str, Any]]:
        def view(name: str, kind: str, title: str, text: str, series: Any = (), **options: Any) -> dict[str, Any]:
            rows = [{"metric": m, "title": t, "role": r} for m, t, r in series]
            return {"name": name, "kind": kind, "title": title, "help": text, "series": rows, "options": options}

        everything = [
            view(
                "network",
                "network",
                "Network",
                "Every unit shows its own response over the plane. Blue is positive.",
                inputs=["x₁", "x₂"],
                layers=[{"name": n, "units": u, "activation": "tanh"} for n, u in zip(LAYERS, SIZES[1:], strict=True)],
                heatmaps=True,
                edit={"max_layers": 8, "max_units": 16},
                batch_norm=False,
            ),
            view(
                "output",
                "plane",
                "Output",
                "What the network answers at every point of the plane.",
                axes=["x₁", "x₂"],
                range=[[-6, 6], [-6, 6]],
                classes=["orange", "blue"],
                scale=[-1, 1],
                draw=False,
                note="",
            ),
            view("loss", "curve", "Loss", "How wrong the network is, on average.", self.series("loss"), log=False),
            view("accuracy", "curve", "Accuracy", "Share of right answers.", self.series("accuracy"), log=False),
            view(
                "gradients",
                "curve",
                "Gradient norm",
                "How strongly each layer is pushed.",
                self.series("gradients"),
                log=True,
            ),
            view("bars", "bars", "Gradient norm now", "One bar a layer.", self.series("gradients")),
            view(
                "histogram",
                "histogram",
                "Weights",
                "How the weights of a layer are spread.",
                layers=list(LAYERS),
                quantity="weight",
            ),
            view(
                "confusion",
                "confusion",
                "Confusion matrix",
                "Which class was taken for which.",
                classes=["orange", "blue"],
            ),
            view(
                "surface3d",
                "surface",
                "Output in 3-D",
                "The output as a landscape.",
                axes=["x₁", "x₂"],
                range=[[-6, 6], [-6, 6]],
                classes=["orange", "blue"],
                scale=[-1, 1],
            ),
        ]
        return [row for row in everything if self.only is None or row["name"] in self.only]

    @staticmethod
    def series(name: str) -> list[tuple[str, str, str]]:
        if name == "gradients":
            return [(f"gradient_norm/{i + 1}", layer, f"layer:{i + 1}") for i, layer in enumerate(LAYERS)]
        return [(f"train_{name}", "train", "train"), (f"test_{name}", "test", "test")]

    def figures(self) -> dict[str, Any]:
        layers = range(1, len(LAYERS) + 1)
        names = [f"gradient_norm/{i}" for i in layers]
        bars = {
            "type": "bar",
            "x": list(LAYERS),
            "meta": {"feeds": {"y": f"metrics:[{','.join(names)}]"}, "colours": [f"layer:{i}" for i in layers]},
        }
        bins = [
            {
                "type": "bar",
                "name": LAYERS[i - 1],
                "xaxis": f"x{i if i > 1 else ''}",
                "yaxis": f"y{i if i > 1 else ''}",
                "meta": {
                    "colour": f"layer:{i}",
                    "feeds": {
                        "x": f"centres:histogram/edges/{i - 1}",
                        "width": f"widths:histogram/edges/{i - 1}",
                        "y": f"array:histogram/counts/{i - 1}",
                    },
                },
            }
            for i in layers
        ]
        at = np.linspace(-6, 6, 30).tolist()
        surface = {
            "type": "surface",
            "x": at,
            "y": at,
            "showscale": False,
            "meta": {"feeds": {"z": "array:surface3d/heights"}, "colour": "diverging"},
        }
        return {
            "loss": curve(*self.series("loss")),
            "accuracy": curve(*self.series("accuracy")),
            "gradients": curve(*self.series("gradients")),
            "bars": {"data": [bars], "layout": {"yaxis": {"title": {"text": "‖gradient‖"}}}},
            "histogram": {
                "data": bins,
                "layout": {
                    "grid": {"rows": 1, "columns": 3, "pattern": "independent"},
                    "bargap": 0,
                    "showlegend": False,
                    "annotations": [
                        {"text": "", "x": 0, "y": 1.1, "xref": "paper", "yref": "paper", "showarrow": False}
                    ],
                    "meta": {"texts": {"annotations.0.text": "right answers: {test_accuracy|percent}"}},
                },
            },
            "surface3d": {"data": [surface], "layout": {"scene": {"zaxis": {"range": [-1, 1]}}}},
        }

    def description(self) -> bytes:
        at = np.linspace(-6, 6, GRID)
        x1, x2 = np.meshgrid(at, at)
        constants: dict[str, np.ndarray] = {
            "network/unit/0": np.round(127.5 + 127.5 * np.stack([x1, x2]) / 6).astype(np.uint8),
            "network/unit_scale/0": np.array([6, 6], np.float32),
            "output/train_points": self.points[:125].astype(np.float32),
            "output/train_targets": (self.targets[:125] > 0).astype(np.float32),
            "output/test_points": self.points[125:].astype(np.float32),
            "output/test_targets": (self.targets[125:] > 0).astype(np.float32),
        }
        header = {
            "type": "description",
            "generation": self.generation,
            "lab": "supervised",
            "title": "Circle",
            "spec": {"kind": "supervised", "training": {"epochs": self.epochs}, "seed": self.seed},
            "steps_an_epoch": self.steps_an_epoch,
            "views": self.views(),
            "figures": self.figures(),
        }
        return encode(header, constants)

    def history(self, start: int, end: int) -> bytes:
        new = np.array(self.rows[start:end], dtype=np.float64)
        columns = ["step", "epoch", *self.losses()]
        header = {"type": "history", "version": self.version, "start": start, "columns": columns, "rows": len(new)}
        return encode(header, body=new.tobytes())

    def state(self) -> bytes:
        return encode(
            {
                "type": "state",
                "status": self.status,
                "reason": self.reason,
                "notice": self.notice,
                "rate": self.measured,
                "speed": self.speed,
                "step": self.steps,
                "epoch": self.steps / self.steps_an_epoch,
                "last_step": self.steps,
            }
        )

    def frame(self, watched: list[str]) -> bytes:
        found: dict[str, np.ndarray] = {}
        if "network" in watched:
            outputs = self.grid(GRID)
            for layer, (w, b) in enumerate(zip(self.weights, self.biases, strict=True)):
                found[f"network/weight/{layer}"] = w.astype(np.float32)
                found[f"network/bias/{layer}"] = b.astype(np.float32)
                if self.gradients:
                    found[f"network/weight_gradient/{layer}"] = self.gradients[layer][0].astype(np.float32)
                    found[f"network/bias_gradient/{layer}"] = self.gradients[layer][1].astype(np.float32)
                maps = outputs[layer + 1].T.reshape(-1, GRID, GRID)
                found[f"network/unit/{layer + 1}"] = np.round(127.5 + 127.5 * maps).astype(np.uint8)
                found[f"network/unit_scale/{layer + 1}"] = np.ones(len(maps), np.float32)
        if "output" in watched:
            values = self.grid(PLANE)[-1].reshape(PLANE, PLANE)
            found["output/surface"] = np.round(127.5 + 127.5 * values).astype(np.uint8)
        if "surface3d" in watched:
            found["surface3d/heights"] = self.grid(30)[-1].reshape(30, 30).astype(np.float32)
        if "histogram" in watched:
            for layer, w in enumerate(self.weights):
                counts, edges = np.histogram(w, bins=12, range=(-3, 3))
                found[f"histogram/edges/{layer}"] = edges.astype(np.float32)
                found[f"histogram/counts/{layer}"] = counts.astype(np.float32)
        if "confusion" in watched:
            guess = (self.forward(self.points[125:])[-1][:, 0] > 0).astype(int)
            truth = (self.targets[125:] > 0).astype(int)
            counts = np.zeros((2, 2), np.int32)
            np.add.at(counts, (truth, guess), 1)
            found["confusion/counts"] = counts
        header = {
            "type": "frame",
            "generation": self.generation,
            "step": self.steps,
            "epoch": self.steps / self.steps_an_epoch,
            "metrics": {name: value if np.isfinite(value) else None for name, value in self.losses().items()},
        }
        return encode(header, found)
