import pytest

from dlcore.labs.registry import parse_spec
from dlcore.specs import limits
from dlcore.specs.layered import Layered
from dlcore.specs.race import Race, cross_validation
from dlcore.specs.spec import SpecError, is_live, is_live_change
from dlcore.specs.supervised import Supervised


def race(**variants):
    return Race.parse({"variants": [{"title": name, "changes": changes} for name, changes in variants.items()]})


def test_a_member_is_the_base_with_its_changes():
    spec = race(base={}, adam={"training.optimizer": "adam", "training.learning_rate": 0.01})
    assert spec.members[0] == Supervised()
    assert spec.members[1] == Supervised().replace({"training.optimizer": "adam", "training.learning_rate": 0.01})
    assert parse_spec(spec.as_json()) == spec


def test_the_base_may_be_any_of_two_kinds():
    spec = Race.parse({"base": Layered(), "variants": [{"title": "a"}, {"title": "b", "changes": {"seed": 1}}]})
    assert isinstance(spec.members[1], Layered) and spec.members[1].seed == 1
    with pytest.raises(SpecError, match=r"base\.kind: expected one of supervised, layered; received 'perceptron'"):
        Race.parse({"base": {"kind": "perceptron"}})


def test_a_live_field_of_the_base_is_live_and_a_variant_is_not():
    spec = race(a={}, own={"training.learning_rate": 0.5})
    assert is_live(spec, "base.training.learning_rate") and not is_live(spec, "variants")
    assert is_live_change(spec, spec.replace({"base.training.learning_rate": 0.3}))
    assert not is_live_change(spec, spec.replace({"base.network.batch_norm": True}))
    assert not is_live_change(spec, spec.replace({"variants.0.title": "b"}))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"training.lerning_rate": 1}, r"variants\.0\.changes: the variant 'x' .*: training.lerning_rate: there is no"),
        ({"training.optimizer": "adum"}, r"the variant 'x' is no experiment: training.optimizer.kind: expected one of"),
        ({"data.seed": -1}, r"the variant 'x' is no experiment: data.seed: expected at least 0; received -1"),
        ({"training.loss": "cross_entropy", "data": {"kind": "table", "name": "diabetes"}}, "the variant 'x'"),
        ({"kind": "layered"}, "the variant 'x'"),
    ],
)
def test_a_variant_that_is_no_experiment_is_named(changes, says):
    with pytest.raises(SpecError, match=says) as refusal:
        race(x=changes)
    assert str(refusal.value).count("\n") == 0


def test_impossible_races_are_refused():
    with pytest.raises(SpecError, match="variants: expected a list of at least 1; received 0"):
        Race.parse({"variants": []})
    with pytest.raises(SpecError, match=f"variants: expected at most {limits.VARIANTS} items; received 13"):
        race(**{f"v{k}": {"seed": k} for k in range(13)})
    with pytest.raises(SpecError, match="a title of its own for each; received 'a' more than once"):
        Race.parse({"variants": [{"title": "a"}, {"title": "a", "changes": {"seed": 1}}]})
    with pytest.raises(SpecError, match="expected one task for all"):
        race(a={}, b={"data": {"kind": "generated", "name": "sine"}, "training.loss": "mse"})
    wide = [{"kind": "flatten"}, {"kind": "dense", "units": 1_000}, {"kind": "dense", "units": 10}]
    variants = [{"title": str(k), "changes": {"seed": k}} for k in range(7)]
    with pytest.raises(SpecError, match=r"all together have 5,565,070 parameters, and 5,000,000 are allowed"):
        Race.parse({"base": {"kind": "layered", "layers": wide}, "variants": variants})
    mnist = {"kind": "layered", "layers": [{"kind": "flatten"}, {"kind": "dense", "units": 10}]}
    with pytest.raises(SpecError, match=r"have 39,200,000 numbers to learn from .* and 30,000,000 are allowed"):
        cross_validation(Layered.parse(mnist), 10)
    seeds = [{"title": str(k), "changes": {"seed": k}} for k in range(10)]
    Race.parse({"base": mnist, "variants": seeds})  # of one set


def test_folds_and_seeds_are_repeats_and_other_changes_are_not():
    assert race(a={"seed": 1}, b={"seed": 2}).repeats
    assert not race(a={"seed": 1}, b={"training.l2": 0.1}).repeats
    assert not race(a={"seed": 1}).repeats
    spec = cross_validation(Supervised(), 4)
    assert spec.repeats
    assert [(member.data.folds, member.data.fold) for member in spec.members] == [(4, k) for k in range(4)]


def test_impossible_folds_are_refused():
    with pytest.raises(SpecError, match=r"data.folds: expected at least 2.*received 1"):
        cross_validation(Supervised(), 1)
    with pytest.raises(SpecError, match=r"textures says itself which images are for testing, so it has no folds"):
        layers = [{"kind": "flatten"}, {"kind": "dense", "units": 3}]
        cross_validation(Layered.parse({"data": {"kind": "images", "name": "textures"}, "layers": layers}), 3)


def test_every_variant_takes_the_programs_way_when_exact():
    spec = race(a={}, b={"training.step": "auto", "seed": 1}).exact()
    assert [member.training.step for member in spec.members] == ["textbook", "textbook"]
    assert spec.members[1].seed == 1
