from typing import Any

import pytest
from pydantic import Field as Bound

from dlcore.specs.layer_kinds import LAYER_KINDS, LayerKind
from dlcore.specs.layers import ActivationLayer
from dlcore.specs.spec import Spec, SpecError
from dlcore.training.activations import ACTIVATIONS
from ui.builder.fields import TEXTS, every_setting, fields_of


@pytest.mark.parametrize("row", LAYER_KINDS, ids=lambda row: row.name)
def test_every_bound_is_the_one_at_which_the_spec_refuses(row: LayerKind) -> None:
    usual: Any = row.spec()
    for field in fields_of(row.spec):
        if field.least is None:
            continue
        assert field.most is not None and field.least < field.most
        for beyond in (field.least - field.step, field.most + field.step):
            with pytest.raises(SpecError, match=field.name):
                usual.replace({field.name: type(field.least)(beyond)})


@pytest.mark.parametrize("row", LAYER_KINDS, ids=lambda row: row.name)
def test_every_choice_and_word_is_taken(row: LayerKind) -> None:
    usual: Any = row.spec()
    for field in fields_of(row.spec):
        for value, title in field.choices:
            assert getattr(usual.replace({field.name: value}), field.name) == value and title
        if field.word:
            assert getattr(usual.replace({field.name: field.word[0]}), field.name) == field.word[0] and field.word[1]


def test_every_setting_has_a_text_and_none_is_left_over() -> None:
    assert every_setting() == set(TEXTS)
    assert {name for row in LAYER_KINDS for name in row.spec.model_fields} - {"kind", "layers"} == set(TEXTS)
    for text in TEXTS.values():
        assert text.help.endswith(".")


def test_all_hidden_activation_functions_are_offered() -> None:
    (field,) = fields_of(ActivationLayer)
    assert [value for value, _ in field.choices] == [row.name for row in ACTIVATIONS if row.hidden]


def test_a_setting_that_no_form_can_show_is_refused() -> None:
    class Unknown(Spec):
        shade: int = Bound(1, ge=0, le=2)

    class Text(Spec):
        mode: str = "any"

    with pytest.raises(ValueError, match="shade: expected a setting with a title"):
        fields_of(Unknown)
    with pytest.raises(ValueError, match="mode: expected a number, a choice"):
        fields_of(Text)
