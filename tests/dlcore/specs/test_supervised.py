import pytest

from dlcore.specs.data import DataSpec, GeneratedData, TableData
from dlcore.specs.network import NetworkSpec
from dlcore.specs.spec import SpecError
from dlcore.specs.supervised import Supervised
from dlcore.specs.training import TrainingSpec

# which losses make sense for which task, written down by hand
SENSE = {
    "circle": {"mse", "mae", "huber", "bce", "cross_entropy"},
    "rings": {"mse", "mae", "huber", "cross_entropy"},
    "sine": {"mse", "mae", "huber"},
}


@pytest.mark.parametrize("loss", ["mse", "mae", "huber", "bce", "cross_entropy"])
@pytest.mark.parametrize("name", SENSE)
def test_a_loss_fits_its_task_or_is_refused_with_those_that_do(name: str, loss: str) -> None:
    changes = {"data.name": name, "training.loss": loss}
    if loss in SENSE[name]:
        assert Supervised().replace(changes).training.loss == loss
    else:
        with pytest.raises(SpecError) as refused:
            Supervised().replace(changes)
        said = str(refused.value)
        assert said.startswith("training.loss: ")
        assert set(said.rstrip(".").split("use one of ")[1].split(", ")) == SENSE[name]


@pytest.mark.parametrize(
    ("data", "loss", "output"),
    [
        (GeneratedData(), "bce", "sigmoid"),
        (GeneratedData(), "mse", "tanh"),
        (GeneratedData(), "cross_entropy", "softmax"),
        (GeneratedData(name="sine"), "mse", "linear"),
        (TableData(), "cross_entropy", "softmax"),
        (TableData(name="diabetes"), "huber", "linear"),
    ],
)
def test_auto_takes_the_usual_output(data: DataSpec, loss: str, output: str) -> None:
    assert Supervised(data=data, training=TrainingSpec(loss=loss)).output == output


def test_a_chosen_output_is_kept() -> None:
    spec = Supervised(network=NetworkSpec(output="linear"), training=TrainingSpec(loss="mse"))
    assert spec.output == "linear"


def test_an_output_that_does_not_fit_is_refused() -> None:
    with pytest.raises(SpecError, match=r"^network\.output: with binary cross-entropy .* sigmoid; received 'tanh'\.$"):
        Supervised().replace({"network.output": "tanh"})


def test_batch_normalization_needs_batches_of_two() -> None:
    with pytest.raises(SpecError, match=r"^training\.batch_size: batch normalization .* received 1\.$"):
        Supervised().replace({"network.batch_norm": True, "training.batch_size": 1})
    assert Supervised().replace({"network.batch_norm": True, "training.batch_size": 2}).network.batch_norm


def test_the_exact_way_is_the_textbooks():
    spec = Supervised()
    assert spec.training.step == "auto"
    assert spec.exact() == spec.replace({"training.step": "textbook"})
    assert spec.exact().exact() == spec.exact()
