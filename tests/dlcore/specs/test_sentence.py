"""Every refusal is one sentence with the field, what was expected and what was received, as a learner wrote them."""

import json
from typing import Any

import pytest

from dlcore.labs.registry import parse_spec
from dlcore.specs.sentence import shown
from dlcore.specs.spec import SpecError

POINT = {"x1": 1.0, "x2": 0.0, "label": 0}

REFUSALS: list[tuple[dict[str, Any], str]] = [
    ({"seed": -1}, "seed: expected at least 0; received -1."),
    ({"seed": 1.5}, "seed: expected a whole number; received 1.5."),
    ({"seed": "3"}, "seed: expected a whole number; received '3'."),
    ({"seed": True}, "seed: expected a whole number; received true."),
    ({"seed": None}, "seed: expected a whole number; received null."),
    ({"seed": 2**31}, "seed: expected at most 2,147,483,647; received 2147483648."),
    ({"version": 2}, "version: expected 1; received 2."),
    ({"data": None}, "data: expected an object with named fields; received null."),
    ({"data": "circle"}, "data: expected an object with named fields; received 'circle'."),
    ({"data": {"name": "xor"}}, "data.kind: this field is required, and it is missing."),
    ({"data": {"kind": "x"}}, "data.kind: expected one of generated, table, drawn, own_table; received 'x'."),
    (
        {"data": {"kind": "generated", "name": "penguins"}},
        "data.name: expected one of circle, xor, gauss, spiral, moons, rings, fraud, plane, hills, sine; "
        "received 'penguins'.",
    ),
    ({"data": {"kind": "generated", "noise": 0.7}}, "data.noise: expected at most 0.5; received 0.7."),
    ({"data": {"kind": "generated", "foo": 1}}, "data.foo: there is no such field."),
    (
        {"data": {"kind": "table", "features": ["wings"]}},
        "data.features: expected some of bill length (mm), bill depth (mm), flipper length (mm), body mass (g); "
        "received 'wings'.",
    ),
    (
        {"data": {"kind": "table", "axes": ["bill length (mm)"]}},
        'data.axes: expected 2 items; received ["bill length (mm)"].',
    ),
    ({"data": {"kind": "table", "axes": []}}, "data.axes: expected 2 items; received []."),
    (
        {"data": {"kind": "table", "axes": ["bill length (mm)", "bill length (mm)"]}},
        "data.axes: expected two different inputs; received 'bill length (mm)' twice.",
    ),
    ({"data": {"kind": "drawn", "points": [{**POINT, "x1": 7}]}}, "data.points.0.x1: expected at most 6; received 7."),
    (
        {"data": {"kind": "drawn", "points": [POINT, {"x1": 1}]}},
        "data.points.1.x2: this field is required, and it is missing.",
    ),
    (
        {"data": {"kind": "drawn", "points": [POINT] * 1001}},
        "data.points: expected at most 1,000 items; received 1001.",
    ),
    ({"network": {"layers": [{}, {"units": 0}]}}, "network.layers.1.units: expected at least 1; received 0."),
    ({"network": {"layers": [{}] * 9}}, "network.layers: expected at most 8 items; received 9."),
    ({"network": {"layers": [4, 2]}}, "network.layers.0: expected an object with named fields; received 4."),
    (
        {"network": {"layers": [{"activation": "softmax"}]}},
        "network.layers.0.activation: expected one of linear, sigmoid, tanh, relu, leaky_relu, elu, gelu, silu, "
        "softplus; received 'softmax'.",
    ),
    ({"network": {"features": []}}, "network.features: expected at least one input; received none."),
    ({"network": {"features": ["x1", "x1"]}}, "network.features: expected each feature once; received x1, x1."),
    ({"network": {"batch_norm": 1}}, "network.batch_norm: expected true or false; received 1."),
    (
        {"training": {"optimizer": "x"}},
        "training.optimizer.kind: expected one of gd, sgd, momentum, nesterov, adagrad, rmsprop, adam, adamw; "
        "received 'x'.",
    ),
    # a setting that is called like the kind it belongs to
    (
        {"training": {"optimizer": {"kind": "momentum", "momentum": 1}}},
        "training.optimizer.momentum: expected less than 1; received 1.",
    ),
    (
        {"training": {"optimizer": {"kind": "momentum", "momentum": 0.5, "foo": 2}}},
        "training.optimizer.foo: there is no such field.",
    ),
    (
        {"training": {"schedule": {"kind": "step", "decay": 2.0}}},
        "training.schedule.decay: expected at most 1; received 2.0.",
    ),
    ({"training": {"batch_size": 0}}, "training.batch_size: expected at least 1 or 'all'; received 0."),
    ({"training": {"batch_size": "x"}}, "training.batch_size: expected a whole number or 'all'; received 'x'."),
    ({"training": {"learning_rate": 0}}, "training.learning_rate: expected more than 0; received 0."),
    ({"training": {"learning_rate": float("nan")}}, "training.learning_rate: expected a finite number; received NaN."),
    (
        {"training": {"learning_rate": float("inf")}},
        "training.learning_rate: expected a finite number; received Infinity.",
    ),
    ({"training": {"device": "tpu"}}, "training.device: expected 'auto', 'cpu' or 'cuda'; received 'tpu'."),
    ({"training": {"epochs": 0}}, "training.epochs: expected at least 1; received 0."),
    (
        {"training": {"early_stopping": {"patience": 0}}},
        "training.early_stopping.patience: expected at least 1; received 0.",
    ),
    # names that nobody would choose
    ({"": 1}, "'': there is no such field."),
    ({"a\nb": 1}, "'a\\nb': there is no such field."),
    ({"training": {"a.b": 1}}, "training.'a.b': there is no such field."),
    ({"k" * 5000: 1}, f"'{'k' * 39} … {'k' * 15}': there is no such field."),
]


@pytest.mark.parametrize(("fields", "said"), REFUSALS, ids=[said[:40] for _, said in REFUSALS])
def test_a_refusal_names_field_expectation_and_value(fields: dict[str, Any], said: str) -> None:
    for source in ({"kind": "supervised", **fields}, json.dumps({"kind": "supervised", **fields})):
        with pytest.raises(SpecError) as refused:
            parse_spec(source)
        assert str(refused.value) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "This is not valid JSON: Expecting value: line 1 column 1 (char 0)."),
        ('{"kind": "supervised"', "This is not valid JSON: Expecting ',' delimiter: line 1 column 22 (char 21)."),
        ("[" * 50_000, "This JSON is nested too deeply to be a spec."),
        (
            '{"kind": "supervised", "seed": 1%s}' % ("0" * 5000),
            "This JSON holds a number with too many digits to be a spec.",
        ),
        (
            '{"kind": "supervised", "seed": 1%s}' % ("0" * 99),
            f"seed: expected at most 2,147,483,647; received 1{'0' * 39} … {'0' * 16}.",
        ),
        ("x" * 1_000_000, "A spec may have 80,000 characters at most; this one has 1,000,000."),
        (
            '{"kind": "supervised", "training": {"loss": "%s"}}' % ("z" * 70_000),
            "training.loss: expected one of mse, mae, huber, bce, cross_entropy; "
            "received 'zzzzzzzzzzzz...zzzzzzzzzzzzz'.",
        ),
        (
            '{"kind": "supervised", "training": ' + "[" * 150 + "]" * 150 + "}",
            f"training: expected an object with named fields; received {'[' * 40} … {']' * 16}.",
        ),
    ],
    ids=["empty", "cut", "deep", "digits", "large", "megabyte", "long", "nested"],
)
def test_hostile_text_is_refused_shortly(text: str, said: str) -> None:
    with pytest.raises(SpecError) as refused:
        parse_spec(text)
    assert str(refused.value) == said


def test_half_a_character_is_refused() -> None:
    with pytest.raises(SpecError, match=r"^This is not JSON that can be read: .*hex escape"):
        parse_spec('{"kind": "supervised", "data": {"kind": "generated", "name": "\\ud800"}}')


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a'b", '"a\'b"'),
        (None, "null"),
        ({"a": [1, 2.5]}, '{"a": [1, 2.5]}'),
        ("\x1b[31m", "'\\x1b[31m'"),
        (list(range(100)), "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 1 …  96, 97, 98, 99]"),
    ],
)
def test_shown_values_are_short_and_printable(value: Any, text: str) -> None:
    assert shown(value) == text


def test_what_cannot_be_written_down_is_named_by_its_type() -> None:
    assert shown(10**5000) == "a very large int"
