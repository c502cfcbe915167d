"""`python -m benchmarks [name …]`: all benchmarks or some, each in a fresh process; one JSON line a figure.

Exit 0: every target that can be measured here is met; 1: one is not, or a benchmark failed or said nothing; 2: there is
no benchmark of that name.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
NAMES = (
    "builder",
    "class",
    "cnn",
    "cnn-class",
    "cuda",
    "dense",
    "descent",
    "drag",
    "epochs",
    "learners",
    "live",
    "onscreen",
    "start",
    "viewers",
)
MODULES = {"class": "classroom", "cnn-class": "cnn_class"}  # where a name is none for a module


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        print(f"name: expected one of {', '.join(NAMES)}; received {', '.join(unknown)}.", file=sys.stderr)
        return 2
    return int(not all([held(name) for name in names or NAMES]))


def held(name: str) -> bool:
    """Run one benchmark, pass its lines on as they come; whether it ended well and missed no target.

    A line whose `met` is null was not measured, for this machine lacks what it needs: that is no miss.
    """
    command = [sys.executable, "-c", f"from benchmarks.{MODULES.get(name, name)} import main; main()"]
    reached = []
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        for line in child.stdout:
            print(line, end="", flush=True)
            reached.append(json.loads(line)["met"])
    return child.returncode == 0 and bool(reached) and all(met is not False for met in reached)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
