"""Loss surfaces over two weights w = (x, y), on which one can see what an optimizer does."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Pair = tuple[float, float]

# Heights are written with products alone, so that one text gives the same bits for numbers, arrays and tensors.


def valley(x: Any, y: Any, condition: float, angle: float) -> Any:
    """½ (u² + κ v²) along axes (u, v) turned by the angle in degrees: Hessian with the eigenvalues 1 and κ."""
    c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    u, v = c * x + s * y, c * y - s * x
    return 0.5 * (u * u + condition * (v * v))


def saddle(x: Any, y: Any) -> Any:
    """½ x² - ½ y² + ¼ y⁴: a pass at (0, 0) between two minima at (0, ±1)."""
    return 0.5 * (x * x) - 0.5 * (y * y) + 0.25 * (y * y) * (y * y)


def rosenbrock(x: Any, y: Any) -> Any:
    """(1 - x)² + 100 (y - x²)²: a bent valley with a nearly flat floor (Rosenbrock, 1960)."""
    across = y - x * x
    return (1 - x) * (1 - x) + 100 * (across * across)


def beale(x: Any, y: Any) -> Any:
    """(1.5 - x + xy)² + (2.25 - x + xy²)² + (2.625 - x + xy³)²: plateaus between steep walls (Beale, 1958)."""
    first, second, third = 1.5 - x + x * y, 2.25 - x + x * (y * y), 2.625 - x + x * (y * y * y)
    return first * first + second * second + third * third


def himmelblau(x: Any, y: Any) -> Any:
    """(x² + y - 11)² + (x + y² - 7)²: four minima of height 0 (Himmelblau, 1972)."""
    first, second = x * x + y - 11, x + y * y - 7
    return first * first + second * second


def bowl(x: Any, y: Any) -> Any:
    """½ (x² + 4 y²): a mild bowl, for gradients that are known only roughly."""
    return 0.5 * (x * x + 4 * (y * y))


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """One surface, told without PyTorch.

    `height(x, y, **settings)` works on numbers, arrays and tensors; `settings` are (name, default, smallest, largest).
    `middle` and `reach` say which square is looked at, `start` where balls are dropped first, `rates` which learning
    rate suits which optimizer there. `noise` is the standard deviation of what is added to each gradient.
    """

    name: str
    title: str
    formula: str
    says: str  # what there is to learn from it, in a sentence
    height: Callable[..., Any]
    minima: tuple[Pair, ...]
    start: Pair
    reach: float
    rates: Mapping[str, float]
    middle: Pair = (0.0, 0.0)
    lowest: float = 0.0  # the height of the minima
    settings: tuple[tuple[str, float, float, float], ...] = ()
    noise: float = 0.0
    steep: bool = False  # heights so different that one looks at their logarithm
    saddles: tuple[Pair, ...] = ()
    steps: int = 200  # in which most optimizers get there

    @property
    def range(self) -> tuple[Pair, Pair]:
        """The ends of both axes."""
        x, y = self.middle
        return (x - self.reach, x + self.reach), (y - self.reach, y + self.reach)


_RATES = {"gd": 0.05, "sgd": 0.05, "momentum": 0.01, "nesterov": 0.01, "adagrad": 0.5, "rmsprop": 0.05}
_RATES |= {"adam": 0.1, "adamw": 0.1}
_GENTLE = {"gd": 0.1, "sgd": 0.1, "momentum": 0.03, "nesterov": 0.03, "adagrad": 0.3, "rmsprop": 0.03}
_GENTLE |= {"adam": 0.1, "adamw": 0.1}

SURFACES = (
    Surface(
        name="valley",
        title="Valley",
        formula=r"\tfrac12\,(u^2+\kappa v^2)",
        says="Steep across, flat along: the step that suits the one direction does not suit the other.",
        height=valley,
        minima=((0.0, 0.0),),
        start=(-3.5, 1.5),
        reach=4.0,
        rates=_RATES,
        settings=(("condition", 25.0, 1.0, 1000.0), ("angle", 0.0, 0.0, 90.0)),
    ),
    Surface(
        name="saddle",
        title="Saddle",
        formula=r"\tfrac12x^2-\tfrac12y^2+\tfrac14y^4",
        says="Down in one direction and up in the other: at the pass the gradient is 0, though it is no minimum.",
        height=saddle,
        minima=((0.0, -1.0), (0.0, 1.0)),
        lowest=-0.25,
        start=(-1.8, 0.001),
        reach=2.0,
        rates=_GENTLE,
        saddles=((0.0, 0.0),),
    ),
    Surface(
        name="rosenbrock",
        title="Rosenbrock",
        formula="(1-x)^2+100\\,(y-x^2)^2",
        says="The valley is found at once; the way along its bent, nearly flat floor is long.",
        height=rosenbrock,
        minima=((1.0, 1.0),),
        start=(-1.5, 2.0),
        reach=2.0,
        middle=(0.0, 1.0),
        rates={"gd": 0.001, "sgd": 0.001, "momentum": 0.0005, "nesterov": 0.0005, "adagrad": 0.5, "rmsprop": 0.01}
        | {"adam": 0.05, "adamw": 0.05},
        steep=True,
        steps=800,
    ),
    Surface(
        name="beale",
        title="Beale",
        formula="(1.5-x+xy)^2+(2.25-x+xy^2)^2+(2.625-x+xy^3)^2",
        says="Plateaus with hardly any gradient beside walls with a huge one.",
        height=beale,
        minima=((3.0, 0.5),),
        start=(1.0, 1.5),
        reach=4.5,
        rates={"gd": 0.003, "sgd": 0.003, "momentum": 0.001, "nesterov": 0.001, "adagrad": 0.5, "rmsprop": 0.02}
        | {"adam": 0.1, "adamw": 0.1},
        steep=True,
        saddles=((0.0, 1.0),),
        steps=400,
    ),
    Surface(
        name="himmelblau",
        title="Himmelblau",
        formula="(x^2+y-11)^2+(x+y^2-7)^2",
        says="Four minima: which one is found depends on where the ball starts, and on who rolls.",
        height=himmelblau,
        minima=((3.0, 2.0), (-2.805118, 3.131313), (-3.779310, -3.283186), (3.584428, -1.848127)),
        start=(-5.0, 0.5),
        reach=6.0,
        rates={"gd": 0.01, "sgd": 0.01, "momentum": 0.003, "nesterov": 0.003, "adagrad": 1.0, "rmsprop": 0.05}
        | {"adam": 0.2, "adamw": 0.2},
        steep=True,
    ),
    Surface(
        name="noisy",
        title="Noisy bowl",
        formula=r"\tfrac12\,(x^2+4y^2),\quad g+\text{noise}",
        says="Each gradient is only a rough guess, as from a mini-batch: who forgets quickly jitters to the end.",
        height=bowl,
        minima=((0.0, 0.0),),
        start=(-3.0, 3.0),
        reach=4.0,
        rates=_GENTLE,
        noise=2.0,
    ),
)
