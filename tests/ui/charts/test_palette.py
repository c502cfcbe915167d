import re
from pathlib import Path

import pytest

from ui.charts.palette import LIGHT

BROWSER = Path(__file__).parents[3] / "ui" / "live" / "js" / "palette.js"


def test_a_role_has_its_colour_and_lists_go_round() -> None:
    assert LIGHT.colour("positive") == "#0877bd"
    assert LIGHT.colour("class:1") == LIGHT.positive
    assert LIGHT.colour("layer:9") == LIGHT.colour("layer:0")


@pytest.mark.parametrize("role", ["", "layer", "layer:-1", "layer:x", "blue", "diverging", "classes"])
def test_an_unknown_role_is_refused_with_its_name(role: str) -> None:
    with pytest.raises(ValueError, match=re.escape(repr(role))):
        LIGHT.colour(role)


def test_the_browser_has_the_same_light_colours() -> None:
    text = BROWSER.read_text()
    light = text[text.index("const LIGHT") : text.index("const DARK")]
    for name in ("positive", "negative", "zero", "train", "test"):
        assert f'{name}: "{getattr(LIGHT, name)}"' in light
    for name in ("classes", "layers"):
        listed = re.search(rf"{name}: \[(.*?)\]", light)
        assert listed is not None
        assert tuple(re.findall(r"#[0-9a-f]{6}", listed[1])) == getattr(LIGHT, name)
