"""Weight initializations: how the weights start, before the first update; biases then start at 0."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Initialization:
    """One initialization; `function` names the function in `torch.nn.init`, `arguments` its keywords."""

    name: str
    title: str
    formula: str
    function: str
    arguments: Mapping[str, float | str] = field(default_factory=dict)


INITIALIZATIONS = (
    Initialization(
        name="xavier",
        title="Xavier (Glorot)",
        formula=r"U\left(-\sqrt{\tfrac{6}{n_\text{in}+n_\text{out}}},"
        r"\ \sqrt{\tfrac{6}{n_\text{in}+n_\text{out}}}\right)",
        function="xavier_uniform_",
    ),
    Initialization(
        name="he",
        title="He (Kaiming)",
        formula=r"N\left(0,\ \tfrac{2}{n_\text{in}}\right)",
        function="kaiming_normal_",
        arguments={"nonlinearity": "relu"},
    ),
    Initialization(name="normal", title="Normal", formula=r"N(0,\ 0.5^2)", function="normal_", arguments={"std": 0.5}),
    Initialization(
        name="small", title="Normal, small", formula=r"N(0,\ 0.05^2)", function="normal_", arguments={"std": 0.05}
    ),
    Initialization(
        name="large", title="Normal, large", formula=r"N(0,\ 1^2)", function="normal_", arguments={"std": 1.0}
    ),
    Initialization(name="zeros", title="Zeros", formula=r"0", function="zeros_"),
    Initialization(name="constant", title="Constant", formula=r"0.5", function="constant_", arguments={"val": 0.5}),
)

# What PyTorch's dense layers and convolutions draw when they are made, biases too: no function is called for it.
AS_MADE = Initialization(
    name="default",
    title="PyTorch's own",
    formula=r"U\left(-\tfrac{1}{\sqrt{n_\text{in}}},\ \tfrac{1}{\sqrt{n_\text{in}}}\right)",
    function="kaiming_uniform_",
    arguments={"a": 5**0.5},
)
LAYER_INITIALIZATIONS = (AS_MADE, *INITIALIZATIONS)  # of a stack of layers
