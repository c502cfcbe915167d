"""The menu: which pages there are."""

import streamlit as st

from ui.pages import ICON, grouped
from ui.predictions import score_line
from ui.teaching import onward
from ui.theme import apply_theme
from ui.uploads import here

st.set_page_config(page_title="LayerLab", page_icon=ICON, layout="wide")
apply_theme()
page = st.navigation(
    {
        group: [
            st.Page(page.script, title=page.title, icon=page.icon, url_path=page.path, default=page.default)
            for page in pages
        ]
        for group, pages in grouped().items()
    },
    position="top",
)
if page.title != "LayerLab":
    st.set_page_config(page_title=f"{page.title} · LayerLab")
here()
page.run()
onward(page.url_path)
score_line()
