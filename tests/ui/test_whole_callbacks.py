from streamlit.testing.v1 import AppTest


def _page() -> None:
    import streamlit as st
    from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx

    def come() -> None:
        """As when a message comes from the browser."""
        context = get_script_run_ctx()
        assert context is not None and context.script_requests is not None
        context.script_requests.request_rerun(RerunData())

    def click() -> None:
        come()
        st.session_state.clicks = st.session_state.get("clicks", 0) + 1

    st.session_state.begun = st.session_state.get("begun", 0) + 1
    st.button("Click", on_click=click)
    if st.session_state.begun == 1:
        come()
    st.session_state.ended = st.session_state.get("ended", 0) + 1


def test_a_message_waits_for_a_callback_and_breaks_off_a_script() -> None:
    app = AppTest.from_function(_page).run()
    assert (app.session_state.begun, app.session_state.ended) == (2, 1)
    app.button[0].click().run()
    assert app.session_state.clicks == 1
    assert app.session_state.ended == 2
