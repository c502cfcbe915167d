"""`python -m benchmarks [name …]`: all benchmarks or some, each in a fresh process; one JSON line a figure."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

NAMES = ("epochs", "learners", "live", "start", "viewers")


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        print(f"name: expected one of {', '.join(NAMES)}; received {', '.join(unknown)}.", file=sys.stderr)
        return 2
    failed = 0
    for name in names or NAMES:
        program = f"from benchmarks.{name} import main; main()"
        failed |= subprocess.run([sys.executable, "-c", program], cwd=Path(__file__).parent.parent).returncode != 0
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
