import pytest

from dlcore.specs.agreement import require_batch_of_two, require_fitting_loss
from dlcore.specs.training import TrainingSpec


def test_a_loss_that_makes_no_sense_is_refused_with_those_that_do() -> None:
    require_fitting_loss("cross_entropy", "multiclass")
    require_fitting_loss("mse", "regression")
    with pytest.raises(
        ValueError, match=r"binary cross-entropy needs two classes .* use one of mse, mae, huber, cross"
    ):
        require_fitting_loss("bce", "multiclass")
    with pytest.raises(ValueError, match=r"cross-entropy needs classes .* has numbers, not classes, as its targets"):
        require_fitting_loss("cross_entropy", "regression")


def test_batch_normalization_needs_two_samples() -> None:
    require_batch_of_two(TrainingSpec(batch_size=1), batch_norm=False)
    require_batch_of_two(TrainingSpec(batch_size=2), batch_norm=True)
    require_batch_of_two(TrainingSpec(batch_size="all"), batch_norm=True)
    with pytest.raises(ValueError, match=r"^training\.batch_size: .* at least 2; received 1$"):
        require_batch_of_two(TrainingSpec(batch_size=1), batch_norm=True)
