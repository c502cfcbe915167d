import base64
import json
import zlib
from typing import Any
from urllib.parse import parse_qsl, quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from dlcore.examples import EXAMPLES
from dlcore.labs.registry import LABS
from dlcore.specs import limits
from dlcore.specs.perceptron import Perceptron
from dlcore.specs.supervised import Supervised
from ui.controls.fields import has_field
from ui.controls.registry import NAMES
from ui.share import decode, encode, from_query, to_query, too_long

OWN = Supervised()


def packed(content: Any) -> str:
    text = content if isinstance(content, bytes) else json.dumps(content).encode()
    return "1." + base64.urlsafe_b64encode(zlib.compress(text)).decode().rstrip("=")


def points_as(columns: dict[str, Any]) -> str:
    return packed({"kind": "supervised", "set": {"data": {"kind": "drawn", "points": columns}}})


places = some.floats(-6, 6, allow_nan=False) | some.integers(-600, 600).map(lambda n: n / 100)
points = some.lists(some.builds(lambda a, b, c: {"x1": a, "x2": b, "label": c}, places, places, some.integers(0, 1)))
layers = some.lists(
    some.builds(lambda u, a: {"units": u, "activation": a}, some.integers(1, 16), some.sampled_from(["tanh", "relu"])),
    max_size=8,
)
changes = some.fixed_dictionaries(
    {},
    optional={
        "data": some.builds(lambda p, s: {"kind": "drawn", "points": p, "seed": s}, points, some.integers(0, 2**31 - 1))
        | some.sampled_from([{"kind": "table", "name": "breast-cancer"}, {"kind": "generated", "name": "xor"}]),
        "network.layers": layers,
        "training.optimizer": some.sampled_from(["gd", "adamw", {"kind": "momentum", "momentum": 0.25}]),
        "training.learning_rate": some.floats(1e-9, 100),
        "training.batch_size": some.integers(2, 5000) | some.just("all"),
        "training.early_stopping": some.none() | some.just({"patience": 7, "min_delta": 0.125}),
        "seed": some.integers(0, 2**31 - 1),
    },
)


@given(changes, some.frozensets(some.sampled_from(sorted(NAMES))))
@settings(deadline=None, max_examples=60)
def test_a_link_brings_back_the_experiment_and_what_is_hidden(asked: dict[str, Any], hidden: frozenset[str]) -> None:
    spec = OWN.replace(asked)
    query = to_query(spec, hidden)
    assert quote(query, safe="=") == query  # nothing of it needs escaping
    assert from_query(dict(parse_qsl(query))) == (spec, hidden, None)


@pytest.mark.parametrize("row", LABS, ids=lambda row: row.kind)
def test_every_lab_goes_into_a_short_link(row: Any) -> None:
    base = "base." if row.kind == "race" else ""
    fields = (f"{base}data.seed", "learning_rate" if row.kind == "perceptron" else f"{base}seed")
    spec = row.spec().replace({field: 7 for field in fields if has_field(row.spec(), field)})
    assert spec != row.spec()
    text = encode(spec)
    assert decode(text) == (spec, frozenset())
    assert len(text) < 120


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: row.name)
def test_every_example_goes_into_a_link_that_fits_a_chat(row: Any) -> None:
    text = encode(row.spec)
    assert decode(text) == (row.spec, frozenset())
    assert len(text) < 600


def test_without_the_parameter_a_page_shows_its_default() -> None:
    assert from_query({"run": "abc"}) == (OWN, frozenset(), None)
    assert from_query({}, Perceptron()).spec == Perceptron()


def drawn(count: int, digits: int) -> Supervised:
    rows = [
        {
            "x1": round(-6 + 12 * (k * 0.618034 % 1), digits),
            "x2": round(-6 + 12 * (k * 0.7548777 % 1), digits),
            "label": k % 2,
        }
        for k in range(count)
    ]
    return OWN.replace({"data": {"kind": "drawn", "points": rows}})


def test_a_thousand_hand_drawn_points_fit_into_a_link() -> None:
    query = to_query(drawn(limits.DRAWN_POINTS, 2))
    assert too_long(query) is None
    assert from_query(dict(parse_qsl(query))).spec == drawn(limits.DRAWN_POINTS, 2)


def test_a_longer_link_is_named_with_its_length_and_still_reads() -> None:
    query = to_query(drawn(limits.DRAWN_POINTS, 15))
    said = too_long(query)
    assert said is not None
    assert "8,000" in said
    assert "file" in said
    assert from_query(dict(parse_qsl(query))) == (drawn(limits.DRAWN_POINTS, 15), frozenset(), None)


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("", "another version"),
        ("2.abc", "another version"),
        ("1.", "missing"),
        ("1.%%%", "missing or was changed"),
        ("1.ä", "missing or was changed"),
        ("1.AAAA", "missing or was changed"),
        ("1." + "A" * 200_000, f"longer than {limits.SPEC_CHARACTERS:,}"),
        (encode(OWN.replace({"seed": 5}))[:-6], "missing"),
        (packed(b"no JSON"), "missing or was changed"),
        (packed(b"\xff\xfe"), "missing or was changed"),
        (packed(b"[" * 50_000), "missing or was changed"),
        (packed(b"1" * 5_000), "missing or was changed"),
        (packed([1, 2]), "something else"),
        (packed({"kind": "supervised", "set": [1]}), "something else"),
        (packed({"kind": "supervised", "more": 1}), "something else"),
        (packed({"kind": "transformer"}), "transformer"),
        (packed({"kind": ["supervised"]}), "kind: expected"),
        (packed({"set": {}}), "kind: expected"),
        (packed({"kind": "supervised", "hide": ["everything"]}), "'everything'"),
        (packed({"kind": "supervised", "hide": [1]}), "'1'"),
        (packed({"kind": "supervised", "set": {"network.nothing": 1}}), "network.nothing"),
        (packed({"kind": "supervised", "set": {"": 1}}), "no such field"),
        (packed({"kind": "supervised", "set": {"data.noise": 9}}), "noise"),
        (packed(b'{"kind": "supervised", "set": {"training.learning_rate": NaN}}'), "learning_rate"),
        (packed({"kind": "supervised", "set": {"network.layers": [{"units": 4}] * 9}}), "layers"),
        (points_as({"x1": [1]}), "points are damaged"),
        (points_as({"x1": [1], "x2": [1], "label": [0], "per": 0}), "points are damaged"),
        (points_as({"x1": [10**400], "x2": [1], "label": [0], "per": 3}), "points are damaged"),
        (encode(Perceptron()), "another page: Perceptron"),
    ],
)  # fmt: skip
def test_a_broken_link_gives_the_default_experiment_and_says_why(value: str, says: str) -> None:
    spec, hidden, message = from_query({"spec": value})
    assert (spec, hidden) == (OWN, frozenset())
    assert message is not None
    assert says in message
    assert message.startswith("This link could not be read")
    assert len(message) < 400


def test_a_small_link_cannot_unpack_to_gigabytes() -> None:
    bomb = packed(b" " * 30_000_000)
    assert len(bomb) < limits.SPEC_CHARACTERS
    message = from_query({"spec": bomb}).message
    assert message is not None
    assert "unpacks to more" in message


@given(some.text(max_size=80) | some.binary(max_size=80).map(packed) | some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats(allow_nan=False) | some.text(max_size=5),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(
        some.sampled_from(["kind", "set", "hide", "data", "network.layers", "seed", "points"]), inner, max_size=3),
).map(lambda value: packed({"kind": "supervised", "set": value})))  # fmt: skip
@settings(deadline=None)
def test_no_link_whatever_breaks_the_page(text: str) -> None:
    spec, _hidden, message = from_query({"spec": text})
    assert message is not None or isinstance(spec, Supervised)
