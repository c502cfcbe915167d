import pytest

from dlcore.specs.sampling import require_fold


def test_a_fold_needs_folds() -> None:
    require_fold(None, 0)
    require_fold(4, 3)
    with pytest.raises(ValueError, match="fold: without folds there is only one way to split; expected 0, received 1"):
        require_fold(None, 1)
    with pytest.raises(ValueError, match="fold: expected a number from 0 to 3; received 4"):
        require_fold(4, 4)
