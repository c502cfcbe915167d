"""An experiment with a stacked network as a stand-alone PyTorch program that gives the same numbers."""

from __future__ import annotations

from dlcore.export.data import data_code, data_imports
from dlcore.export.images import image_code, image_imports
from dlcore.export.layer_calls import RESIDUAL, sequential
from dlcore.export.training import (
    NetworkText,
    device_of,
    imports_code,
    results_code,
    standard_imports,
    tensors_code,
    training_code,
)
from dlcore.networks.outputs import on_logits
from dlcore.specs.data import DrawnData, ImageData
from dlcore.specs.layered import Layered
from dlcore.specs.layers import LayerNormLayer, ResidualLayer
from dlcore.specs.spec import Spec

_WEIGHTS = "[weight for weight in network.parameters() if weight.dim() > 1]"
_WEIGHTS_WITHOUT_NORMS = """\
[
    weight
    for layer in network.modules()
    if not isinstance(layer, nn.LayerNorm)
    for weight in layer.parameters(recurse=False)
    if weight.dim() > 1
]"""


def as_program(spec: Spec) -> str:
    """A Python program that trains exactly this network and prints its final losses and accuracies (or R²).

    It draws random numbers in the order of `dlcore.networks.layers` and `dlcore.training.batches`, and measures as many
    samples at once as the lab; so on the CPU it prints what the lab gives at its end, bit for bit. An experiment
    without an end trains for `dlcore.export.training.EPOCHS` epochs.

    Raises: ValueError: this is not the spec of a stacked network.
    """
    if not isinstance(spec, Layered):
        raise ValueError(f"spec: expected one of a network stacked layer by layer; received {type(spec).__name__}")
    norms = any(isinstance(layer, LayerNormLayer) for layer in spec.every_layer)
    network = NetworkText(
        modes=spec.batch_norm or spec.dropout,
        answers="answers",
        weights=_WEIGHTS_WITHOUT_NORMS if norms else _WEIGHTS,
    )
    data = spec.data
    needed = image_imports(data) if isinstance(data, ImageData) else data_imports(data)
    samples = image_code(data) if isinstance(data, ImageData) else data_code(data)
    title = "points drawn by hand" if isinstance(data, DrawnData) else f"the {data.card.name} data"
    parts = [
        imports_code(title, [*needed, *standard_imports(spec)]),
        f"# ---- data\n\n{samples}\n\n{tensors_code(spec)}",
        _network(spec),
        training_code(spec, network),
        results_code(spec, network),
    ]
    return "\n\n".join(parts) + "\n"


def _network(spec: Layered) -> str:
    rows = spec.walk.rows
    lines = ["# ---- network"]
    if any(isinstance(row.layer, ResidualLayer) for row in rows):
        lines += ["", "", *RESIDUAL.split("\n"), "", ""]
    scores = f"  # the outputs are scores; the loss applies the {spec.output}" if on_logits(spec) else ""
    made = sequential(rows)
    lines += [f"torch.manual_seed({spec.seed})", f"network = {made[0]}", *made[1:-1], made[-1] + scores]
    if device_of(spec):
        lines.append("network.to(device)")
    if spec.channels_last:
        lines.append("network.to(memory_format=torch.channels_last)  # convolutions are faster so")
    lines += [
        "",
        "",
        "def answers(x):",
        '    """The network\'s outputs, of some samples at a time, so that they fit into memory."""',
        f"    return torch.cat([network(part) for part in torch.split(x, {spec.at_once})])",
        "",
    ]
    return "\n".join(lines)
