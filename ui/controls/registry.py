"""Every control that an instructor can hide, by name; hiding a control never hides a number that was measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One control: its name and its label.

    The name is `group.field`, where the spec has it the dotted path; a page's own button has a name without a group.
    """

    name: str
    title: str

    @property
    def group(self) -> str:
        """The tab or bar it belongs to; hiding the group's name hides all of it."""
        return self.name.partition(".")[0]


GROUPS = (("data", "Data"), ("network", "Network"), ("training", "Training"), ("bar", "Control bar"))

CONTROLS = (
    Control(name="data.kind", title="Source"),
    Control(name="data.name", title="Data set"),
    Control(name="data.samples", title="Samples"),
    Control(name="data.noise", title="Noise"),
    Control(name="data.objects", title="Figures a scene"),
    Control(name="data.clutter", title="Clutter"),
    Control(name="data.features", title="Inputs"),
    Control(name="data.axes", title="Axes of the plots"),
    Control(name="data.upload", title="Your data"),
    Control(name="data.missing", title="Missing values"),
    Control(name="data.scaling", title="Scaling"),
    Control(name="data.leak", title="Leak"),
    Control(name="data.points", title="Points"),
    Control(name="data.augmentation", title="Augmentation"),
    Control(name="data.positives", title="Share of the rare class"),
    Control(name="data.test_share", title="Test share"),
    Control(name="data.folds", title="Folds"),
    Control(name="data.fold", title="Tested fold"),
    Control(name="data.train_samples", title="Learn from"),
    Control(name="data.seed", title="Data seed"),
    Control(name="data.download", title="Download"),
    Control(name="network.features", title="Inputs"),
    Control(name="network.layers", title="Hidden layers"),
    Control(name="network.output", title="Output"),
    Control(name="network.initialization", title="First weights"),
    Control(name="network.levels", title="Levels"),
    Control(name="network.channels", title="Channels"),
    Control(name="network.batch_norm", title="Batch normalization"),
    Control(name="network.weights", title="Weights by hand"),
    Control(name="training.loss", title="Loss"),
    Control(name="training.optimizer", title="Optimizer"),
    Control(name="training.learning_rate", title="Learning rate"),
    Control(name="training.batch_size", title="Batch size"),
    Control(name="training.schedule", title="Schedule"),
    Control(name="training.label_smoothing", title="Label smoothing"),
    Control(name="training.l1", title="L1"),
    Control(name="training.l1_proximal", title="Exact zeros"),
    Control(name="training.l2", title="L2"),
    Control(name="training.dropout", title="Dropout"),
    Control(name="training.gradient_clip", title="Clip gradient"),
    Control(name="training.early_stopping", title="Early stopping"),
    Control(name="training.epochs", title="Stop after epochs"),
    Control(name="training.stop_loss", title="Stop at loss"),
    Control(name="training.class_weights", title="Class weights"),
    Control(name="training.oversampling", title="Over-sampling"),
    Control(name="training.device", title="Device"),
    Control(name="training.step", title="Update"),
    Control(name="training.seed", title="Seed"),
    Control(name="bar.play", title="Play and pause"),
    Control(name="bar.step", title="One update"),
    Control(name="bar.epoch", title="One epoch"),
    Control(name="bar.reset", title="Reset"),
    Control(name="bar.speed", title="Speed"),
    Control(name="bar.rewind", title="Rewind"),
    Control(name="examples", title="Examples"),
    Control(name="share", title="Share"),
    Control(name="code", title="Code"),
)

GROUPED = frozenset({"network.layers"})  # fields that mean something else where they stand at the root of a spec
TITLES = {row.name: row.title for row in CONTROLS}
# all that may be hidden, with a title that says what it is without the tab around it
CHOICES = {name: f"{title}: all" for name, title in GROUPS} | {
    row.name: f"{group}: {row.title}" if (group := dict(GROUPS).get(row.group)) else row.title for row in CONTROLS
}
NAMES = frozenset(CHOICES)


# what the live view offers in its pictures: adding and removing layers, setting a weight, drawing points
IN_PICTURES = ("network.layers", "network.weights", "data.points")


def is_hidden(name: str, hidden: frozenset[str]) -> bool:
    """Whether a control is hidden: itself, or all of its group."""
    return name in hidden or name.partition(".")[0] in hidden


def hidden_in_view(hidden: frozenset[str]) -> list[str]:
    """What is hidden of the bar and in the pictures, by the names that the browser knows: `play`, …, `layers` …."""
    rows = [row.name for row in CONTROLS if row.group == "bar" or row.name in IN_PICTURES]
    return [name.partition(".")[2] for name in rows if is_hidden(name, hidden)]
