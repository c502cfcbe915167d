"""One update of a traced network as programs that stand alone: by the chain rule in plain Python, and in PyTorch."""

from __future__ import annotations

from typing import Any

from dlcore.export.source import source_of
from dlcore.specs.traced import HALF, Traced
from dlcore.training.activations import ACTIVATIONS
from dlcore.training.losses import LOSSES
from dlcore.training.rows import find

_FUNCTIONS = "dlcore/explain/scalar_functions.py"
_NEEDS = {"silu": ("sigmoid",), "softplus": ("sigmoid",), "bce": ("sigmoid", "softplus"), "cross_entropy": ("softmax",)}

_PLAIN = '''"""One update of a small network by the chain rule, in plain Python."""

from __future__ import annotations

{imports}

{functions}


x = {inputs}
weights = {weights}
biases = {biases}
activations = [{activations}]
y = {target}
learning_rate = {rate}

# Forward: keep every output, and the slope of every activation
outputs, slopes = [x], []
for W, b, f in zip(weights, biases, activations):
    z = [sum(w * a for w, a in zip(row, outputs[-1])) + bias for row, bias in zip(W, b)]
    pairs = [f(value) for value in z]
    outputs.append([value for value, _ in pairs])
    slopes.append([slope for _, slope in pairs])

# Loss, and its derivative with respect to each output
{loss}

# Backward: upstream gradient times local derivative, layer by layer
for W, b, a, slope in reversed(list(zip(weights, biases, outputs, slopes))):
    delta = [up * local for up, local in zip(upstream, slope)]  # dL/dz
    upstream = [sum(row[i] * d for row, d in zip(W, delta)) for i in range(len(a))]  # dL/da below, by the old weights
    # Update: dL/dw = dL/dz * a, and dL/db = dL/dz
    for j, d in enumerate(delta):
        W[j] = [w - learning_rate * d * v for w, v in zip(W[j], a)]
        b[j] -= learning_rate * d

print("loss", loss)
for number, (W, b) in enumerate(zip(weights, biases), start=1):
    print(f"layer {{number}}: new weights {{W}}, new biases {{b}}")
'''

_ONE_BY_ONE = """parts = [{name}(a, target) for a, target in zip(outputs[-1], y)]
loss = sum(value for value, _ in parts){mean}
upstream = [slope{mean} for _, slope in parts]"""

_SOFTMAX = """p = softmax(outputs[-1])
parts = [{name}(a, target) for a, target in zip(p, y)]
loss = sum(value for value, _ in parts){mean}
through = sum(share * slope{mean} for share, (_, slope) in zip(p, parts))
upstream = [share * (slope{mean} - through) for share, (_, slope) in zip(p, parts)]  # dL/dz"""

_TORCH = '''"""One update of a small network: autograd finds the gradients."""

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
network = nn.Sequential(
{layers}
)
weights = {weights}
biases = {biases}
dense = [layer for layer in network if isinstance(layer, nn.Linear)]
with torch.no_grad():
    for layer, W, b in zip(dense, weights, biases):
        layer.weight.copy_(torch.tensor(W))
        layer.bias.copy_(torch.tensor(b))
x = torch.tensor([{inputs}])
y = torch.tensor([{target}])

loss = {loss}
loss.backward()
with torch.no_grad():
    for parameter in network.parameters():
        parameter -= {rate} * parameter.grad  # what torch.optim.SGD does

print("loss", loss.item())
for number, layer in enumerate(dense, start=1):
    print(f"layer {{number}}: new weights {{layer.weight.tolist()}}, new biases {{layer.bias.tolist()}}")
'''


def as_plain_python(spec: Traced) -> str:
    """A program of the standard library alone that prints the loss and every number after the update."""
    last = spec.layers[-1].activation
    # the activation of scores is part of the loss; that of softmax is no function of one number
    used = [layer.activation for layer in spec.layers[:-1]]
    used.append("linear" if spec.on_scores or last == "softmax" else last)
    needed = {*used, spec.loss}
    needed |= {other for name in needed for other in _NEEDS.get(name, ())}
    if last == "softmax":
        needed.add("softmax")
    functions = source_of(_FUNCTIONS, "Pair", *needed)
    mean = "" if spec.loss == HALF else " / len(parts)"
    if spec.loss == "cross_entropy":
        loss = "loss, upstream = cross_entropy(outputs[-1], y)"
    else:
        loss = (_SOFTMAX if last == "softmax" else _ONE_BY_ONE).format(name=spec.loss, mean=mean)
    imports = "import math" if "math." in functions else ""
    if "Sequence" in functions:
        imports = f"{imports}\nfrom collections.abc import Sequence".strip()
    values = _numbers(spec) | {"functions": functions, "activations": ", ".join(used), "loss": loss}
    return _PLAIN.format(imports=imports, **values).replace("annotations\n\n\n\n", "annotations\n\n")


def as_pytorch(spec: Traced) -> str:
    """The same in PyTorch: a network, a loss, `backward()` and a step of gradient descent."""
    layers, width = [], len(spec.inputs)
    for number, layer in enumerate(spec.layers):
        layers.append(f"    nn.Linear({width}, {len(layer.biases)}),")
        width = len(layer.biases)
        if layer.activation != "linear" and not (spec.on_scores and number == len(spec.layers) - 1):
            row = find(ACTIVATIONS, layer.activation, "activation")
            arguments = ", ".join(f"{name}={value}" for name, value in row.arguments.items())
            layers.append(f"    nn.{row.module}({arguments}),")
    if spec.loss == HALF:
        loss = "0.5 * ((y - network(x)) ** 2).sum()"
    else:
        loss = f"nn.{find(LOSSES, spec.loss, 'loss').module}()(network(x), y)"
    return _TORCH.format(layers="\n".join(layers), loss=loss, **_numbers(spec))


def _numbers(spec: Traced) -> dict[str, Any]:
    return {
        "inputs": list(spec.inputs),
        "weights": [[list(row) for row in layer.weights] for layer in spec.layers],
        "biases": [list(layer.biases) for layer in spec.layers],
        "target": list(spec.target),
        "rate": spec.learning_rate,
    }
