"""The web process reads every data set without the packages that ship it."""

import subprocess
import sys

import pytest

PROGRAM = """
import sys
from datasets.registry import DATASETS
for card in DATASETS:
    card.load() if card.samples else card.load(samples=20, noise=0.0, seed=0)
import dlcore.training.prepare
heavy = {"torch", "sklearn", "pandas", "palmerpenguins", "mlxtend", "skimage", "streamlit", "plotly"}
print(sorted(heavy & set(sys.modules)))
"""


@pytest.mark.slow
def test_no_heavy_package_is_imported() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
