"""Pure functions: what a view is in, Plotly figure out."""
