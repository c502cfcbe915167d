from concurrent.futures import Future

import pytest
from streamlit.testing.v1 import AppTest

from ui.answers import answer_of


def test_an_answer_or_what_was_raised_or_nothing_in_time() -> None:
    given: Future[int] = Future()
    given.set_result(7)
    assert answer_of(given, 0.0) == 7
    refused: Future[int] = Future()
    refused.set_exception(ValueError("no such wheel"))
    with pytest.raises(ValueError, match="no such wheel"):
        answer_of(refused, 60.0)
    late: Future[int] = Future()
    late.set_exception(TimeoutError("the worker's own"))
    with pytest.raises(TimeoutError, match="the worker's own"):
        answer_of(late, 60.0)
    with pytest.raises(TimeoutError):
        answer_of(Future(), 0.12)


def _page() -> None:
    import threading
    from concurrent.futures import Future

    import streamlit as st
    from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx

    from ui.answers import answer_of

    st.session_state.begun = st.session_state.get("begun", 0) + 1
    context = get_script_run_ctx()
    assert context is not None and context.script_requests is not None
    if st.session_state.begun == 1:
        threading.Timer(0.15, context.script_requests.request_rerun, [RerunData()]).start()
        answer_of(Future(), 600.0)


def test_a_newer_click_does_not_wait() -> None:
    app = AppTest.from_function(_page, default_timeout=60).run()
    assert app.session_state.begun == 2 and not app.exception
