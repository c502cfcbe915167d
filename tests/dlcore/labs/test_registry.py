import json

import pytest
from hypothesis import HealthCheck, given, settings

from dlcore.labs.registry import LABS, find_lab, parse_spec
from dlcore.specs.perceptron import Perceptron
from dlcore.specs.spec import Spec, SpecError
from dlcore.specs.supervised import Supervised
from tests.strategies import specs

KINDS = ["supervised", "layered", "detection", "segmentation", "race", "perceptron", "descent"]
ALL = ", ".join(KINDS)


def test_rows_are_complete() -> None:
    assert [row.kind for row in LABS] == KINDS
    for row in LABS:
        assert row.spec().kind == row.kind  # type: ignore[attr-defined]  # every root spec has a kind
        assert row.title
        assert row.summary.endswith(".")
        assert row.lab.count(":") == 1


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None, max_examples=20)
@given(specs)
def test_the_kind_says_which_spec_it_is(spec: Spec) -> None:
    assert type(parse_spec(spec.as_json())) is type(spec)


def test_defaults_may_be_left_out() -> None:
    assert parse_spec('{"kind": "supervised"}') == Supervised()
    assert parse_spec({"kind": "perceptron"}) == Perceptron()


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("[]", "A spec is a JSON object with named fields; received []."),
        ("null", "A spec is a JSON object with named fields; received null."),
        ("{}", f"kind: this field is required, and it is missing; it is one of {ALL}."),
        ('{"kind": "cnn"}', f"kind: expected one of {ALL}; received 'cnn'."),
        ('{"kind": null}', f"kind: expected one of {ALL}; received None."),
        (
            json.dumps({"kind": ["supervised"]}),
            f"kind: expected one of {ALL}; received ['supervised'].",
        ),
    ],
)
def test_what_is_no_spec_is_refused(source: str, said: str) -> None:
    with pytest.raises(SpecError) as refused:
        parse_spec(source)
    assert str(refused.value) == said


def test_an_unknown_lab_is_named() -> None:
    with pytest.raises(ValueError, match=rf"^kind: expected one of {ALL}; received 'gan'$"):
        find_lab("gan")
