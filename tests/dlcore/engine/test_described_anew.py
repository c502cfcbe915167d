"""A live change that changes the description: the viewer gets it, and the history stays."""

from waiting import WAIT

from dlcore.engine.frame import decode
from dlcore.engine.local import LocalEngine
from dlcore.specs.supervised import Supervised

SPEC = Supervised.parse({"data": {"kind": "table", "name": "iris"}, "training": {"loss": "cross_entropy"}})


def descriptions(watch):
    message = watch.take()
    return [(header, arrays) for header, arrays in decode(message or b"") if header["type"] == "description"]


def test_other_axes_and_another_batch_size_reach_the_viewer():
    with LocalEngine(workers=1) as engine:
        run = engine.start(SPEC, owner="me")
        run.built.result(WAIT)
        watch = run.watch(["output"])
        run.step(20).result(WAIT)
        ((first, _),) = descriptions(watch)
        rows = len(run.history)
        names = SPEC.data.inputs
        assert run.change({"data.axes": [names[2], names[3]]}).result(WAIT) == {"rebuilt": False}
        ((second, arrays),) = descriptions(watch)
        assert second["generation"] == first["generation"]
        axes = next(view for view in second["views"] if view["name"] == "output")["options"]["axes"]
        assert axes[0].startswith(names[2])
        assert arrays["output/train_points"].shape[1] == 2
        run.change({"training.batch_size": 50}).result(WAIT)
        ((third, _),) = descriptions(watch)
        assert third["steps_an_epoch"] < first["steps_an_epoch"]
        assert len(run.history) >= rows
        run.change({"training.learning_rate": 0.5}).result(WAIT)
        assert descriptions(watch) == []
        run.rewind(10).result(WAIT)  # before the changes: the description of then
        ((fourth, _),) = descriptions(watch)
        assert fourth["steps_an_epoch"] == first["steps_an_epoch"]
