"""Activation functions a = f(z) and how an error passes back through them, element by element."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, backends

aten = torch.ops.aten  # PyTorch's own kernels: one call each, rounded exactly as autograd rounds


@dataclass(frozen=True, slots=True, kw_only=True)
class Activation:
    """One function of `dlcore.training.activations`; units are along dimension 1 of all tensors (K, units, batch).

    `forward(z, a)` writes a = f(z). `backward(delta, z, a)` turns dL/da into dL/dz in place: delta <- delta * f'(z).
    `even`: PyTorch rounds both the same wherever in a tensor a number lies.
    """

    name: str
    forward: Callable[[Tensor, Tensor], object]
    backward: Callable[[Tensor, Tensor, Tensor], object]
    even: bool = False


def _softmax_backward(delta: Tensor, z: Tensor, a: Tensor) -> None:
    # every output depends on every sum: dL/dz_i = a_i (dL/da_i - sum_j a_j dL/da_j)
    delta.sub_((delta * a).sum(1, keepdim=True)).mul_(a)


def _without_onednn(kernel: Callable[..., object]) -> Callable[..., object]:
    """The same by PyTorch's own code: oneDNN needs 40 µs for GELU on a layer of the Playground, this 7."""

    def call(*tensors: Tensor) -> None:
        before = bool(backends.mkldnn.enabled)
        _use_onednn(False)
        try:
            kernel(*tensors)
        finally:
            _use_onednn(before)

    return call


def _use_onednn(enabled: bool) -> None:
    backends.mkldnn.enabled = enabled  # type: ignore[assignment]  # a property; PyTorch declares what stands behind it


ACTIVATIONS = (
    # f(z) = z, f' = 1
    Activation(name="linear", forward=lambda z, a: a.copy_(z), backward=lambda delta, z, a: None, even=True),
    # f' = a (1 - a)
    Activation(
        name="sigmoid",
        forward=lambda z, a: torch.sigmoid(z, out=a),
        backward=lambda delta, z, a: aten.sigmoid_backward.grad_input(delta, a, grad_input=delta),
    ),
    # f' = 1 - a²
    Activation(
        name="tanh",
        forward=lambda z, a: torch.tanh(z, out=a),
        backward=lambda delta, z, a: aten.tanh_backward.grad_input(delta, a, grad_input=delta),
        even=True,
    ),
    # f' = 1 where a > 0, else 0
    Activation(
        name="relu",
        forward=lambda z, a: torch.clamp_min(z, 0.0, out=a),
        backward=lambda delta, z, a: aten.threshold_backward.grad_input(delta, a, 0.0, grad_input=delta),
        even=True,
    ),
    # f' = 1 where z > 0, else 0.01
    Activation(
        name="leaky_relu",
        forward=lambda z, a: aten.leaky_relu.out(z, 0.01, out=a),
        backward=lambda delta, z, a: aten.leaky_relu_backward.grad_input(delta, z, 0.01, False, grad_input=delta),
        even=True,
    ),
    # f' = 1 where z > 0, else e^z
    Activation(
        name="elu",
        forward=lambda z, a: aten.elu.out(z, out=a),
        backward=lambda delta, z, a: aten.elu_backward.grad_input(delta, 1.0, 1.0, 1.0, False, z, grad_input=delta),
    ),
    # f' = Φ(z) + z φ(z)
    Activation(
        name="gelu",
        forward=_without_onednn(lambda z, a: aten.gelu.out(z, out=a)),
        backward=_without_onednn(lambda delta, z, a: aten.gelu_backward.grad_input(delta, z, grad_input=delta)),
    ),
    # f' = σ(z) (1 + z (1 - σ(z)))
    Activation(
        name="silu",
        forward=lambda z, a: aten.silu.out(z, out=a),
        backward=lambda delta, z, a: aten.silu_backward.grad_input(delta, z, grad_input=delta),
    ),
    # f' = σ(z); beyond z = 20 the function is z itself, as in torch.nn.Softplus
    Activation(
        name="softplus",
        forward=lambda z, a: aten.softplus.out(z, out=a),
        backward=lambda delta, z, a: aten.softplus_backward.grad_input(delta, z, 1.0, 20.0, grad_input=delta),
    ),
    Activation(
        name="softmax",
        forward=lambda z, a: a.copy_(torch.softmax(z, 1)),
        backward=_softmax_backward,
    ),
)
