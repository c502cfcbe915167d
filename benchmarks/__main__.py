"""`python -m benchmarks [name …]`: all benchmarks or some, each in a fresh process; one JSON line a figure.

Exit 0: every target is met; 1: one is not, or a benchmark failed; 2: there is no benchmark of that name.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
NAMES = ("class", "cnn-class", "dense", "epochs", "learners", "live", "onscreen", "start", "viewers")
MODULES = {"class": "classroom", "cnn-class": "cnn_class"}  # where a name is none for a module


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        print(f"name: expected one of {', '.join(NAMES)}; received {', '.join(unknown)}.", file=sys.stderr)
        return 2
    return int(not all([met(name) for name in names or NAMES]))


def met(name: str) -> bool:
    """Run one benchmark, pass its lines on as they come; whether it met all its targets."""
    command = [sys.executable, "-c", f"from benchmarks.{MODULES.get(name, name)} import main; main()"]
    reached = []
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        for line in child.stdout:
            print(line, end="", flush=True)
            reached.append(json.loads(line)["met"])
    return child.returncode == 0 and bool(reached) and all(reached)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
