"""One file a system that learns."""
