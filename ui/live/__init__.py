"""The live view: a WebSocket route, a browser component, and its JavaScript."""
