"""Networks: layers, and from a spec to a module."""
