import inspect

import pytest

from dlcore.engine.local import LocalEngine
from dlcore.engine.settings import SETTINGS, from_environment


def test_each_setting_is_a_keyword_of_the_engine():
    keywords = inspect.signature(LocalEngine.__init__).parameters
    for row in SETTINGS:
        assert row.name in keywords
        if row.default.isdecimal():
            assert keywords[row.name].default == float(row.default)


def test_reading_the_environment():
    assert from_environment({}) == {}
    found = from_environment({"LAYERLAB_WORKERS": "3", "LAYERLAB_IDLE_PAUSE": "1.5", "HOME": "/"})
    assert found == {"workers": 3, "idle_pause": 1.5}


@pytest.mark.parametrize("text", ["many", "0", "-2", "nan", "inf", "1.5"])
def test_bad_values_are_refused_with_a_sentence(text):
    with pytest.raises(ValueError, match=r"--workers: expected a whole number of at least 1; received"):
        from_environment({"LAYERLAB_WORKERS": text})
