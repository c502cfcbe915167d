"""The fast path's update as a recording, with tapes in place of CUDA graphs: the bits of the operations themselves."""

import math

import pytest
import torch

from dlcore.dense.replica import Replica
from dlcore.dense.stack import DenseStack
from dlcore.labs.supervised import SupervisedLab
from dlcore.training.graphed import WARM_UP
from dlcore.training.lookout import AHEAD
from dlcore.training.optimizers import OPTIMIZERS
from tests.dlcore.dense.textbook import replica_of, same, spec_of
from tests.dlcore.tape import TapeRecorder


@pytest.fixture
def tapes(monkeypatch: pytest.MonkeyPatch) -> list[TapeRecorder]:
    """From now on updates are recorded; the recorders that were made."""
    made: list[TapeRecorder] = []
    monkeypatch.setattr("dlcore.training.lookout.PATIENCE", math.inf)  # tapes are slow

    def recorder_for(device: torch.device) -> TapeRecorder:
        made.append(TapeRecorder())
        return made[-1]

    monkeypatch.setattr("dlcore.dense.together.recorder_for", recorder_for)
    return made


def train(replicas: list[Replica], updates: int = 15) -> list[Replica]:
    stack = DenseStack(replicas[0].shape)
    keys = [stack.put(replica) for replica in replicas]
    for _ in range(updates):
        assert stack.step() == {}
    return [stack.take(key) for key in keys]


REGULARIZED = {
    "training__l1": 0.003,
    "training__l2": 0.01,
    "training__dropout": 0.3,
    "training__gradient_clip": 0.2,
    "training__schedule": {"kind": "cosine", "epochs": 9},
}
SPECS = [
    *({"training__optimizer": row.name} for row in OPTIMIZERS),
    {"training__optimizer": "adamw", **REGULARIZED},
    {"training__loss": "huber", "network__output": "tanh", "training__batch_size": 7, **REGULARIZED},
    {"training__class_weights": "balanced", "training__oversampling": True},
]


@pytest.mark.parametrize("changes", SPECS, ids=lambda changes: "-".join(map(str, changes.values()))[:30])
def test_a_recording_gets_the_bits_of_the_operations(changes, monkeypatch):
    spec = spec_of(**changes)
    # another pace, other strengths, and another place in the epoch than its neighbour
    beside = spec.replace({"seed": 1, "training.learning_rate": 0.02, "training.l2": 0.05})
    begun = train([replica_of(beside)], 2)[0]
    plain = [train([replica_of(spec)]), train([replica_of(spec), begun.copy()])]
    recorder = TapeRecorder()
    monkeypatch.setattr("dlcore.dense.together.recorder_for", lambda device: recorder)
    for expected, replicas in zip(plain, ([replica_of(spec)], [replica_of(spec), begun.copy()]), strict=True):
        assert all(map(same, train(replicas), expected))
    assert recorder.recordings == 2 and recorder.repetitions == 2 * (15 - WARM_UP)


def labs(spec, tapes):
    """The same run with tapes, and without."""
    recorded = SupervisedLab(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dlcore.dense.together.recorder_for", lambda device: None)
        plain = SupervisedLab(spec)
        plain.trainer.stack.load()
    recorded.trainer.stack.load()
    return recorded, plain


def test_a_run_is_looked_at_and_changed_between_recorded_updates(tapes):
    spec = spec_of(training__step="auto", training__optimizer="adam", data__samples=400)
    recorded, plain = labs(spec, tapes)
    views = frozenset({"network", "gradients", "weights"})
    changes = {9: {"training.learning_rate": 0.3}, 30: {"training.dropout": 0.2}, 44: {"training.batch_size": 5}}
    for number in range(1, 90):
        for lab in (recorded, plain):
            with pytest.MonkeyPatch.context() as patch:
                if lab is plain:
                    patch.setattr("dlcore.dense.together.recorder_for", lambda device: None)
                lab.step()
                if number in changes:
                    spec = lab.spec.replace(changes[number])
                    lab.change(spec)
                if number == 50:
                    lab.edit("weight/0", (0, 1), 0.25)
                if number == 60:
                    lab.load_state_dict(lab.state_dict())
        if number % 8 == 0:
            ours, theirs = recorded.frame(views), plain.frame(views)
            assert ours.metrics == theirs.metrics and ours.epoch == theirs.epoch
            assert all((ours.arrays[name] == theirs.arrays[name]).all() for name in theirs.arrays)
    assert sum(tape.repetitions for tape in tapes) > 50
    assert tapes[0].recordings == 2  # another rate is no reason to record anew, dropout is


@pytest.mark.parametrize(
    "steep",
    [
        {"training__loss": "mse", "training__learning_rate": 0.3},
        {"training__loss": "mae", "training__learning_rate": 0.5, "training__l2": 10.0},
    ],
    ids=["outputs", "penalty"],
)
def test_the_first_bad_loss_is_found_late_and_everything_goes_back_to_its_update(steep, tapes):
    spec = spec_of(
        network__layers=[],
        network__output="linear",
        training__step="auto",
        training__batch_size=1,
        data__samples=400,
        **steep,
    )
    late, at_once = (lab.trainer for lab in labs(spec, tapes))

    def until_lost(trainer):
        calls, lost = 0, None
        while lost is None:
            lost, calls = trainer.step(), calls + 1
        return calls, lost

    calls, lost = until_lost(at_once)
    late_calls, late_lost = until_lost(late)
    assert calls > WARM_UP + 1 and at_once.late == 0 < late.late
    assert late_calls == calls + late.late <= calls + AHEAD
    assert late.updates == at_once.updates == calls
    assert not math.isfinite(late_lost) and str(late_lost) == str(lost)
    ours, theirs = (each.stack.state(each.key).state_dict() for each in (late, at_once))
    for name in ("theta", "before", "gradient", "random"):
        assert torch.equal(ours[name].nan_to_num(), theirs[name].nan_to_num())


def test_large_numbers_that_are_finite_are_no_reason_to_stop(tapes):
    spec = spec_of(training__step="auto", data__samples=400, training__batch_size=1)
    recorded, plain = labs(spec, tapes)
    for number in range(40):
        for lab in (recorded, plain):
            lab.step()
            if number == 20:
                lab.edit("bias/2", (0,), 1e6)
                lab.trainer.stack.network.weights[-1][..., -1, :] = 1e16
    assert recorded.frame().metrics == plain.frame().metrics


def test_where_recording_fails_the_operations_run(monkeypatch):
    spec = spec_of()
    plain = train([replica_of(spec)])
    monkeypatch.setattr("dlcore.dense.together.recorder_for", lambda device: TapeRecorder(broken=True))
    assert all(map(same, train([replica_of(spec)]), plain))
    lab = SupervisedLab(spec.replace({"training.step": "auto"}))
    for _ in range(WARM_UP + 1):
        lab.step()
    assert lab.remark.startswith("The graphics card could not record this update")
