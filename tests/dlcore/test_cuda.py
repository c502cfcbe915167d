"""Training on a graphics card: the CPU's curves, recorded as well as started one by one, and in fewer launches."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch import nn
from torch.profiler import ProfilerActivity, profile

from dlcore.engine.state import pack, unpack
from dlcore.labs.lab import Diverged, Frame
from dlcore.labs.registry import make_lab
from dlcore.specs.layered import Layered
from dlcore.specs.supervised import Supervised
from dlcore.training.graphed import WARM_UP, CudaRecorder, Graphed
from dlcore.training.graphed_textbook import GraphedTextbook

pytestmark = [
    pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA card, and there is none here"),
    pytest.mark.parametrize("device", ["cuda"]),
    pytest.mark.usefixtures("device"),
]

REGULARIZED = {"l1": 0.001, "l2": 0.01, "gradient_clip": 1.0, "schedule": {"kind": "cosine", "epochs": 30}}
DIGITS = {"kind": "images", "name": "digits", "samples": 400}
NETWORKS: dict[str, Any] = {
    "dense": Supervised.parse({"training": {"optimizer": "adam", "learning_rate": 0.01, **REGULARIZED}}),
    "dense with dropout": Supervised.parse({"training": {"dropout": 0.3, "batch_size": 16}}),
    "textbook": Supervised.parse({"network": {"batch_norm": True}, "training": REGULARIZED}),
    **{
        optimizer: Supervised.parse({"training": {"optimizer": optimizer, "step": "textbook", **REGULARIZED}})
        for optimizer in ("nesterov", "adagrad", "rmsprop", "adamw")
    },
    "convolutions": Layered.parse(
        {
            "data": DIGITS,
            "layers": [
                {"kind": "conv2d", "channels": 6, "padding": "same"},
                {"kind": "batch_norm"},
                {"kind": "residual", "layers": [{"kind": "conv2d", "channels": 6, "padding": "same"}]},
                {"kind": "max_pool"},
                {"kind": "flatten"},
                {"kind": "dense", "units": 10},
            ],
            "training": {"loss": "cross_entropy", "optimizer": "adam", "learning_rate": 0.003, "batch_size": 32},
        }
    ),
}
UPDATES = 60
LAUNCHES = ("cudaLaunchKernel", "cuLaunchKernel", "cudaGraphLaunch")


def _nothing(device: torch.device) -> None:
    return None


@pytest.fixture
def one_by_one() -> Any:
    """A function that builds a lab which records nothing."""

    def make(spec: Any) -> Any:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("dlcore.labs.trainers.recorder_for", _nothing)
            patch.setattr("dlcore.dense.together.recorder_for", _nothing)
            lab = make_lab(spec)
            lab.step()
        return lab

    return make


def frames(lab: Any, updates: int = UPDATES) -> list[Frame]:
    found = []
    while lab.steps < updates:
        lab.step()
        if lab.steps % 10 == 0:
            lab.settle()
            found.append(lab.frame())
    return found


def on(spec: Any, device: str) -> Any:
    return spec.replace({"training.device": device})


@pytest.mark.parametrize("name", NETWORKS)
def test_the_curves_are_those_of_the_cpu_recorded_or_not(name: str, one_by_one: Any) -> None:
    spec = NETWORKS[name]
    recorded = make_lab(on(spec, "cuda"))
    assert recorded.device.type == "cuda"  # type: ignore[attr-defined]
    ours, theirs = frames(recorded), frames(one_by_one(on(spec, "cuda")))
    trainer: Any = recorded.trainer  # type: ignore[attr-defined]
    graphed = trainer.graphed if isinstance(trainer, GraphedTextbook) else trainer.stack._live._graphed
    assert graphed.reason is None and graphed.recorded
    cpu = frames(make_lab(on(spec, "cpu")))
    for frame, other, third in zip(ours, theirs, cpu, strict=True):
        assert frame.metrics["train_loss"] == pytest.approx(other.metrics["train_loss"], rel=2e-2, abs=2e-3)
        assert frame.metrics["train_loss"] == pytest.approx(third.metrics["train_loss"], rel=2e-2, abs=2e-3)


@pytest.mark.filterwarnings("default")  # the profiler has its own to say
@pytest.mark.parametrize("name", ["dense", "textbook", "convolutions"])
def test_a_recorded_update_takes_few_launches(name: str, one_by_one: Any) -> None:
    def launches(lab: Any) -> int:
        for _ in range(2 * lab.steps_an_epoch + WARM_UP + 1):
            lab.step()
        lab.settle()
        with profile(activities=[ProfilerActivity.CPU, ProfilerActivity.CUDA]) as seen:
            for _ in range(20):
                lab.step()
            lab.settle()
        return sum(event.name.startswith(LAUNCHES) for event in seen.events())

    spec = on(NETWORKS[name], "cuda")
    assert 3 * launches(make_lab(spec)) < launches(one_by_one(spec))


@pytest.mark.parametrize("step", ["auto", "textbook"])
def test_divergence_is_said_with_its_own_update(step: str, one_by_one: Any) -> None:
    spec = Supervised.parse(
        {
            "network": {"layers": [], "output": "linear"},
            "training": {"loss": "mse", "learning_rate": 0.3, "batch_size": 1, "step": step, "device": "cuda"},
        }
    )

    def until_diverged(lab: Any) -> tuple[str, int]:
        with pytest.raises(Diverged) as error:
            for _ in range(1000):
                lab.step()
        return str(error.value), lab.steps

    assert until_diverged(make_lab(spec)) == until_diverged(one_by_one(spec))


@pytest.mark.parametrize("name", ["dense with dropout", "textbook"])
def test_from_a_state_the_same_updates_follow(name: str) -> None:
    spec = on(NETWORKS[name], "cuda")
    one, other = make_lab(spec), make_lab(spec)
    frames(one, 30)
    state = unpack(pack(one.state_dict()))
    random = torch.get_rng_state(), torch.cuda.get_rng_state()
    expected = frames(one)[-1].metrics["train_loss"]
    torch.set_rng_state(random[0])
    torch.cuda.set_rng_state(random[1])
    other.load_state_dict(state)
    assert frames(other)[-1].metrics["train_loss"] == pytest.approx(expected, rel=1e-4)


def test_a_recording_draws_what_the_operations_draw() -> None:
    dropout, x = nn.Dropout(0.5), torch.ones(64, 64, device="cuda")
    graphed = Graphed(dropout, CudaRecorder(x.device))
    torch.manual_seed(1)
    ours = [graphed(x).clone() for _ in range(WARM_UP + 4)]
    torch.manual_seed(1)
    assert all(torch.equal(each, dropout(x)) for each in ours)


def test_what_cannot_be_recorded_leaves_the_device_as_it_was() -> None:
    def asks(x: torch.Tensor) -> float:
        return float(nn.functional.dropout(x).sum().item())

    x = torch.ones(8, device="cuda")
    present = torch.cuda.current_stream()
    graphed = Graphed(asks, CudaRecorder(x.device))
    assert all(graphed(x) >= 0 for _ in range(WARM_UP + 3))
    assert graphed.reason is not None and torch.cuda.current_stream() == present
    other = Graphed(lambda x: nn.functional.dropout(x) * 2, CudaRecorder(x.device))
    for _ in range(WARM_UP + 3):
        other(x)
    assert other.recorded
