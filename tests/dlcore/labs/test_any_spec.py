"""Any experiment that can be asked for either builds and steps, or is refused with a sentence."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dlcore.labs.lab import Diverged
from dlcore.labs.registry import make_lab, parse_spec
from dlcore.specs.spec import SpecError
from tests.strategies import specs


@pytest.mark.slow
@given(specs, st.integers(1, 5))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_it_builds_and_steps_or_is_refused(spec, steps):
    assert parse_spec(spec.as_json()) == spec
    try:
        lab = make_lab(spec)
        for _ in range(steps):
            lab.step()
            if lab.finished():
                break
    except Diverged as sentence:
        assert "Try a smaller learning rate" in str(sentence)
        return
    except (SpecError, ValueError) as sentence:
        assert " " in str(sentence) and "\n" not in str(sentence)
        return
    everything = frozenset(view.name for view in lab.views)
    frame = lab.frame(everything)
    assert 1 <= frame.step <= steps
    assert {name.split("/")[0] for name in frame.arrays} <= everything
