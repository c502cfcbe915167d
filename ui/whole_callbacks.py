"""What a click asks for is done whole, however soon the next one comes."""

from __future__ import annotations

import functools
from typing import Any

from streamlit.runtime.scriptrunner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_run_context import RunLocation, ThreadState


@functools.cache
def keep_callbacks_whole() -> None:
    """Let a message from the browser wait until the callbacks of the one before have returned.

    Streamlit looks for messages whenever the session's state is read or written, and breaks off what runs then: the
    page's script, which begins anew, but callbacks, too, which it calls once. A click was lost when the next one came
    while its callback was at work. (Together with `runner.fastReruns` off, or the next message would be answered by
    another thread meanwhile.)
    """
    look = ScriptRunner._maybe_handle_execution_control_request

    @functools.wraps(look)
    def wait(self: ScriptRunner, *arguments: Any) -> None:
        if not _in_callback():
            look(self, *arguments)

    ScriptRunner._maybe_handle_execution_control_request = wait  # type: ignore[method-assign]


def _in_callback() -> bool:
    try:
        return ThreadState.get().run_location is RunLocation.CALLBACK
    except RuntimeError:  # a thread that runs no script
        return False
