"""The table that the browser multiplies, against torch.nn.functional.conv2d."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch.nn import functional as F

pytestmark = pytest.mark.browser
Module = Callable[..., Any]

EVERYWHERE = """a.cases.map((c) => {
  const g = m.geometryOf(c.layer, c.axes); const out = [];
  const input = Float32Array.from(c.input), weights = c.weight.map((w) => Float32Array.from(w));
  const { size } = c;
  const sizes = size.map((n, i) => m.outputSize(n, g.kernel[i], g.stride[i], g.padding[i], g.dilation[i]));
  for (let o = 0; o < weights.length; o++) for (let y = 0; y < sizes[0]; y++) for (let x = 0; x < sizes[1]; x++) {
    const found = m.convolveAt(input, size, weights[o], c.bias[o], g, [y, x], m.firstOfGroup(o, c.layer, c.inputs));
    out.push(found.value);
    const again = found.channels.reduce((sum, one) => sum + one.products.reduce((s, p) => s + p, 0), c.bias[o]);
    if (Math.abs(again - found.value) > 1e-9) throw new Error("the products do not add up");
  }
  return { sizes, out };
})"""


def case(rng: np.random.Generator) -> tuple[dict[str, Any], torch.Tensor]:
    """A random convolution of 1 or 2 axes and what PyTorch makes of it."""
    axes, groups = int(rng.integers(1, 3)), int(rng.integers(1, 4))
    kernel, stride, dilation = (int(n) for n in rng.integers(1, 4, 3))
    kernel += int(rng.integers(0, 3))
    same = stride == 1 and (kernel - 1) * dilation % 2 == 0 and rng.random() < 0.4
    padding = (kernel - 1) * dilation // 2 if same else int(rng.integers(0, 4))
    inside, outside = (int(n) for n in rng.integers(1, 3, 2))
    least = max(1, (kernel - 1) * dilation + 1 - 2 * padding)
    shape = [int(n) for n in rng.integers(least, least + 5, axes)]
    x = torch.from_numpy(rng.normal(size=(1, groups * inside, *shape)).astype(np.float32))
    weight = torch.from_numpy(rng.normal(size=(groups * outside, inside, *[kernel] * axes)).astype(np.float32))
    bias = torch.from_numpy(rng.normal(size=groups * outside).astype(np.float32))
    convolve = F.conv1d if axes == 1 else F.conv2d
    expected = convolve(x, weight, bias, stride, padding, dilation, groups)[0]
    layer = {
        "kernel": kernel, "stride": stride, "padding": "same" if same else padding, "dilation": dilation,
        "channels": groups * outside, "groups": groups,
    }  # fmt: skip
    told = {
        "layer": layer, "axes": axes, "inputs": groups * inside, "size": [1, *shape] if axes == 1 else shape,
        "input": x.flatten().tolist(), "weight": weight.flatten(1).tolist(), "bias": bias.tolist(),
    }  # fmt: skip
    return told, expected


def test_every_value_of_random_convolutions_is_what_pytorch_gives(module: Module) -> None:
    """Kernels, strides, paddings, dilations and groups at random, along one axis and two."""
    rng = np.random.default_rng(4)
    cases = [case(rng) for _ in range(60)]
    found = module("window-maths.js", EVERYWHERE, {"cases": [told for told, _ in cases]})
    for (told, expected), got in zip(cases, found, strict=True):
        height, width = got["sizes"]
        assert (height, width) == (1, *expected.shape[1:])[-2:], told["layer"]
        np.testing.assert_allclose(got["out"], expected.flatten(), atol=1e-5, err_msg=str(told["layer"]))


def test_outside_of_the_input_there_is_padding(module: Module) -> None:
    layer = {"kernel": 3, "stride": 2, "padding": 1, "dilation": 2}
    script = "m.patchAt(Float32Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9]), [3, 3], m.geometryOf(a, 2), [0, 0], 0)"
    found = module("window-maths.js", f"(({{values, inside}}) => [[...values], [...inside]])({script})", layer)
    # rows and columns −1, 1, 3 of 3 × 3: only the middle one is inside
    assert found == [[0, 0, 0, 0, 5, 0, 0, 0, 0], [0, 0, 0, 0, 1, 0, 0, 0, 0]]
