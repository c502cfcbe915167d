"""A supervised experiment as a stand-alone PyTorch program: a text to learn from that gives the same numbers."""

from __future__ import annotations

from dlcore.export.calls import activation_call, keywords
from dlcore.export.data import data_code, data_imports, data_title
from dlcore.export.training import (
    NetworkText,
    device_of,
    imports_code,
    results_code,
    standard_imports,
    tensors_code,
    training_code,
)
from dlcore.networks.outputs import on_logits, outputs_of
from dlcore.specs.data import TableData
from dlcore.specs.own_table import OwnTable
from dlcore.specs.spec import Spec
from dlcore.specs.supervised import Supervised
from dlcore.training.initializations import INITIALIZATIONS
from dlcore.training.rows import find


def as_program(spec: Spec) -> str:
    """A Python program that trains exactly this experiment and prints its final losses and accuracies (or R²).

    It holds only what the experiment uses, and draws random numbers in the order of `dlcore.networks.build` and
    `dlcore.training.batches`; so on the CPU it prints what the lab gives, bit for bit. An experiment without an end
    trains for `dlcore.export.training.EPOCHS` epochs.

    Raises: ValueError: this is not a spec of supervised learning.
    """
    if not isinstance(spec, Supervised):
        raise ValueError(f"spec: expected one of supervised learning; received {type(spec).__name__}")
    network = NetworkText(
        # only these two behave differently while training and while measuring
        modes=bool(spec.network.layers) and (spec.network.batch_norm or spec.training.dropout > 0),
        answers="network",
        weights="[layer.weight for layer in network if isinstance(layer, nn.Linear)]",
    )
    parts = [
        imports_code(data_title(spec.data), [*data_imports(spec.data), *standard_imports(spec)]),
        f"# ---- data\n\n{data_code(spec.data, spec.network.features)}\n\n{tensors_code(spec)}",
        _network(spec),
        training_code(spec, network),
        results_code(spec, network),
    ]
    return "\n\n".join(parts) + "\n"


def _network(spec: Supervised) -> str:
    network, lines = spec.network, []
    width = len(spec.data.inputs) if isinstance(spec.data, TableData | OwnTable) else len(network.features)
    for layer in network.layers:
        lines.append(f"nn.Linear({width}, {layer.units})")
        if network.batch_norm:
            lines.append(f"nn.BatchNorm1d({layer.units})")
        if layer.activation != "linear":
            lines.append(activation_call(layer.activation))
        if spec.training.dropout:
            lines.append(f"nn.Dropout({spec.training.dropout!r})")
        width = layer.units
    lines.append(f"nn.Linear({width}, {outputs_of(spec)})")
    if not on_logits(spec) and spec.output != "linear":
        lines.append(activation_call(spec.output))
    layers = "".join(f"    {line},\n" for line in lines)
    row = find(INITIALIZATIONS, network.initialization, "initialization")
    first = ", ".join(["layer.weight", *([keywords(row.arguments)] if row.arguments else [])])
    scores = f"  # the outputs are scores; the loss applies the {spec.output}\n" if on_logits(spec) else "\n"
    moved = "network.to(device)\n" if device_of(spec) else ""
    return (
        f"# ---- network\ntorch.manual_seed({spec.seed})\nnetwork = nn.Sequential(\n{layers}){scores}"
        "for layer in network:\n    if isinstance(layer, nn.Linear):\n"
        f"        nn.init.{row.function}({first})\n        nn.init.zeros_(layer.bias)\n{moved}"
    ).rstrip("\n")
