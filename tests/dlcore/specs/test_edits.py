import pytest
from pydantic import ValidationError

from dlcore.specs import limits
from dlcore.specs.edits import Edit, Path, apply_edits
from dlcore.specs.layers import ActivationLayer, DenseLayer, DropoutLayer, FlattenLayer, Layer, ResidualLayer

BLOCK = ResidualLayer(layers=(DenseLayer(units=3), ActivationLayer()), shortcut="projection")
LAYERS: tuple[Layer, ...] = (FlattenLayer(), BLOCK, DenseLayer(units=2))
NEW = DropoutLayer()


@pytest.mark.parametrize(
    ("edit", "after"),
    [
        (Edit(action="insert", path=(0,), layer=NEW), (NEW, *LAYERS)),
        (Edit(action="insert", path=(3,), layer=NEW), (*LAYERS, NEW)),
        (Edit(action="replace", path=(2,), layer=NEW), (*LAYERS[:2], NEW)),
        (Edit(action="remove", path=(0,)), LAYERS[1:]),
        (
            Edit(action="insert", path=(1, 2), layer=NEW),
            (LAYERS[0], ResidualLayer(layers=(*BLOCK.layers, NEW), shortcut="projection"), LAYERS[2]),
        ),
        (
            Edit(action="remove", path=(1, 0)),
            (LAYERS[0], ResidualLayer(layers=(ActivationLayer(),), shortcut="projection"), LAYERS[2]),
        ),
    ],
)
def test_an_edit_changes_one_place(edit: Edit, after: tuple[Layer, ...]) -> None:
    assert apply_edits(LAYERS, [edit]) == after


def test_edits_follow_one_another() -> None:
    edits = [Edit(action="remove", path=(0,)), Edit(action="replace", path=(0,), layer=NEW)]
    assert apply_edits(LAYERS, edits) == (NEW, LAYERS[2])


@pytest.mark.parametrize(
    ("action", "path", "layer", "text"),
    [
        ("replace", (3,), NEW, "path: expected the place of a layer, its first number at most 2; received (3,)"),
        ("insert", (4,), NEW, "path: expected the place of a layer, its first number at most 3; received (4,)"),
        ("remove", (), None, "path: expected the place of a layer"),
        ("remove", (0,), NEW, "layer: expected none to remove"),
        ("insert", (0,), None, "layer: expected one to insert; received None"),
        ("remove", (0, 0), None, "path: expected a residual block to look into; received flatten"),
        ("insert", (1, 0), BLOCK, "layer: a residual block holds no other residual block; received one"),
    ],
)
def test_what_leads_nowhere_is_refused(action: str, path: Path, layer: Layer | None, text: str) -> None:
    with pytest.raises(ValueError) as refusal:
        apply_edits(LAYERS, [Edit(action=action, path=path, layer=layer)])  # type: ignore[arg-type]  # from a table
    assert str(refusal.value).startswith(text)


def test_a_block_is_never_empty_nor_too_long() -> None:
    single = (ResidualLayer(layers=(NEW,)),)
    with pytest.raises(ValidationError):
        apply_edits(single, [Edit(action="remove", path=(0, 0))])
    with pytest.raises(ValidationError):
        apply_edits(single, [Edit(action="insert", path=(0, 0), layer=NEW)] * limits.INNER_LAYERS)
