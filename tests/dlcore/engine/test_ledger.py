import threading

import pytest

from dlcore.engine.errors import Refused
from dlcore.engine.ledger import Ledger
from dlcore.engine.messages import Reply
from dlcore.engine.plain import pickle_error, pickle_plain


def test_each_command_is_answered_once_in_its_own_way() -> None:
    ledger = Ledger(threading.RLock())
    good, bad, lost = (ledger.enter(None, "ask", {"x": x}, x % 2) for x in range(3))
    assert ledger.waiting() == (good, bad, lost) and ledger.waiting(1) == (bad,)
    ledger.settle(Reply(good.number, pickle_plain(4)))
    ledger.settle(Reply(bad.number, pickle_error(ValueError("x: expected more"))))
    assert good.future.result(0) == 4
    with pytest.raises(ValueError, match="x: expected more"):
        bad.future.result(0)
    ledger.refuse(lambda pending: pending.post == 0, "The worker stopped.")
    ledger.settle(Reply(lost.number, pickle_plain(1)))  # too late
    with pytest.raises(Refused, match=r"^The worker stopped\.$"):
        lost.future.result(0)
    assert ledger.waiting() == () and ledger.strike(good.number) is None


def test_nobody_can_cancel_what_a_worker_does_anyway() -> None:
    pending = Ledger(threading.RLock()).enter(None, "ask", {}, 0)
    assert not pending.future.cancel()


def test_what_cannot_be_sent_is_refused_at_once() -> None:
    ledger = Ledger(threading.RLock())
    with pytest.raises((AttributeError, TypeError)):
        ledger.enter(None, "ask", {"lock": threading.Lock()}, 0)
    assert ledger.waiting() == ()
