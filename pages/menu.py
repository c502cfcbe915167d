"""The menu: which pages there are."""

import streamlit as st

from ui.pages import PAGES

st.set_page_config(page_title="LayerLab", page_icon=":material/layers:", layout="wide")
st.navigation(
    [
        st.Page(page.script, title=page.title, icon=page.icon, url_path=page.path, default=page.default)
        for page in PAGES
    ],
    position="top",
).run()
