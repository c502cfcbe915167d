"""The start page: what LayerLab is, and experiments to begin with."""

import streamlit as st

from dlcore.examples import EXAMPLES
from ui.gallery import gallery
from ui.glossary import term
from ui.pages import grouped

st.title("LayerLab")
st.markdown(
    f"Build neural {term('network', 'networks')} layer by layer, **train them for real with PyTorch**, and watch "
    "everything inside while it happens. Every number on the screen was computed by the very network that you are "
    "looking at."
)
for group, pages in grouped().items():
    if not group:
        continue
    st.header(group)
    for start in range(0, len(pages), 3):
        for column, page in zip(st.columns(3), pages[start : start + 3], strict=False):
            with column.container(border=True, height="stretch"):
                st.page_link(page.script, label=f"**{page.title}**", icon=page.icon)
                st.caption(page.summary + (f" About {page.minutes} minutes." if page.minutes else ""))

st.header("Experiments to begin with")
st.caption("Each opens ready to play.")
gallery(EXAMPLES)
