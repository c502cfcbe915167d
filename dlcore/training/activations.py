"""Activation functions: what turns a weighted sum z into a unit's output a."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Activation:
    """One activation function, told without PyTorch so that menus and formulas cost nothing.

    `module` names the class in `torch.nn`; `formula` is LaTeX in z; `gain` names the non-linearity for
    `torch.nn.init.calculate_gain`. `range` bounds the outputs; None stands for unbounded.
    """

    name: str
    title: str
    formula: str
    module: str
    arguments: Mapping[str, float | int] = field(default_factory=dict)
    gain: str = "linear"
    range: tuple[float | None, float | None] = (None, None)
    hidden: bool = True  # offered for hidden layers
    output: bool = False  # offered for the output layer


ACTIVATIONS = (
    Activation(name="linear", title="Linear", formula=r"z", module="Identity", output=True),
    Activation(
        name="sigmoid",
        title="Sigmoid",
        formula=r"\frac{1}{1+e^{-z}}",
        module="Sigmoid",
        gain="sigmoid",
        range=(0.0, 1.0),
        output=True,
    ),
    Activation(
        name="tanh", title="Tanh", formula=r"\tanh z", module="Tanh", gain="tanh", range=(-1.0, 1.0), output=True
    ),
    Activation(name="relu", title="ReLU", formula=r"\max(0, z)", module="ReLU", gain="relu", range=(0.0, None)),
    Activation(
        name="leaky_relu",
        title="Leaky ReLU",
        formula=r"\max(0.01\,z, z)",
        module="LeakyReLU",
        arguments={"negative_slope": 0.01},
        gain="leaky_relu",
    ),
    Activation(
        name="elu",
        title="ELU",
        formula=r"z \text{ if } z > 0 \text{ else } e^{z}-1",
        module="ELU",
        gain="relu",
        range=(-1.0, None),
    ),
    Activation(name="gelu", title="GELU", formula=r"z\,\Phi(z)", module="GELU", gain="relu", range=(-0.17, None)),
    Activation(name="silu", title="SiLU", formula=r"z\,\sigma(z)", module="SiLU", gain="relu", range=(-0.279, None)),
    Activation(
        name="softplus", title="Softplus", formula=r"\ln(1+e^{z})", module="Softplus", gain="relu", range=(0.0, None)
    ),
    Activation(
        name="softmax",
        title="Softmax",
        formula=r"\frac{e^{z_i}}{\sum_j e^{z_j}}",
        module="Softmax",
        arguments={"dim": -1},
        range=(0.0, 1.0),
        hidden=False,
        output=True,
    ),
)
