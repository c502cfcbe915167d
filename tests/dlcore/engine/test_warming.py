"""After warming up, no optimizer's first update imports anything, and no thread is left that a fork would lose."""

import subprocess
import sys

import pytest

PROGRAM = """
import sys
import psutil, torch
import dlcore.networks.build, dlcore.training.make
from dlcore.engine.warming import warm_up
from dlcore.training.optimizers import OPTIMIZERS

torch.set_num_threads(1)
here = psutil.Process()
threads, cold = here.num_threads(), set(sys.modules)
assert warm_up() is None
warm = set(sys.modules)
assert here.num_threads() == threads, "a thread would not survive a fork"
assert len(warm - cold) > 100, f"there was nothing to warm up: {warm - cold}"
for row in OPTIMIZERS:
    layer = torch.nn.Linear(2, 1)
    optimizer = getattr(torch.optim, row.module)(layer.parameters(), lr=0.1)
    layer(torch.ones(1, 2)).sum().backward()
    optimizer.step()
    assert set(sys.modules) == warm, (row.name, set(sys.modules) - warm)
"""


@pytest.mark.slow  # a process with PyTorch of its own
def test_the_first_update_of_any_optimizer_is_quick_afterwards() -> None:
    ran = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 0, ran.stderr
