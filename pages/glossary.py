"""The glossary: each term in two sentences, and where it is seen at work."""

import streamlit as st

from ui.lessons.glossary_list import glossary_list
from ui.pages import title_of

st.title(title_of("glossary"), anchor=False)
glossary_list()
