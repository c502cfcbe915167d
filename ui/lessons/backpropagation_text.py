"""A traced update as the browser shows it: the steps in their order, and every number with its formulas."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from dlcore.specs.traced import Traced
from ui.lessons.backpropagation_formulas import (
    ACTIVATIONS,
    LossText,
    activation_lines,
    derivative_line,
    note_of,
)
from ui.lessons.backpropagation_names import Names, held, products, shown

CHAIN = 6  # factors of one chain that are written out


class TraceText:
    """All texts of one trace (`dlcore.explain.backprop_check.checked_trace`)."""

    def __init__(self, spec: Traced, found: Mapping[str, Any]) -> None:
        self._spec, self._found, self._nodes = spec, found, found["nodes"]
        self._names = Names(spec)
        outputs = [self._names.output(len(spec.layers) - 1, k) for k in range(spec.units[-1])]
        self._outputs = outputs
        self._loss = LossText(
            spec.loss,
            [(self._names[name], self._value(name)) for name in outputs],
            [(self._names[f"target/{k}"], y) for k, y in enumerate(spec.target)],
            found["probabilities"],
        )

    def data(self) -> dict[str, Any]:
        """`steps`: [phase, title, [nodes]]; `nodes`: by name their label, numbers and lines; `layers`: what to draw."""
        nodes = {name: self._node(name) for name in self._nodes}
        nodes |= {
            f"target/{k}": {"label": self._names[f"target/{k}"], "value": y, "shown": shown(y), "lines": {}}
            for k, y in enumerate(self._spec.target)
        }
        return {"steps": self.steps(), "nodes": nodes, "layers": self._layers(), "check": self._check()}

    def steps(self) -> list[tuple[str, str, list[str]]]:
        """Every operation of one update, in order: what is computed in it, and what it is called."""
        forward = [name for name in self._found["forward"] if name != "loss"]
        steps = [("forward", self._title(name), [name]) for name in forward]
        steps.append(("loss", "How wrong is the answer?", ["loss"]))
        for name in reversed(forward):
            steps.append(("backward", f"How does L change with {self._names[name]}?", [name]))
            if name.startswith("sum/"):
                steps.append(
                    ("backward", f"… and with the weights of unit {self._unit(name)}?", self._parameters(name))
                )
        for name in forward:
            if name.startswith("sum/"):
                steps.append(
                    (
                        "update",
                        f"Unit {self._unit(name)} learns: downhill, against the gradient",
                        self._parameters(name),
                    )
                )
        return steps

    # One number

    def _node(self, name: str) -> dict[str, Any]:
        node = self._nodes[name]
        row: dict[str, Any] = {
            "label": self._names[name],
            "value": node["value"],
            "shown": shown(node["value"]),
            "gradient": node["grad"],
            "gradientShown": shown(node["grad"]),
            "lines": {},
        }
        kind = name.split("/")[0]
        if kind in ("sum", "unit", "loss"):
            row["lines"]["forward"] = self._forward(name)
        if kind != "loss":
            row["lines"]["backward"] = self._backward(name)
        if "new" in node:
            row |= {"new": node["new"], "newShown": shown(node["new"])}
            row["lines"]["update"] = self._update(name)
            row |= {key: node[key] for key in ("autograd", "difference", "verdict")}
        return row

    def _forward(self, name: str) -> list[str]:
        kind, *rest = name.split("/")
        value = self._value(name)
        if kind == "loss":
            note = note_of(self._spec.loss)
            return [*self._loss.value(value), *([note] if note else [])]
        layer, unit = map(int, rest)
        if kind == "unit":
            return self._activation(name, layer, unit)
        below = self._names.below(layer)
        weights = [f"weight/{layer}/{unit}/{i}" for i in range(len(below))]
        bias = f"bias/{layer}/{unit}"
        general = products([(self._names[w], self._names[a]) for w, a in zip(weights, below, strict=True)], "·")
        numbers = products(
            [(held(self._value(w)), held(self._value(a))) for w, a in zip(weights, below, strict=True)], "·"
        )
        lines = [
            f"{self._names[name]} = {general} + {self._names[bias]}",
            f"= {numbers} + {held(self._value(bias))}",
            f"= {shown(value)}",
        ]
        if self._spec.layers[layer].activation == "linear":
            lines.append("This unit has no activation function: its output is the sum itself.")
        return lines

    def _activation(self, name: str, layer: int, unit: int) -> list[str]:
        function = self._spec.layers[layer].activation
        if function == "softmax":
            sums = [self._names[f"sum/{layer}/{j}"] for j in range(self._spec.units[layer])]
            total = " + ".join(f"e^({z})" for z in sums)
            return [f"{self._names[name]} = [e^({sums[unit]})|{total}]", f"= {shown(self._value(name))}"]
        z = f"sum/{layer}/{unit}"
        return activation_lines(function, self._names[name], self._names[z], (self._value(z), self._value(name)))

    def _backward(self, name: str) -> list[str]:
        uses, gradient = self._nodes[name]["uses"], self._nodes[name]["grad"]
        kind, *rest = name.split("/")
        if name in self._outputs:
            return self._loss.slope(int(rest[1]), gradient)
        left = f"[∂L|∂{self._names[name]}]"
        pairs = [(f"[∂L|∂{self._names[user]}]", self._local(name, user)) for user, _ in uses]
        lines = [
            f"{left} = {products(pairs, '×')}",
            f"= {self._products(uses)}",
            f"= {shown(gradient)}",
        ]
        if kind == "sum" and self._function(name) in ACTIVATIONS:
            lines.append(derivative_line(self._function(name), self._value(name), uses[0][1]))
        if kind in ("weight", "bias"):
            lines += self._chain(name)
        if kind == "input":
            lines.append("Inputs do not learn; this says how the loss would change with them.")
        return lines

    def _products(self, uses: list[tuple[str, float]]) -> str:
        """Upstream times local, for everything that a number was used for."""
        gradients = [self._nodes[user]["grad"] for user, _ in uses]
        upstream = [shown(gradients[0]), *map(held, gradients[1:])]
        return products([(one, held(local)) for one, (_, local) in zip(upstream, uses, strict=True)], "×")

    def _local(self, name: str, user: str) -> str:
        """The local derivative ∂user/∂name by the name of what it is."""
        kind, layer, *at = name.split("/")
        if kind == "bias":
            return "1"
        if kind == "weight":
            return self._names[self._names.below(int(layer))[int(at[1])]]
        if user.startswith("unit/"):
            function = self._function(user)
            if function == "softmax":
                return f"[∂{self._names[user]}|∂{self._names[name]}]"
            return f"{ACTIVATIONS[function][0]}′({self._names[name]})"
        _, above, unit = user.split("/")
        source = layer if kind == "input" else at[0]
        return self._names[f"weight/{above}/{unit}/{source}"]

    def _chain(self, name: str) -> list[str]:
        """All factors from the loss to a parameter, where there is one way only."""
        names: list[str] = [name]
        factors: list[float] = []
        while names[-1] != "loss":
            uses = self._nodes[names[-1]]["uses"]
            if len(uses) != 1 or len(factors) == CHAIN:
                return []
            names.append(uses[0][0])
            factors.append(uses[0][1])
        if len(factors) < 3:
            return []
        links = [f"[∂{self._names[above]}|∂{self._names[below]}]" for below, above in pairwise(names)]
        return [f"The whole chain: {' × '.join(reversed(links))}",
                f"= {' × '.join(held(factor) for factor in reversed(factors))}"]  # fmt: skip

    def _update(self, name: str) -> list[str]:
        node, label = self._nodes[name], self._names[name]
        return [
            f"{label} ← {label} − η · [∂L|∂{label}]",
            f"= {shown(node['value'])} − {shown(self._spec.learning_rate)} · {held(node['grad'])}",
            f"= {shown(node['new'])}",
        ]

    # What it is called

    def _title(self, name: str) -> str:
        kind, layer, _ = name.split("/")
        unit = self._unit(name)
        if kind == "unit":
            return f"Unit {unit} answers: its activation function"
        return f"Unit {unit} weighs and adds up {'the inputs' if layer == '0' else 'what the layer before says'}"

    def _unit(self, name: str) -> int:
        _, layer, unit = name.split("/")
        return self._names.unit(int(layer), int(unit))

    def _parameters(self, name: str) -> list[str]:
        _, layer, unit = name.split("/")
        row = self._spec.layers[int(layer)].weights[int(unit)]
        return [*(f"weight/{layer}/{unit}/{i}" for i in range(len(row))), f"bias/{layer}/{unit}"]

    def _function(self, name: str) -> str:
        return self._spec.layers[int(name.split("/")[1])].activation

    def _value(self, name: str) -> float:
        return float(self._nodes[name]["value"])

    def _layers(self) -> list[dict[str, Any]]:
        rows = []
        for number, layer in enumerate(self._spec.layers):
            alone = self._names.output(number, 0).startswith("sum/")
            title = ACTIVATIONS.get(layer.activation, (layer.activation, "", ""))[0]
            rows.append({"units": len(layer.biases), "alone": alone, "activation": title})
        return rows

    def _check(self) -> dict[str, Any]:
        verdicts = [node["verdict"] for node in self._nodes.values() if "verdict" in node]
        return {
            "largest": shown(self._found["largest"], 2),
            "furthest": shown(self._found["furthest"], 2),
            "compared": sum("autograd" in node for node in self._nodes.values()),
            "verdicts": {name: verdicts.count(name) for name in ("agrees", "kink", "differs")},
        }
