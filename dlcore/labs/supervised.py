"""Supervised learning: a network of layers learns from samples with known answers, by backpropagation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from dlcore.explain.answers import Answers
from dlcore.explain.measure import measure
from dlcore.labs.lab import Diverged, Frame
from dlcore.labs.ranking_views import ranking_probes
from dlcore.labs.supervised_group import SupervisedGroup
from dlcore.labs.supervised_probes import Probes
from dlcore.labs.supervised_views import views
from dlcore.labs.trainers import make_trainer
from dlcore.networks.build import build
from dlcore.networks.by_hand import set_number
from dlcore.networks.outputs import on_logits, outputs_of
from dlcore.specs.supervised import Supervised
from dlcore.training.device import choose_device
from dlcore.training.diverging import why_diverged
from dlcore.training.ending import Ending
from dlcore.training.make import make_loss, schedule_factor
from dlcore.training.prepare import prepare
from dlcore.training.targets import decode, encode


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """How good the network is after so many updates, its outputs (n, outputs) for the test samples, and their classes.

    The classes (n,) are those that it gives them, if there are any.
    """

    steps: int
    scores: dict[str, float]
    test_outputs: torch.Tensor
    test_classes: torch.Tensor | None


class SupervisedLab:
    """Mini-batch training of a network, one update a step."""

    def __init__(self, spec: Supervised) -> None:
        torch.manual_seed(spec.seed)
        self.spec = spec
        self.device = choose_device(spec.training.device)
        self.data = data = prepare(spec.data, spec.network.features)
        self.x_train, self.x_test = (torch.from_numpy(x).to(self.device) for x in (data.x_train, data.x_test))
        self.y_train, self.y_test = (torch.from_numpy(y).to(self.device) for y in (data.y_train, data.y_test))
        self.targets_train, self.targets_test = encode(self.y_train, spec), encode(self.y_test, spec)

        network = build(spec, inputs=self.x_train.shape[1], outputs=outputs_of(spec)).to(self.device)
        self.loss = make_loss(spec)
        self.trainer = make_trainer(spec, network, self.x_train, self.targets_train)
        self.ending = Ending(spec.training)
        self.schedule = schedule_factor(spec.training)
        self._evaluation: Evaluation | None = None
        self.probes = Probes(self)
        self.views = views(spec, data, self.network, self.probes.scale)

    @property
    def network(self) -> torch.nn.Sequential:
        """The network that learns."""
        return self.trainer.network

    @property
    def steps(self) -> int:
        """Updates made so far."""
        return self.trainer.updates

    @property
    def steps_an_epoch(self) -> int:
        """Updates that see every training sample once."""
        return self.trainer.updates_an_epoch

    @property
    def epoch(self) -> float:
        """Rounds through the training samples so far, as a real number."""
        return self.trainer.epoch

    def step(self) -> None:
        """One update; the trainer makes it (`dlcore.training.textbook` is the one to read)."""
        self.after_update(self.trainer.step())

    def after_update(self, lost: float | None) -> None:
        """What follows an update, whoever made it; `lost` is its loss if that is not finite.

        Raises: Diverged.
        """
        if lost is not None:
            why = why_diverged(lost, self.steps, self.spec.training.learning_rate)
            raise Diverged(why, self.trainer.late)
        if self.trainer.between_epochs:
            self._end_epoch()

    @property
    def remark(self) -> str:
        """Why updates are not recorded on a graphics card that could; empty where nothing is to be said."""
        return self.trainer.why_not_recorded or ""

    def settle(self) -> None:
        """Look at the losses of all updates so far. Raises: Diverged."""
        lost = self.trainer.settle()
        if lost is not None:
            self.after_update(lost)

    @property
    def group_key(self) -> str | None:
        """Runs of networks of one shape on the fast path can train as one."""
        return self.trainer.together

    def group_with(self, others: Sequence[SupervisedLab]) -> SupervisedGroup:
        """Train together with others of the same key."""
        return SupervisedGroup((self, *others))

    def _end_epoch(self) -> None:
        if self.ending.end_epoch(self.epoch, self.network, lambda part: self.evaluate()[f"{part}_loss"]):
            self._evaluation = None

    def finished(self) -> str | None:
        """Why training is over, or None."""
        return self.ending.reason

    def evaluate(self) -> dict[str, float]:
        """Losses (without penalties) and scores over the whole training and test set, in evaluation mode."""
        return dict(self.evaluation().scores)

    @torch.inference_mode()
    def evaluation(self, answers: Answers | None = None) -> Evaluation:
        """The same and more; once between two updates. `answers` are the network's present ones, where known."""
        if self._evaluation is None or self._evaluation.steps != self.steps:
            outputs = self._outputs(answers)
            train, test = outputs[: len(self.x_train)], outputs[len(self.x_train) :]
            scores = measure(self.spec, self.loss, train, self.targets_train, self.y_train, "train")
            scores |= measure(self.spec, self.loss, test, self.targets_test, self.y_test, "test")
            test_classes = decode(test, self.spec) if self.data.classes else None
            self._evaluation = Evaluation(self.steps, scores, test, test_classes)
        return self._evaluation

    def _outputs(self, answers: Answers | None) -> torch.Tensor:
        """What the loss is measured on, (n, outputs), for all samples, those for training first."""
        if self.spec.training.step == "textbook":  # in the order of sums of the program that the learner can copy
            if self.network.training:
                self.network.eval()
            return torch.cat([self.network(self.x_train), self.network(self.x_test)])
        output = (answers or self.probes.answers()).last("samples")
        return output.z.T if on_logits(self.spec) else output.a.T

    @torch.inference_mode()
    def frame(self, watched: frozenset[str] = frozenset()) -> Frame:
        """The present: scores, norms a layer, and the arrays of the watched views."""
        self.settle()
        answers = self.probes.answers(watched)
        metrics = dict(self.evaluation(answers).scores)
        metrics["learning_rate"] = self.spec.training.learning_rate * self.schedule(self.epoch)
        metrics.update(self.probes.metrics(watched, answers))
        arrays = self.probes.arrays(watched, answers)
        outputs = self.evaluation(answers).test_outputs
        ranked, areas = ranking_probes(watched, outputs, self.y_test, self.spec, len(self.data.classes))
        metrics |= areas
        arrays |= ranked
        return Frame(step=self.steps, epoch=self.epoch, metrics=metrics, arrays=arrays)

    def constants(self) -> Mapping[str, np.ndarray]:
        """The samples to draw, and the pictures of the inputs."""
        return self.probes.constants()

    def change(self, spec: Supervised) -> None:
        """Use another learning rate, batch size, regularization … from the next update on."""
        self.settle()
        data, self.spec = self.spec.data, spec
        self.trainer.change(spec)
        self.schedule = schedule_factor(spec.training)
        self.ending.change(spec.training)
        if spec.data != data:  # other axes for the plots: the same samples at other places
            self.data = prepare(spec.data, spec.network.features)
            self.probes = Probes(self, sample=self.probes.sample)
            self.views = views(spec, self.data, self.network, self.probes.scale)

    def edit(self, parameter: str, index: tuple[int, ...], value: float) -> None:
        """Set one weight ("weight/0", (to, from)) or bias ("bias/0", (unit,)) by hand."""
        self.settle()
        linears = [module for module in self.network if isinstance(module, torch.nn.Linear)]
        set_number(linears, parameter, index, value)
        self._evaluation = None

    def look(self, **options: Any) -> None:
        """Choose the sample whose activations the network view shows: `part` train or test, `sample` its number."""
        self.probes.look(**options)

    def state_dict(self) -> dict[str, Any]:
        """What the trainer and the end of training remember."""
        self.settle()
        return {"trainer": self.trainer.state_dict(), "ending": self.ending.state_dict()}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go back to a state of this very spec."""
        self.trainer.load_state_dict(state["trainer"])
        self.ending.load_state_dict(state["ending"])
        self._evaluation = None
