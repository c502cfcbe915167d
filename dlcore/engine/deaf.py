"""Ctrl-C in a terminal reaches every process: the one that workers are forked off leaves it to the server.

It is imported there before anything else. Python's fork server would ignore it, too, but only once PyTorch is loaded,
and who stops the server in its first seconds would read a traceback.
"""

import signal

signal.signal(signal.SIGINT, signal.SIG_IGN)
