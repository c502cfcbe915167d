"""What the experiments that look at scenes share: the scenes, how one trains on them, what a batch may take."""

from __future__ import annotations

from pydantic import Field, model_validator

from datasets.scenes import MOST, SCENES, SceneCard
from dlcore.networks.scene_costs import Convolution
from dlcore.specs import limits
from dlcore.specs.agreement import require_batch_of_two, require_bearable_batch
from dlcore.specs.data import Seed, TestShare
from dlcore.specs.experiment import Experiment
from dlcore.specs.spec import Spec
from dlcore.specs.training import TrainingSpec
from dlcore.training.losses import Loss

# what training on samples with one answer each knows, and training on scenes does not: the field, what it must be
_UNKNOWN = (("dropout", 0.0), ("class_weights", "none"), ("oversampling", False), ("label_smoothing", 0.0))


class SceneData(Spec):
    """Made scenes of a few figures each, split by chance into those to learn from and those to test on."""

    samples: int = Field(1_000, ge=20, le=limits.SCENES)
    objects: int = Field(MOST, ge=1, le=MOST)  # figures of a scene, at most
    clutter: int = Field(4, ge=0, le=20)  # short strokes behind them
    noise: float = Field(0.05, ge=0.0, le=0.5)  # standard deviation of a pixel
    test_share: TestShare = 0.2
    seed: Seed = 0

    @property
    def card(self) -> SceneCard:
        """The card of this data set."""
        return SCENES

    @property
    def shape(self) -> tuple[int, ...]:
        """Channels, height and width of a scene."""
        return self.card.shape


class SceneTraining(TrainingSpec):
    """How a network learns from scenes; each experiment names its own losses."""

    @model_validator(mode="after")
    def _suits_scenes(self) -> SceneTraining:
        for name, expected in _UNKNOWN:
            received = getattr(self, name)
            if received != expected:
                raise ValueError(
                    f"{name}: training on scenes does not know it; expected {expected}, received {received}"
                )
        return self


class SceneNetwork(Spec):
    """Convolutions that halve the map and double the channels at every level."""

    levels: int = 3
    channels: int = Field(8, ge=2, le=16)  # of the first level
    batch_norm: bool = True


class SceneExperiment(Experiment):
    """Scenes, a network, training, and the seed of weights and mini-batches; each experiment says what it is."""

    data: SceneData = SceneData()
    network: SceneNetwork = SceneNetwork()
    training: SceneTraining = SceneTraining()
    seed: Seed = 0

    @model_validator(mode="after")
    def _fits_together(self) -> SceneExperiment:
        require_batch_of_two(self.training, batch_norm=self.batch_norm)
        require_bearable_batch(self.batch, memory=self.memory, multiply_adds=self.multiply_adds, of="scenes")
        return self

    @property
    def losses(self) -> tuple[Loss, ...]:
        """The losses to choose from."""
        raise NotImplementedError(f"{type(self).__name__} must say which losses it has")

    @property
    def batch(self) -> int:
        """Scenes in a batch."""
        training, samples = self.training, self.data.samples
        return samples if training.full_batch or training.batch_size == "all" else min(training.batch_size, samples)

    @property
    def batch_norm(self) -> bool:
        """Whether a layer compares the samples of a batch."""
        return self.network.batch_norm

    @property
    def convolutions(self) -> tuple[Convolution, ...]:
        """The convolutions of the network, from the image to what it says."""
        raise NotImplementedError(f"{type(self).__name__} must say what its network is")

    @property
    def multiply_adds(self) -> int:
        """Multiplications of one scene's way through the network."""
        return sum(layer.multiply_adds for layer in self.convolutions)

    @property
    def memory(self) -> int:
        """Bytes that one scene's activations take."""
        return sum(layer.memory for layer in self.convolutions)

    @property
    def parameters(self) -> int:
        """Numbers that are learned."""
        return sum(layer.parameters for layer in self.convolutions)
