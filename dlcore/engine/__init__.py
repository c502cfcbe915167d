"""Runs: labs in worker processes, commanded and watched from a process that never imports PyTorch."""
