import math

import pytest

from dlcore.training.diverging import why_diverged


@pytest.mark.parametrize(("loss", "what"), [(math.nan, "not a number"), (math.inf, "infinite")])
def test_it_says_what_happened_when_and_what_to_try(loss: float, what: str) -> None:
    said = why_diverged(loss, 1234, 0.5)
    assert said.startswith(f"The loss became {what} at update 1,234: ")
    assert "Try a smaller learning rate (now 0.5), gradient clipping, or scaled inputs, and start again." in said
    assert "Reset" not in said  # it is said at the command line, too
