from dlcore.labs.registry import LABS
from dlcore.specs.data import DrawnData, GeneratedData, TableData
from dlcore.specs.network import NetworkSpec
from dlcore.specs.training import TrainingSpec
from ui.controls.data import _CONTROLS as DATA
from ui.controls.draft import Draft
from ui.controls.folds import FOLDS
from ui.controls.form import Form
from ui.controls.network import _CONTROLS as NETWORK
from ui.controls.registry import CHOICES, CONTROLS, GROUPS, IN_PICTURES, NAMES, hidden_in_view, is_hidden
from ui.controls.scenes import DATA_CONTROLS as SCENES
from ui.controls.training import _CONTROLS as TRAINING
from ui.controls.training import _MORE as MORE


def test_every_row_is_drawn_or_belongs_to_the_bar() -> None:
    drawn = {*DATA, *SCENES, *FOLDS, *NETWORK, *TRAINING, *MORE}
    drawn.add("data.download")  # a button without a value
    drawn |= set(IN_PICTURES)
    assert {row.name for row in CONTROLS if row.group not in ("bar", row.name)} == drawn


def test_every_row_has_a_group_and_its_own_name() -> None:
    assert {row.group for row in CONTROLS if "." in row.name} == {name for name, _title in GROUPS}
    assert len(NAMES) == len(CONTROLS) + len(GROUPS)
    assert len(set(CHOICES.values())) == len(CHOICES)  # no two of them look the same
    assert (CHOICES["network.features"], CHOICES["share"]) == ("Network: Inputs", "Share")


def test_the_browser_is_told_names_that_it_knows() -> None:
    assert hidden_in_view(frozenset({"bar.step", "data"})) == ["points", "step"]
    assert set(hidden_in_view(frozenset({"bar"}))) == {"play", "step", "epoch", "reset", "speed", "rewind"}
    assert hidden_in_view(frozenset({"network"})) == ["layers", "weights"]
    assert hidden_in_view(frozenset({"network.layers", "training"})) == ["layers"]


def test_a_group_hides_all_of_it() -> None:
    assert is_hidden("network.layers", frozenset({"network"})) and is_hidden("share", frozenset({"share"}))
    assert not is_hidden("network.layers", frozenset({"network.output"}))


def test_every_field_that_a_learner_sets_has_a_control() -> None:
    fields = {
        "data": {*GeneratedData.model_fields, *TableData.model_fields, *DrawnData.model_fields},
        "network": {*NetworkSpec.model_fields},
        "training": {*TrainingSpec.model_fields, "seed"},
    }
    names = {row.name for row in CONTROLS}
    for group, wanted in fields.items():
        assert {f"{group}.{field}" for field in wanted} <= names, group


def test_a_spec_without_a_group_has_its_field_at_the_root() -> None:
    perceptron = next(row for row in LABS if row.kind == "perceptron").spec()
    form = Form(draft=Draft(name="a", default=perceptron), hidden=frozenset({"data", "training.epochs"}))
    assert form.path("training.learning_rate") == "learning_rate"
    assert form.path("training.seed") == "seed"
    assert form.path("network.layers") is None
    assert form.path("data.name") is None
    assert form.path("training.epochs") is None
