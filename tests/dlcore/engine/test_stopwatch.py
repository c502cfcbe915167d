import time

import pytest

from dlcore.engine.stopwatch import IDLE_CHARGE, Stopwatch


@pytest.mark.alone  # seconds
def test_work_counts_and_waiting_counts_a_little() -> None:
    watch = Stopwatch()
    began = time.thread_time()
    while time.thread_time() - began < 0.05:
        pass
    worked = watch.spent()
    assert 0.05 <= worked < 0.5
    watch = Stopwatch()
    time.sleep(0.3)
    assert IDLE_CHARGE * 0.3 <= watch.spent() < 0.1
