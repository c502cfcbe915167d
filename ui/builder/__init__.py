"""The stack editor of the Builder: a list of layers that may or may not fit yet, and its browser component."""
