"""The same experiment as a program of its own."""
