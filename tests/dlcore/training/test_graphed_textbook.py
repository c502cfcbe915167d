"""The textbook's update as a recording, with tapes in place of CUDA graphs, so that all but the card is tested."""

import importlib
import math

import pytest
import torch
from torch import Tensor

from dlcore.engine.state import pack, unpack
from dlcore.labs.registry import make_lab
from dlcore.networks.build import build
from dlcore.specs.layered import Layered
from dlcore.specs.supervised import Supervised
from dlcore.training.graphed import WARM_UP
from dlcore.training.graphed_textbook import GraphedTextbook
from dlcore.training.lookout import AHEAD
from dlcore.training.optimizers import OPTIMIZERS
from dlcore.training.textbook import TextbookTrainer
from tests.dlcore.tape import TapeRecorder

torch.set_num_threads(1)
SPEC = Supervised.parse({"training": {"learning_rate": 0.125, "batch_size": 4}})
SAMPLES = 10  # two full batches and a ragged one


@pytest.fixture(autouse=True)
def _rmsprop_counts_on_the_cpu(monkeypatch: pytest.MonkeyPatch) -> None:
    # PyTorch lets RMSprop be recorded on accelerators alone
    module = importlib.import_module("torch.optim.rmsprop")
    monkeypatch.setattr(module, "_get_capturable_supported_devices", lambda **_: ["cpu"])


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dlcore.training.lookout.PATIENCE", math.inf)  # tapes are slow


def trainer_of(spec, recorder=None, *, textbook=False, dtype=torch.float32):
    torch.manual_seed(1)
    network = build(spec, inputs=2, outputs=1).to(dtype)
    x = torch.randn(SAMPLES, 2, dtype=dtype)
    targets = (x.prod(1, keepdim=True) > 0).to(dtype)
    if textbook:
        return TextbookTrainer(spec, network, x, targets)
    return GraphedTextbook(spec, network, x, targets, recorder)


def run(trainer, updates):
    """Make updates; everything that they leave behind."""
    random = torch.get_rng_state()
    torch.manual_seed(5)
    for _ in range(updates):
        assert trainer.step() is None
    assert trainer.settle() is None
    left = state_of(trainer) | {"seen": torch.tensor(trainer.batch_loss)}
    torch.set_rng_state(random)
    return left


def state_of(trainer) -> dict[str, Tensor]:
    found = {f"network/{name}": value.clone() for name, value in trainer.network.state_dict().items()}
    for number, parameter in enumerate(trainer.parameters):
        if parameter.grad is not None:
            found[f"gradient/{number}"] = parameter.grad.clone()
        for name, value in trainer.optimizer.state[parameter].items():
            found[f"{name}/{number}"] = torch.as_tensor(value).clone()
    found |= {f"before/{number}": value.clone() for number, value in enumerate(trainer.before)}
    return found | {"updates": torch.tensor(trainer.updates), "random": torch.get_rng_state()}


def assert_same(a, b):
    assert a.keys() == b.keys()
    assert [name for name in a if not torch.equal(a[name], b[name])] == []


EVERYTHING = {
    "training.l2": 0.02,
    "training.gradient_clip": 0.05,
    "training.dropout": 0.3,
    "network.batch_norm": True,
    "training.schedule": {"kind": "step", "every": 2, "decay": 0.5},
}
CHANGES = [{"training.optimizer": row.name, **changes} for row in OPTIMIZERS for changes in ({}, EVERYTHING)] + [
    {"training.l1": 0.01, "training.schedule": {"kind": "cosine", "epochs": 20}},
    {"training.class_weights": "balanced", "training.oversampling": True},
    {"training.l1": 0.02, "training.l1_proximal": True, "training.optimizer": "adam"},
]


@pytest.mark.slow
@pytest.mark.parametrize("changes", CHANGES, ids=lambda changes: "-".join(map(str, changes.values()))[:40])
def test_a_recording_gets_the_bits_of_the_operations(changes):
    spec, recorder = SPEC.replace(changes), TapeRecorder()
    assert_same(run(trainer_of(spec, recorder), 17), run(trainer_of(spec), 17))
    full_batches = 17 if spec.training.full_batch else 12
    assert recorder.recordings == (1 if spec.training.full_batch else 2)
    assert recorder.repetitions >= full_batches - WARM_UP


@pytest.mark.parametrize("changes", CHANGES, ids=lambda changes: "-".join(map(str, changes.values()))[:40])
def test_a_recording_makes_the_textbooks_updates(changes):
    spec = SPEC.replace(changes)
    ours = run(trainer_of(spec, TapeRecorder(), dtype=torch.float64), 17)
    theirs = run(trainer_of(spec, textbook=True, dtype=torch.float64), 17)
    assert ours.keys() == theirs.keys()
    for name, value in theirs.items():  # a learning rate of 0.125 is a float32, a scheduled one is rounded to it
        torch.testing.assert_close(ours[name], value, rtol=1e-5, atol=1e-7, check_dtype=False)


def test_the_rate_is_read_anew_and_nothing_is_recorded_again():
    recorder = TapeRecorder()
    one = trainer_of(SPEC.replace({"training.batch_size": "all"}), recorder)
    run(one, 6)
    one.change(SPEC.replace({"training.batch_size": "all", "training.learning_rate": 0.5}))
    before = [parameter.detach().clone() for parameter in one.parameters]
    run(one, 1)
    for parameter, old in zip(one.parameters, before, strict=True):
        torch.testing.assert_close(parameter.detach(), old - 0.5 * parameter.grad)
    assert recorder.recordings == 1


@pytest.mark.parametrize(
    "changes",
    [{"training.l2": 0.5}, {"training.dropout": 0.5}, {"training.optimizer.momentum": 0.5}, {"training.batch_size": 5}],
)
def test_a_change_that_a_recording_holds_is_recorded_anew(changes):
    spec = SPEC.replace({"training.optimizer": "momentum"})
    recorder = TapeRecorder()
    repeated, as_it_is = trainer_of(spec, recorder), trainer_of(spec)
    for each in (repeated, as_it_is):
        run(each, 15)
        each.change(spec.replace(changes))
    assert_same(run(repeated, 15), run(as_it_is, 15))
    assert recorder.recordings >= 3


def test_unlooked_losses_must_be_settled_before_a_change():
    one = trainer_of(SPEC, TapeRecorder())
    while one.step() is None and not one._lookout.waiting:
        pass
    with pytest.raises(RuntimeError, match="settle before"):
        one.change(SPEC)


@pytest.mark.parametrize("optimizer", ["sgd", "adagrad", "rmsprop", "adam"])
def test_from_a_state_the_same_updates_follow(optimizer):
    spec = SPEC.replace({"training.optimizer": optimizer, "training.dropout": 0.2})
    one, other = trainer_of(spec, TapeRecorder()), trainer_of(spec, TapeRecorder())
    run(one, 14)
    run(other, 11)
    other.load_state_dict(unpack(pack(one.state_dict())))
    assert_same(run(one, 12), run(other, 12))
    assert other.optimizer.param_groups[0]["lr"] is other._rate


def test_the_first_bad_loss_is_found_late_and_everything_goes_back_to_its_update():
    # with so large a rate squared errors overflow after some updates
    spec = SPEC.replace({"training.loss": "mse", "training.learning_rate": 3.0, "training.batch_size": 5})
    spec = spec.replace({"network.layers": [{"units": 3}], "network.output": "linear", "network.batch_norm": True})
    spec = spec.replace({"training.optimizer": "momentum"})
    torch.manual_seed(3)
    x = torch.randn(1000, 2)

    def trainer(recorder):
        torch.manual_seed(1)
        one = GraphedTextbook(spec, build(spec, inputs=2, outputs=1), x, x.sum(1, keepdim=True), recorder)
        batch = one.batch
        one.batch = lambda chosen: ((b := batch(chosen))[0] + torch.randn(b[0].shape), *b[1:])  # draws every time
        return one

    def until_lost(one):
        torch.manual_seed(5)
        calls, lost = 0, None
        while lost is None:
            lost, calls = one.step(), calls + 1
        return calls, lost

    at_once, late = trainer(None), trainer(TapeRecorder())
    calls, lost = until_lost(at_once)
    late_calls, late_lost = until_lost(late)
    assert calls == at_once.updates == late.updates > WARM_UP + 2 and at_once.late == 0
    assert late_calls == calls + late.late <= calls + AHEAD and late.late > 0
    assert not math.isfinite(late_lost) and str(late_lost) == str(lost)
    expected, found = state_of(at_once), state_of(late)
    assert expected["network/norm1.running_mean"].isfinite().all()
    assert [name for name in expected if not torch.equal(expected[name].nan_to_num(), found[name].nan_to_num())] == []
    assert late.epoch == at_once.epoch


def test_where_recording_fails_the_operations_run_and_the_reason_is_kept():
    recorder = TapeRecorder(broken=True)
    one, other = trainer_of(SPEC, recorder), trainer_of(SPEC)
    assert_same(run(one, 12), run(other, 12))
    assert one.why_not_recorded == (
        "The graphics card could not record this update, so its operations are started one by one "
        "(CUDA error: operation not permitted when stream is capturing)."
    )
    assert other.why_not_recorded is None


def test_an_update_that_asks_the_device_is_refused_and_runs_as_it_is(monkeypatch):
    one, other = trainer_of(SPEC, TapeRecorder()), trainer_of(SPEC)
    for each in (one, other):
        learn = each.learn
        monkeypatch.setattr(
            each, "learn", lambda *batch, learn=learn: learn(*batch) * float(bool(learn) or batch[0].sum())
        )
    assert_same(run(one, 8), run(other, 8))


def test_what_is_made_of_a_batch_is_made_anew_every_time():
    def noisy(one):
        batch = one.batch
        one.batch = lambda chosen: ((b := batch(chosen))[0] + torch.randn(b[0].shape), *b[1:])
        return one

    recorder = TapeRecorder()
    assert_same(run(noisy(trainer_of(SPEC, recorder)), 12), run(noisy(trainer_of(SPEC)), 12))
    assert recorder.repetitions


CONVOLUTIONS = Layered.parse(
    {
        "data": {"kind": "images", "name": "digits", "samples": 40},
        "layers": [
            {"kind": "conv2d", "channels": 4},
            {"kind": "batch_norm"},
            {"kind": "residual", "layers": [{"kind": "conv2d", "channels": 4, "padding": "same"}]},
            {"kind": "max_pool"},
            {"kind": "flatten"},
            {"kind": "dropout", "rate": 0.3},
            {"kind": "dense", "units": 10},
        ],
        "training": {"loss": "cross_entropy", "optimizer": "adam", "learning_rate": 0.01, "batch_size": 4},
    }
)


@pytest.mark.parametrize(
    ("spec", "changes"),
    [
        (CONVOLUTIONS, {"layers.5.rate": 0.6, "training.learning_rate": 0.02}),
        (CONVOLUTIONS.replace({"augmentation.noise": 0.1, "augmentation.rotate": 20.0}), {"training.l2": 0.01}),
    ],
    ids=["plain", "augmented"],
)
def test_a_lab_is_looked_at_and_changed_between_recorded_updates(spec, changes, monkeypatch):
    def frames(recorder):
        def make(*given):
            return GraphedTextbook(*given, recorder)

        monkeypatch.setattr("dlcore.labs.layered.make_textbook", make)
        lab = make_lab(spec)
        for number in range(1, 25):
            lab.step()
            if number == 11:
                lab.change(spec.replace(changes))
            if number == 14:
                lab.edit("weight/0", (0, 0, 0, 0), 0.5)
            if number % 4 == 0:
                frame = lab.frame(frozenset({"filters"}))
                yield frame.step, frame.metrics, {name: value.tobytes() for name, value in frame.arrays.items()}

    recorder = TapeRecorder()
    assert list(frames(recorder)) == list(frames(None))
    assert recorder.recordings >= 2 and recorder.repetitions >= 12
