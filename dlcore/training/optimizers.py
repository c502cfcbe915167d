"""Optimizers: the rule that turns a gradient g into a change of the weights w, with learning rate η."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimizer:
    """One optimizer, told without PyTorch.

    `module` names the class in `torch.optim`, `settings` are the learner's own settings with their defaults, as
    `(field, argument in torch, default, smallest, below)`; `fixed` are arguments that make the rule what it is.
    """

    name: str
    title: str
    formula: str
    module: str
    settings: tuple[tuple[str, str, float, float, float], ...] = ()
    fixed: tuple[tuple[str, Any], ...] = ()
    full_batch: bool = False  # looks at every training sample before each update
    learning_rate: float = 0.03  # a rate that usually works

    def arguments(self, chosen: Any) -> dict[str, Any]:
        """Keywords for the class in `torch.optim`, without `lr`: the fixed ones and a spec's own settings.

        Settings of the same argument make a tuple, in their order: beta1 and beta2 become `betas`.
        """
        values: dict[str, list[float]] = {}
        for name, argument, *_ in self.settings:
            values.setdefault(argument, []).append(getattr(chosen, name))
        return dict(self.fixed) | {key: tuple(v) if len(v) > 1 else v[0] for key, v in values.items()}


OPTIMIZERS = (
    Optimizer(
        name="gd",
        title="Batch gradient descent",
        formula=r"w \leftarrow w-\eta g",
        module="SGD",
        full_batch=True,
        learning_rate=0.1,
    ),
    Optimizer(name="sgd", title="SGD", formula=r"w \leftarrow w-\eta g", module="SGD"),
    Optimizer(
        name="momentum",
        title="Momentum",
        formula=r"v \leftarrow \mu v+g,\quad w \leftarrow w-\eta v",
        module="SGD",
        settings=(("momentum", "momentum", 0.9, 0.0, 1.0),),
        learning_rate=0.01,
    ),
    Optimizer(
        name="nesterov",
        title="Nesterov",
        formula=r"v \leftarrow \mu v+g,\quad w \leftarrow w-\eta(g+\mu v)",
        module="SGD",
        settings=(("momentum", "momentum", 0.9, 0.01, 1.0),),
        fixed=(("nesterov", True),),
        learning_rate=0.01,
    ),
    Optimizer(
        name="adagrad",
        title="Adagrad",
        formula=r"s \leftarrow s+g^2,\quad w \leftarrow w-\eta\,\frac{g}{\sqrt{s}+\epsilon}",
        module="Adagrad",
        learning_rate=0.1,
    ),
    Optimizer(
        name="rmsprop",
        title="RMSprop",
        formula=r"s \leftarrow \alpha s+(1-\alpha)g^2,\quad w \leftarrow w-\eta\,\frac{g}{\sqrt{s}+\epsilon}",
        module="RMSprop",
        settings=(("alpha", "alpha", 0.99, 0.0, 1.0),),
        learning_rate=0.01,
    ),
    Optimizer(
        name="adam",
        title="Adam",
        formula=r"m \leftarrow \beta_1 m+(1-\beta_1)g,\; s \leftarrow \beta_2 s+(1-\beta_2)g^2,\;"
        r" w \leftarrow w-\eta\,\frac{\hat m}{\sqrt{\hat s}+\epsilon}",
        module="Adam",
        settings=(("beta1", "betas", 0.9, 0.0, 1.0), ("beta2", "betas", 0.999, 0.0, 1.0)),
        learning_rate=0.01,
    ),
    Optimizer(
        name="adamw",
        title="AdamW",
        formula=r"w \leftarrow w-\eta\lambda w,\quad\text{then Adam's step}",
        module="AdamW",
        settings=(
            ("beta1", "betas", 0.9, 0.0, 1.0),
            ("beta2", "betas", 0.999, 0.0, 1.0),
            ("weight_decay", "weight_decay", 0.01, 0.0, 10.0),
        ),
        learning_rate=0.01,
    ),
)
