"""Supervised learning: a network of layers learns from samples with known answers, by backpropagation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from dlcore.explain.answers import Answers
from dlcore.explain.measure import measure
from dlcore.labs.lab import Frame
from dlcore.labs.mini_batch import MiniBatchLab
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
from dlcore.training.make import make_loss
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


class SupervisedLab(MiniBatchLab):
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
        super().__init__(make_trainer(spec, network, self.x_train, self.targets_train), spec.training)
        self._evaluation: Evaluation | None = None
        self.probes = Probes(self)
        self.views = views(spec, data, self.network, self.probes.scale)

    @property
    def network(self) -> torch.nn.Sequential:
        """The network that learns."""
        return self.trainer.network

    @property
    def group_key(self) -> str | None:
        """Runs of networks of one shape on the fast path can train as one."""
        return self.trainer.together

    def group_with(self, others: Sequence[SupervisedLab]) -> SupervisedGroup:
        """Train together with others of the same key."""
        return SupervisedGroup((self, *others))

    def loss_on(self, part: str) -> float:
        """The loss on all of a part, train or test, in evaluation mode."""
        return self.evaluate()[f"{part}_loss"]

    def test_score(self) -> float:
        """Share of all test samples whose class is right, or R²."""
        return self.evaluate()["test_accuracy" if self.data.classes else "test_r2"]

    def forget(self) -> None:
        """Measure anew: the weights are others."""
        self._evaluation = None

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
        metrics["learning_rate"] = self.learning_rate
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
        self.go_on_with(spec)
        data, self.spec = self.spec.data, spec
        if spec.data != data:  # other axes for the plots: the same samples at other places
            self.data = prepare(spec.data, spec.network.features)
            self.probes = Probes(self, sample=self.probes.sample)
            self.views = views(spec, self.data, self.network, self.probes.scale)

    def edit(self, parameter: str, index: tuple[int, ...], value: float) -> None:
        """Set one weight ("weight/0", (to, from)) or bias ("bias/0", (unit,)) by hand."""
        self.settle()
        linears = [module for module in self.network if isinstance(module, torch.nn.Linear)]
        set_number(linears, parameter, index, value)
        self.forget()

    def look(self, **options: Any) -> None:
        """Choose the sample whose activations the network view shows: `part` train or test, `sample` its number."""
        self.probes.look(**options)
