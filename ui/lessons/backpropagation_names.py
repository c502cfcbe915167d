"""What the numbers of a traced network are called, and how numbers are written.

Texts have a small markup that `js/backpropagation-maths.js` draws: `_(…)` is a subscript, `^(…)` a superscript, and
`[top|bottom]` a fraction.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from dlcore.specs.traced import Traced

MINUS = "−"


class Names:
    """The names of everything in one network: units are numbered through, from the first hidden one to the last."""

    def __init__(self, spec: Traced) -> None:
        self._spec = spec
        self._before = [sum(spec.units[:number]) for number in range(len(spec.layers))]

    def __getitem__(self, name: str) -> str:
        """What `weight/0/1/0`, `sum/2/1` … is called."""
        kind, *rest = name.split("/")
        at = [int(part) for part in rest]
        match kind:
            case "loss":
                return "L"
            case "input":
                return f"x{self._subscript(len(self._spec.inputs), at[0])}"
            case "target":
                return f"y{self._subscript(len(self._spec.target), at[0])}"
            case "weight":
                return f"w_({self._source(at[0], at[2])}→{self.unit(at[0], at[1])})"
            case "bias":
                return f"b_({self.unit(at[0], at[1])})"
            case "sum" if self._is_sum_alone(at[0]):
                return f"a_({self.unit(at[0], at[1])})"
            case "sum":
                return f"z_({self.unit(at[0], at[1])})"
            case _:
                return f"a_({self.unit(at[0], at[1])})"

    def unit(self, layer: int, unit: int) -> int:
        """The number of a unit."""
        return self._before[layer] + unit + 1

    def output(self, layer: int, unit: int) -> str:
        """The node with what a unit hands on: its activation, or its sum where there is none (or the loss has it)."""
        return f"sum/{layer}/{unit}" if self._ends_with_sum(layer) else f"unit/{layer}/{unit}"

    def below(self, layer: int) -> list[str]:
        """The nodes that a layer sees."""
        if layer == 0:
            return [f"input/{i}" for i in range(len(self._spec.inputs))]
        return [self.output(layer - 1, j) for j in range(self._spec.units[layer - 1])]

    def _is_sum_alone(self, layer: int) -> bool:
        return self._spec.layers[layer].activation == "linear"

    def _ends_with_sum(self, layer: int) -> bool:
        return self._is_sum_alone(layer) or (self._spec.on_scores and layer == len(self._spec.layers) - 1)

    def _source(self, layer: int, i: int) -> str:
        if layer:
            return str(self.unit(layer - 1, i))
        return "x" if len(self._spec.inputs) == 1 else f"x{i + 1}"

    @staticmethod
    def _subscript(count: int, i: int) -> str:
        return "" if count == 1 else f"_({i + 1})"


def shown(value: float, digits: int = 4) -> str:
    """A number with so many significant digits, without zeros at its end, with a true minus."""
    if value == 0 or not math.isfinite(value):
        return "0" if value == 0 else str(value)
    if not 1e-4 <= abs(value) < 1e6:
        mantissa, _, power = f"{value:.{digits - 1}e}".partition("e")
        return f"{_stripped(mantissa)}·10^({_stripped(str(int(power)))})".replace("-", MINUS)
    decimals = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    return _stripped(f"{value:.{decimals}f}").replace("-", MINUS)


def held(value: float) -> str:
    """The same as a factor or a summand: in brackets where it is negative."""
    text = shown(value)
    return f"({text})" if text.startswith(MINUS) else text


def products(pairs: Sequence[tuple[str, str]], times: str) -> str:
    """Gives `a·b + c·d + …`."""
    return " + ".join(f"{one} {times} {other}" for one, other in pairs)


def _stripped(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text
