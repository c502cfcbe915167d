"""One view alone on a page, with made arrays and an `api` that only writes down what it is asked."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np

from tests.axe import violations

Arrays = dict[str, np.ndarray]

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>One view</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<link rel="stylesheet" href="./live/js/dev/live.css"><link rel="stylesheet" href="./live/js/dev/views.css">
<link rel="stylesheet" href="./face.css"><style>
:root { --st-text-color: #1d2430; --st-background-color: #fff; }
.dark { --st-text-color: #e9edf4; --st-background-color: #12161d; --st-secondary-background-color: #1b212b; }
body { margin: 0; background: var(--st-background-color); }
</style></head><body><main class="ll-root"><h1 class="ll-spoken">One view</h1><div id="tools" class="ll-tools"></div>
<div id="host"></div></main></body></html>"""

SCRIPT = """async ({ kind, view, width, height }) => {
  const { mount } = await import(`./live/js/dev/${kind}.js`);
  const { readPalette } = await import("./live/js/dev/palette.js");
  await document.fonts.load('14px "Source Sans"');
  const host = document.getElementById("host");
  Object.assign(host.style, { width: `${width}px`, height: `${height}px` });
  const listeners = new Map();
  window.sent = []; window.triggers = []; window.emitted = []; window.spoken = []; window.refuse = null;
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer;
  const array = ([type, shape, text]) => ({ shape, data: new window[type](bytes(text)) });
  const map = (arrays) => new Map(Object.entries(arrays).map(([name, value]) => [name, array(value)]));
  window.api = {
    send: async (command) => {
      window.sent.push(command);
      if (window.refuse) throw new Error(window.refuse);
    },
    trigger: (name, value) => window.triggers.push([name, value]),
    emit: (name, value) => {
      window.emitted.push([name, value]);
      for (const each of listeners.get(name) ?? []) each(value);
    },
    on: (name, listener) => {
      listeners.set(name, [...(listeners.get(name) ?? []), listener]);
      return () => listeners.set(name, listeners.get(name).filter((each) => each !== listener));
    },
    announce: (text) => window.spoken.push(text), tools: document.getElementById("tools"), constants: new Map(),
    palette: readPalette(document.body), spec: {},
  };
  for (const [name, value] of Object.entries(window.api.palette)) {
    if (typeof value === "string") document.querySelector("main").style.setProperty(`--ll-${name}`, value);
  }
  window.shown = mount(host, view, window.api);
  window.describe = (next, constants, spec) => {
    Object.assign(window.api, { constants: map(constants), spec });
    window.shown.describe(next, window.api.constants);
  };
  window.frames = (step, arrays) => {
    const frame = { step, epoch: step / 10, metrics: {}, arrays: map(arrays) };
    const before = performance.now();
    window.shown.update(frame, new Set(["frame"]));
    return performance.now() - before;
  };
  window.timed = async (step, arrays, count) => {
    const taken = [];
    for (let i = 0; i < count; i++) {
      taken.push(window.frames(step + i, arrays));
      await new Promise(requestAnimationFrame);
    }
    return taken;
  };
}"""


def plain(arrays: Arrays) -> dict[str, Any]:
    """Arrays as what `SCRIPT` reads: name → [JavaScript type, shape, the bytes in base64]."""
    kinds = {"uint8": "Uint8Array", "float32": "Float32Array", "int32": "Int32Array"}
    return {
        name: [kinds[str(a.dtype)], list(a.shape), base64.b64encode(a.tobytes()).decode()] for name, a in arrays.items()
    }


class SingleView:
    """A view on a page of its own: `frame(arrays)` sends numbers, `said("sent")` is what the view asked for."""

    def __init__(self, page: Any, url: str, view: dict[str, Any], size: tuple[int, int], dark: bool = False) -> None:
        self.page, self.view, self.step = page, view, 0
        page.goto(url + "single")
        page.evaluate("dark => document.body.classList.toggle('dark', dark)", dark)
        page.evaluate(SCRIPT, {"kind": view["kind"], "view": view, "width": size[0], "height": size[1]})

    def describe(
        self, view: dict[str, Any] | None = None, constants: Arrays | None = None, spec: dict[str, Any] | None = None
    ) -> None:
        """What the run is, as after a rebuild."""
        self.view = view or self.view
        self.page.evaluate(
            "([view, constants, spec]) => window.describe(view, constants, spec)",
            [self.view, plain(constants or {}), spec or {}],
        )

    def frame(self, arrays: Arrays, step: int | None = None) -> float:
        """Send one frame; the milliseconds of script it took."""
        self.step = self.step + 1 if step is None else step
        taken: float = self.page.evaluate("([step, arrays]) => window.frames(step, arrays)", [self.step, plain(arrays)])
        return taken

    def frames(self, arrays: Arrays, count: int) -> list[float]:
        """Send many frames of the same numbers, one a picture of the screen; the milliseconds of script each took."""
        script = "([step, arrays, count]) => window.timed(step, arrays, count)"
        taken: list[float] = self.page.evaluate(script, [self.step + 1, plain(arrays), count])
        self.step += count
        return taken

    def said(self, what: str) -> list[Any]:
        """The view's requests so far: sent, triggers, emitted or spoken."""
        found: list[Any] = self.page.evaluate(f"window.{what}")
        return found

    def pixel(self, selector: str, x: float, y: float) -> tuple[int, int, int]:
        """The colour of a canvas at CSS pixel (x, y) of it."""
        rgb = self.page.evaluate(
            """([selector, x, y]) => {
              const canvas = document.querySelector(selector);
              const ratio = canvas.width / canvas.clientWidth;
              return [...canvas.getContext("2d").getImageData(Math.round(x * ratio), Math.round(y * ratio), 1, 1).data];
            }""",
            [selector, x, y],
        )
        return rgb[0], rgb[1], rgb[2]

    def axe(self) -> list[dict[str, Any]]:
        """What axe-core objects to."""
        return violations(self.page)


def network_view(
    sizes: list[int], inputs: list[str], *, heatmaps: bool = True, edit: bool = True, **more: Any
) -> dict[str, Any]:
    """A view of kind "network" with these units a layer (hidden …, output)."""
    layers = [{"name": f"Hidden {i}", "units": n, "activation": "tanh"} for i, n in enumerate(sizes[:-1], 1)]
    titles = ["blue"] if sizes[-1] == 1 else [f"class {'ABCDEFGHIJ'[i]}" for i in range(sizes[-1])]
    layers.append({"name": "Output", "units": sizes[-1], "activation": "tanh", "titles": titles})
    options = {
        "inputs": inputs, "layers": layers, "heatmaps": heatmaps, "batch_norm": False,
        "edit": {"max_layers": 8, "max_units": 16} if edit else None,
    }  # fmt: skip
    return {"name": "network", "kind": "network", "title": "Network", "options": options | more}


def network_arrays(sizes: list[int], inputs: int, *, heatmaps: bool = True, seed: int = 0, grid: int = 32) -> Arrays:
    """Weights, gradients and responses of a random network, as a frame brings them."""
    rng = np.random.default_rng(seed)
    found: Arrays = {}
    widths = [inputs, *sizes]
    line = np.linspace(-1, 1, grid)
    for layer in range(len(sizes)):
        shape = widths[layer + 1], widths[layer]
        for name, scale in (("weight", 1.0), ("weight_gradient", 0.1)):
            found[f"network/{name}/{layer}"] = rng.normal(0, scale / np.sqrt(shape[1]), shape).astype(np.float32)
        for name in ("bias", "bias_gradient"):
            found[f"network/{name}/{layer}"] = rng.normal(0, 0.1, shape[0]).astype(np.float32)
    for layer, units in enumerate(widths):
        if heatmaps:
            a = rng.normal(0, 2, (3, units, 1, 1))
            maps = np.tanh(a[0] * line[None, None, :] + a[1] * line[None, :, None] + a[2] * 0.3)
            found[f"network/unit/{layer}"] = np.round(127.5 + 127.5 * maps).astype(np.uint8)
            found[f"network/unit_scale/{layer}"] = np.ones(units, np.float32)
        else:
            found[f"network/activation/{layer}"] = rng.normal(0, 1, units).astype(np.float32)
    return found
