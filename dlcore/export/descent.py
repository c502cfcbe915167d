"""Balls on a loss surface as a stand-alone PyTorch program that ends at the same places."""

from __future__ import annotations

from dlcore.export.calls import keywords
from dlcore.export.source import source_of
from dlcore.specs.descent import Descent, Racer
from dlcore.specs.spec import Spec
from dlcore.training.optimizers import OPTIMIZERS
from dlcore.training.rows import find

_PROGRAM = '''\
"""Let {count} roll down a loss surface. Written by LayerLab."""

{imports}


{height}


optimizers = {{  # {row}
{rows}}}
for name, {each} in optimizers.items():
{reseed}    w = torch.tensor({start}, dtype=torch.float64, requires_grad=True)
    optimizer = make_optimizer([w])
    for step in range(1, {steps} + 1):
        optimizer.zero_grad()
        loss = {call}
        loss.backward()
{noisy}        optimizer.step()
        if not w.abs().max() <= 1000:
            print(f"{{name}}: diverged at step {{step}}")
            break
    else:
        x, y = w.tolist()
        print(f"{{name}}: w = ({{x!r}}, {{y!r}}), loss above the minimum {{max(0.0, {at_end} - {lowest!r})!r}}")
'''
_RESEED = "    torch.manual_seed({seed})  # the same mini-batches for all\n"
_NOISE = """\
        noise = {spread!r} * torch.randn(2, dtype=torch.float64)
        if noisy:
            w.grad += noise
"""


def as_program(spec: Spec) -> str:
    """A Python program that makes all steps of every ball and prints where each of them ends.

    Raises: ValueError: this is not the spec of balls on a surface.
    """
    if not isinstance(spec, Descent):
        raise ValueError(f"spec: expected one of balls on a surface; received {type(spec).__name__}")
    source = source_of("dlcore/training/surfaces.py", spec.row.height.__name__)
    imports = ["import math"] if "math." in source else []
    imports += ["from typing import Any", "", "import torch"]
    settings = "".join(f", {name}={value!r}" for name, value in spec.settings.items())
    name = spec.row.height.__name__
    noisy = spec.spread > 0
    return _PROGRAM.format(
        count=f"{len(spec.racers)} optimizers" if len(spec.racers) > 1 else "one optimizer",
        imports="\n".join(imports),
        height=source,
        row="name: what moves the ball" + (", and whether its gradients are noisy" if noisy else ""),
        rows="".join(f"    {racer.name!r}: {_row(racer, noisy=noisy)},\n" for racer in spec.racers),
        each="(make_optimizer, noisy)" if noisy else "make_optimizer",
        start=list(spec.start),
        steps=spec.steps,
        call=f"{name}(w[0], w[1]{settings})",
        at_end=f"{name}(x, y{settings})",
        lowest=spec.row.lowest,
        reseed=_RESEED.format(seed=spec.seed) if noisy else "",
        noisy=_NOISE.format(spread=spec.spread) if noisy else "",
    )


def _row(racer: Racer, *, noisy: bool) -> str:
    row = find(OPTIMIZERS, racer.optimizer.kind, "optimizer")
    arguments = {"lr": racer.learning_rate, **row.arguments(racer.optimizer)}
    made = f"lambda w: torch.optim.{row.module}(w, {keywords(arguments)})"
    return f"({made}, {not row.full_batch})" if noisy else made
