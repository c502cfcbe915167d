import numpy as np
import pytest
import torch
from sklearn.metrics import average_precision_score, f1_score, precision_score, recall_score, roc_auc_score

from dlcore.labs.layered import LayeredLab
from dlcore.labs.ranking_views import constant_report, ranking_probes
from dlcore.labs.supervised import SupervisedLab
from dlcore.specs.layered import Layered
from dlcore.specs.supervised import Supervised

CANCER = {"kind": "table", "name": "breast-cancer"}
WATCHED = frozenset({"report", "roc", "precision_recall"})


def trained(lab):
    for _ in range(15):
        lab.step()
    return lab


@pytest.mark.parametrize("step", ["auto", "textbook"])
@pytest.mark.parametrize("loss", ["bce", "cross_entropy", "mse"])
def test_a_networks_measures_are_scikit_learns(step, loss):
    spec = Supervised.parse({"data": CANCER, "training": {"loss": loss, "step": step}})
    lab = trained(SupervisedLab(spec))
    frame = lab.frame(WATCHED)
    with torch.no_grad():
        outputs = lab.network.eval()(lab.x_test).double()
    scores = (outputs[:, -1] - outputs[:, 0] if loss == "cross_entropy" else outputs[:, 0]).numpy()
    y, said = lab.y_test.numpy(), lab.evaluation().test_classes.numpy()
    # the fast path rounds differently, which may swap two neighbours
    assert frame.metrics["area/roc"] == pytest.approx(roc_auc_score(y, scores), abs=1e-4)
    assert frame.metrics["area/precision_recall"] == pytest.approx(average_precision_score(y, scores), abs=1e-4)
    for name, oracle in (("precision", precision_score), ("recall", recall_score), ("f1", f1_score)):
        each = [oracle(y, said, pos_label=label, zero_division=0) for label in (0, 1)]
        np.testing.assert_allclose(frame.arrays[f"report/{name}"], [*each, np.mean(each)], atol=1e-6)


def test_a_stack_of_layers_has_the_same_views():
    layers = [{"kind": "dense", "units": 4}, {"kind": "activation", "function": "tanh"}, {"kind": "dense", "units": 1}]
    spec = Layered.parse({"data": CANCER, "layers": layers, "training": {"loss": "bce"}})
    lab = trained(LayeredLab(spec))
    assert {view.name for view in lab.views} >= WATCHED
    frame = lab.frame(WATCHED)
    scores = lab.answers(lab.x_test)[:, 0].numpy()
    assert frame.metrics["area/roc"] == pytest.approx(roc_auc_score(lab.y_test.numpy(), scores))


def test_three_classes_have_measures_and_no_curves():
    lab = trained(
        SupervisedLab(Supervised.parse({"data": {"kind": "table", "name": "iris"}, "training": {"loss": "mse"}}))
    )
    names = {view.name for view in lab.views}
    assert "report" in names and not names & {"roc", "precision_recall"}
    frame = lab.frame(WATCHED)
    assert frame.arrays["report/f1"].shape == (4,) and not any(name.startswith("area") for name in frame.metrics)
    numbers = SupervisedLab(
        Supervised.parse({"data": {"kind": "generated", "name": "sine"}, "training": {"loss": "mse"}})
    )
    assert not {view.name for view in numbers.views} & WATCHED


def test_a_network_that_has_left_the_numbers_has_no_curve():
    lab = SupervisedLab(Supervised())
    outputs = torch.full((len(lab.y_test), 1), float("nan"))
    arrays, metrics = ranking_probes(WATCHED, outputs, lab.y_test, lab.spec, 2)
    assert not metrics and {name.split("/")[0] for name in arrays} == {"report"}


def test_who_always_says_the_same():
    found = constant_report(np.array([0] * 99 + [1]), 2)
    assert (found["said"], found["accuracy"]) == (0, 0.99)
    assert found["recall"].tolist() == [1, 0] and found["f1"][1] == 0
