"""The formulas of activations and losses as texts in the markup of `backpropagation_names.py`."""

from __future__ import annotations

from collections.abc import Callable

from ui.lessons.backpropagation_names import held, shown

# title, f(z), and f′(z), with Z where z stands
ACTIVATIONS: dict[str, tuple[str, str, str]] = {
    "sigmoid": ("σ", "[1|1 + e^(−Z)]", "σ(Z) · (1 − σ(Z))"),
    "tanh": ("tanh", "[e^(Z) − e^(−Z)|e^(Z) + e^(−Z)]", "1 − tanh² Z"),
    "relu": ("ReLU", "max(0, Z)", "1 if Z > 0, else 0"),
    "leaky_relu": ("leaky ReLU", "max(0.01 Z, Z)", "1 if Z > 0, else 0.01"),
    "elu": ("ELU", "Z if Z > 0, else e^(Z) − 1", "1 if Z > 0, else e^(Z)"),
    "gelu": ("GELU", "Z · Φ(Z)", "Φ(Z) + Z · φ(Z)"),
    "silu": ("SiLU", "Z · σ(Z)", "σ(Z) · (1 + Z (1 − σ(Z)))"),
    "softplus": ("softplus", "ln(1 + e^(Z))", "σ(Z)"),
}

# one output: the loss and its derivative with respect to that output, with A, Y (and E = A − Y)
_LOSSES: dict[str, tuple[str, str]] = {
    "half_squared": ("½ (Y − A)²", "A − Y"),
    "mse": ("(Y − A)²", "2 · (A − Y)"),
    "mae": ("∣A − Y∣", "sign(A − Y)"),
    "huber": ("huber(A − Y)", "huber′(A − Y)"),
}
_NOTES = {
    "huber": "huber(e) = ½ e² where ∣e∣ ≤ 1, else ∣e∣ − ½; its derivative is e, kept between −1 and 1.",
    "mae": "sign(e) is 1 above 0, −1 below, and 0 at 0.",
    "bce": "σ is part of this loss: [∂L|∂p] × [∂p|∂z] = [p − y|p (1 − p)] × p (1 − p) = p − y. The two factors cancel.",
    "cross_entropy": "Softmax is part of this loss: p = softmax(z), and its derivative is simply p − y.",
}


def note_of(loss: str) -> str:
    """What has to be said about a loss; empty where nothing has."""
    return _NOTES.get(loss, "")


def activation_lines(function: str, result: str, z: str, values: tuple[float, float]) -> list[str]:
    """How an activation makes `result` out of `z`; `values` are those of z and of the result."""
    title, formula, _ = ACTIVATIONS[function]
    at, value = values
    return [f"{result} = {title}({z}) = {formula.replace('Z', z)}", f"= {title}({shown(at)})", f"= {shown(value)}"]


def derivative_line(function: str, z: float, slope: float) -> str:
    """The local derivative of an activation at z."""
    title, _, derivative = ACTIVATIONS[function]
    return f"{title}′(z) = {derivative.replace('Z', 'z')}; at z = {shown(z)} it is {shown(slope)}"


class LossText:
    """One loss on the outputs of one network; `outputs` are (name, value), `target` (name, value), in order."""

    def __init__(
        self, loss: str, outputs: list[tuple[str, float]], target: list[tuple[str, float]], p: list[float]
    ) -> None:
        self._loss, self._outputs, self._target, self._p = loss, outputs, target, p
        self._several = len(outputs) > 1 and loss not in ("half_squared", "cross_entropy")

    def value(self, loss: float) -> list[str]:
        """How the loss is made."""
        if self._loss == "cross_entropy":
            true = max(range(len(self._p)), key=lambda k: self._target[k][1])
            shares = ", ".join(shown(p) for p in self._p)
            return [
                f"p = softmax(z) = ({shares})",
                f"L = −ln p_({true + 1}), the true class: −ln {shown(self._p[true])}",
                f"= {shown(loss)}",
            ]
        if self._loss == "bce":
            general = [f"−{y} ln p{k} − (1 − {y}) ln(1 − p{k})" for (y, _), k in self._each_p()]
            general = general if len(general) == 1 else [f"({term})" for term in general]
            lines = [f"p{k} = σ({z}) = {shown(p)}" for ((z, _), p), (_, k) in self._with_p()]
            return [*lines, f"L = {self._mean(general)}", f"= {shown(loss)}"]
        formula, _ = _LOSSES[self._loss]
        put_in = self._filled(formula, lambda name, value: shown(value))
        return [
            f"L = {self._mean(self._filled(formula, lambda name, value: name))}",
            f"= {self._mean(put_in)}",
            f"= {shown(loss)}",
        ]

    def slope(self, k: int, gradient: float) -> list[str]:
        """How ∂L/∂(output k) is made: the first factor of every chain."""
        (name, a), (target, y) = self._outputs[k], self._target[k]
        left = f"[∂L|∂{name}]"
        share = f" / {len(self._outputs)}" if self._several else ""
        if self._loss in ("bce", "cross_entropy"):
            p = f"p{'' if len(self._p) == 1 else f'_({k + 1})'}"
            numbers = f"{shown(self._p[k])} − {held(y)}"
            return [f"{left} = {self._over(f'{p} − {target}', share)}", f"= {self._over(numbers, share)}",
                    f"= {shown(gradient)}"]  # fmt: skip
        _, derivative = _LOSSES[self._loss]
        general = derivative.replace("A", name).replace("Y", target)
        numbers = derivative.replace("A", shown(a)).replace("Y", held(y))
        return [f"{left} = {self._over(general, share)}", f"= {self._over(numbers, share)}", f"= {shown(gradient)}"]

    def _filled(self, formula: str, text: Callable[[str, float], str]) -> list[str]:
        filled = []
        for output, target in zip(self._outputs, self._target, strict=True):
            last = formula.rstrip("²)∣")[-1]  # what comes after a minus is bracketed where it is negative
            names = {"A": text(*output), "Y": text(*target)}
            if names[last].startswith("−"):
                names[last] = f"({names[last]})"
            filled.append(formula.replace("A", names["A"]).replace("Y", names["Y"]))
        return filled

    def _each_p(self) -> list[tuple[tuple[str, float], str]]:
        one = len(self._p) == 1
        return [(target, "" if one else f"_({k + 1})") for k, target in enumerate(self._target)]

    def _with_p(self) -> list[tuple[tuple[tuple[str, float], float], tuple[tuple[str, float], str]]]:
        return list(zip(zip(self._outputs, self._p, strict=True), self._each_p(), strict=True))

    def _mean(self, terms: list[str]) -> str:
        return f"[{' + '.join(terms)}|{len(terms)}]" if self._several else " + ".join(terms)

    @staticmethod
    def _over(text: str, share: str) -> str:
        return f"({text}){share}" if share else text
