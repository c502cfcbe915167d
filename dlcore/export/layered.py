"""An experiment with a stacked network as a stand-alone PyTorch program that gives the same numbers."""

from __future__ import annotations

from dlcore.export.augmentation import augmentation_code, augmentation_imports
from dlcore.export.data import data_code, data_imports, data_title
from dlcore.export.images import image_code, image_imports
from dlcore.export.layer_calls import RESIDUAL, first_weights, sequential
from dlcore.export.own import own_code, own_imports
from dlcore.export.series import series_code, series_imports
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
from dlcore.specs.data import AnyData, ImageData, SeriesData
from dlcore.specs.layered import Layered
from dlcore.specs.layers import LayerNormLayer, ResidualLayer
from dlcore.specs.own_images import OwnImages
from dlcore.specs.spec import Spec
from dlcore.training.initializations import AS_MADE

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
        augment="augment" if spec.augmentation.active else "",
    )
    data = spec.data
    needed, samples = _data(data)
    parts = [
        imports_code(data_title(data), [*needed, *augmentation_imports(spec.augmentation), *standard_imports(spec)]),
        f"# ---- data\n\n{samples}\n\n{tensors_code(spec)}",
        _network(spec),
        *([augmentation_code(spec.augmentation)] if spec.augmentation.active else []),
        training_code(spec, network),
        results_code(spec, network),
    ]
    return "\n\n".join(parts) + "\n"


def _data(data: AnyData) -> tuple[list[str], str]:
    """The imports that the data need, and the code that makes or reads them."""
    if isinstance(data, ImageData):
        return image_imports(data), image_code(data)
    if isinstance(data, SeriesData):
        return series_imports(data), series_code(data)
    if isinstance(data, OwnImages):
        return own_imports(data), own_code(data)
    return data_imports(data), data_code(data)


def _network(spec: Layered) -> str:
    rows = spec.walk.rows
    lines = ["# ---- network"]
    if any(isinstance(row.layer, ResidualLayer) for row in rows):
        lines += ["", "", *RESIDUAL.split("\n"), "", ""]
    scores = f"  # the outputs are scores; the loss applies the {spec.output}" if on_logits(spec) else ""
    made = sequential(rows)
    lines += [f"torch.manual_seed({spec.seed})", f"network = {made[0]}", *made[1:-1], made[-1] + scores]
    if spec.initialization != AS_MADE.name:
        lines += first_weights(rows, spec.initialization)
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
