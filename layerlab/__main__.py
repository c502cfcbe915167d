"""`python -m layerlab` is the console script."""

from __future__ import annotations

from layerlab.command import main

if __name__ == "__main__":
    main()
