"""Running exported programs, and what is asked of all of them."""

from __future__ import annotations

import atexit
import contextlib
import functools
import io
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from dlcore.labs.registry import make_lab, parse_spec
from dlcore.specs.experiment import Experiment

# A Python that does not find the project and has `import torch` behind it, which takes longer than most programs:
# each runs in a child forked off it, imports what else it needs, and ends as a process does.
FRESH = """
import gc, json, os, sys
import torch

sys.modules |= dict.fromkeys(("app", "datasets", "dlcore", "layerlab", "pages", "ui"))
gc.freeze()
for line in sys.stdin:
    program, folder, printed, complained = json.loads(line)
    child = os.fork()
    if not child:
        break
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
else:
    sys.exit()
os.chdir(folder)
for stream, path in ((1, printed), (2, complained)):
    os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), stream)
exec(compile(program, "program", "exec"), {"__name__": "__main__"})
"""


def lab_results(spec: Experiment) -> dict[str, float]:
    """The final losses and scores of the lab."""
    return _lab_results(spec.as_json())


@functools.cache  # most are asked for twice: by the program here and by the program alone
def _lab_results(spec: str) -> dict[str, float]:
    lab = make_lab(parse_spec(spec).exact())
    while lab.finished() is None:
        lab.step()
    return {name: value for name, value in lab.frame().metrics.items() if name.startswith(("train_", "test_"))}


def results_here(program: str) -> dict[str, float]:
    """What a program prints that runs in this process."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(program, "program", "exec"), {"__name__": "__main__"})
    return _read(printed.getvalue())


def results_alone(program: str, folder: Path | None = None) -> dict[str, float]:
    """What a program prints that runs in a process of its own, in this or an empty folder, without a warning."""
    with tempfile.TemporaryDirectory() as empty, tempfile.TemporaryDirectory() as beside:
        printed, complained = Path(beside, "printed"), Path(beside, "complained")
        fresh = _fresh()
        assert fresh.stdin is not None and fresh.stdout is not None
        print(json.dumps([program, str(folder or empty), str(printed), str(complained)]), file=fresh.stdin, flush=True)
        status = fresh.stdout.readline()
        said = [path.read_text(encoding="utf-8") if path.exists() else "" for path in (printed, complained)]
    assert (status, said[1]) == ("0\n", ""), program
    return _read(said[0])


@functools.cache
def _fresh() -> subprocess.Popen[str]:
    started = subprocess.Popen(
        [sys.executable, "-I", "-W", "error", "-c", FRESH], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )

    def end() -> None:
        started.communicate()

    atexit.register(end)
    return started


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
