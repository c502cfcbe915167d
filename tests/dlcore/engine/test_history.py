import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlcore.engine.frame import decode
from dlcore.engine.history import History


class Viewer:
    """What the browser does with history packets: cut its table at `start`, append."""

    def __init__(self) -> None:
        self.version, self.rows, self.columns = -1, np.zeros((0, 2)), ["step", "epoch"]

    def read(self, history: History) -> None:
        message = history.packet_since(self.version, len(self.rows))
        if message is None:
            return
        ((header, arrays),) = decode(message)
        kept = self.rows[: header["start"]]
        assert not len(kept) or header["columns"] == self.columns
        self.rows = np.concatenate([kept, arrays["rows"]]) if len(kept) else arrays["rows"]
        self.columns, self.version = header["columns"], header["version"]

    def check(self, history: History) -> None:
        for index, name in enumerate(history.columns):
            np.testing.assert_array_equal(self.rows[:, index], history.column(name))


def test_rows_are_sent_once() -> None:
    history = History()
    history.append(0, 0.0, {"loss": 1.0})
    history.append(3, 0.3, {"loss": 0.5})
    viewer = Viewer()
    viewer.read(history)
    viewer.check(history)
    assert history.packet_since(viewer.version, 2) is None
    history.append(5, 0.5, {"loss": 0.25})
    ((header, arrays),) = decode(history.packet_since(viewer.version, 2) or b"")
    assert header["start"] == 2 and header["columns"] == ["step", "epoch", "loss"]
    assert arrays["rows"].tolist() == [[5, 0.5, 0.25]]


def test_a_metric_that_comes_later_is_missing_before() -> None:
    history = History()
    history.append(0, 0.0, {"a": 1.0})
    history.append(1, 0.1, {"b": 2.0})
    np.testing.assert_array_equal(history.column("a"), [1.0, np.nan])
    np.testing.assert_array_equal(history.column("b"), [np.nan, 2.0])
    with pytest.raises(KeyError):
        history.column("c")


def test_thinning_keeps_the_first_and_the_newest_and_the_bound() -> None:
    history = History(rows=10)
    for step in range(1000):
        history.append(step, step / 10, {"loss": float(step)})
        assert len(history) <= 10
        assert history.column("step")[0] == 0 and history.last_step == step
    np.testing.assert_array_equal(history.column("loss"), history.column("step"))


def test_a_row_of_the_same_step_takes_its_place_and_an_earlier_one_is_refused() -> None:
    history = History()
    history.append(4, 0.4, {"loss": 1.0})
    viewer = Viewer()
    viewer.read(history)
    history.append(4, 0.4, {"loss": 2.0})
    viewer.read(history)
    assert history.column("loss").tolist() == [2.0]
    viewer.check(history)
    with pytest.raises(ValueError, match="step: expected at least 4, the newest row's; received 3"):
        history.append(3, 0.3, {"loss": 0.0})


def test_going_back_sends_only_what_changed() -> None:
    history = History()
    for step in range(100):
        history.append(step, 0.0, {})
    viewer = Viewer()
    viewer.read(history)
    history.truncate(59)
    history.append(61, 0.0, {})
    ((header, arrays),) = decode(history.packet_since(viewer.version, 100) or b"")
    assert header["start"] == 60 and arrays["rows"][:, 0].tolist() == [61]


action = st.one_of(
    st.tuples(st.just("append"), st.integers(1, 5), st.sampled_from(["a", "b", "c"])),
    st.tuples(st.just("truncate"), st.integers(0, 60), st.just("")),
    st.tuples(st.just("read"), st.integers(0, 1), st.just("")),
)


@settings(deadline=None)  # correctness is asked here, not speed, and the machine may be busy
@given(st.lists(action, max_size=120))
def test_any_viewer_has_the_table_after_reading(actions: list[tuple[str, int, str]]) -> None:
    history, viewers = History(rows=8), [Viewer(), Viewer()]
    history.append(0, 0.0, {})
    for verb, number, name in actions:
        if verb == "append":
            history.append(history.last_step + number, 0.0, {name: float(number)})
        elif verb == "truncate":
            history.truncate(number)
        else:
            viewers[number].read(history)
            viewers[number].check(history)
    for viewer in viewers:
        viewer.read(history)
        viewer.check(history)
