"""A perceptron experiment as a stand-alone PyTorch program that gives the same numbers."""

from __future__ import annotations

from dlcore.export.data import data_code, data_imports, data_title
from dlcore.export.training import EPOCHS
from dlcore.specs.perceptron import Perceptron
from dlcore.specs.spec import Spec


def as_program(spec: Spec) -> str:
    """A Python program that trains exactly this perceptron and prints its final losses and accuracies.

    A run without a last epoch ends at the first round without a mistake, at the latest after `EPOCHS`.

    Raises: ValueError: this is not a perceptron's spec.
    """
    if not isinstance(spec, Perceptron):
        raise ValueError(f"spec: expected a perceptron's; received {type(spec).__name__}")
    imports = data_imports(spec.data)
    first = "\n".join(imports) + "\n\n" if imports else ""
    epochs = f"{spec.epochs}):" if spec.epochs is not None else f"{EPOCHS}):  # in LayerLab, until you press Pause"
    return f'''"""Train Rosenblatt's perceptron on {data_title(spec.data)}. Written by LayerLab."""

{first}import numpy as np
import torch

# ---- data

{data_code(spec.data)}

x = torch.tensor(x, dtype=torch.float32)
y = torch.where(torch.tensor(y) == 1, 1.0, -1.0)  # class 1 is +1, class 0 is -1
x_train, y_train, x_test, y_test = x[train], y[train], x[test], y[test]

# ---- training
torch.manual_seed({spec.seed})
w, b = torch.zeros({spec.data.shape[0]}), torch.zeros(1)
for epoch in range({epochs}
    mistakes = 0
    for i in torch.randperm(len(x_train)):
        answer = 1.0 if w @ x_train[i] + b > 0 else -1.0
        if answer != y_train[i]:
            w += {spec.learning_rate!r} * y_train[i].item() * x_train[i]
            b += {spec.learning_rate!r} * y_train[i].item()
            mistakes += 1
    if mistakes == 0:
        break  # the line separates all training samples

# ---- results
for part, x, y in (("train", x_train, y_train), ("test", x_test, y_test)):
    z = x @ w + b
    wrong_by = torch.where(y > 0, -z, z).clamp_min(0)  # how far on the wrong side of the line
    right = (z > 0) == (y > 0)
    print(f"{{part}}_loss", wrong_by.mean().item())
    print(f"{{part}}_accuracy", right.double().mean().item())
'''
