"""Streamlit widgets that show an experiment and change it."""
