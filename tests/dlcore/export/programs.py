"""Running exported programs, and what is asked of all of them."""

from __future__ import annotations

import contextlib
import io
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from dlcore.labs.registry import make_lab
from dlcore.specs.experiment import Experiment


def lab_results(spec: Experiment) -> dict[str, float]:
    """The final losses and scores of the lab."""
    lab = make_lab(spec.exact())
    while lab.finished() is None:
        lab.step()
    return {name: value for name, value in lab.frame().metrics.items() if name.startswith(("train_", "test_"))}


def results_here(program: str) -> dict[str, float]:
    """What a program prints that runs in this process."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(program, "program", "exec"), {"__name__": "__main__"})
    return _read(printed.getvalue())


def results_alone(program: str) -> dict[str, float]:
    """What a program prints that runs in a process of its own, without a warning."""
    ran = subprocess.run(
        [sys.executable, "-I", "-W", "error", "-c", program], capture_output=True, text=True, timeout=120, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, ""), program
    return _read(ran.stdout)


def assert_no_unused_name(programs: Iterable[str], folder: Path) -> None:
    """Every program uses all that it imports and defines."""
    for number, program in enumerate(programs):
        (folder / f"program{number}.py").write_text(program, encoding="utf-8")
    checked = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", "--select", "E9,F", str(folder)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout


def assert_written_without_pytorch(spec: Experiment) -> None:
    """A page may write the program: that imports neither PyTorch nor scikit-learn."""
    code = (
        "import sys; from dlcore.labs.registry import as_program, parse_spec; as_program(parse_spec(sys.argv[1]));"
        "assert 'torch' not in sys.modules and 'sklearn' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code, spec.as_json()], check=True, timeout=60)


def _read(printed: str) -> dict[str, float]:
    return {name: float(value) for name, value in (line.split() for line in printed.splitlines())}
