import subprocess
import sys

from dlcore.dense.knows import knows, why_textbook
from dlcore.specs.supervised import Supervised


def test_all_but_batch_normalization_and_exact_zeros_is_known():
    assert knows(Supervised()) is None
    assert "Batch normalization" in knows(Supervised().replace({"network.batch_norm": True}))
    assert "L1" in knows(Supervised().replace({"training.l1_proximal": True}))
    smoothed = {"training.loss": "cross_entropy", "training.label_smoothing": 0.1, "network.output": "auto"}
    assert knows(Supervised().replace(smoothed)) is None


def test_why_the_textbooks_update_is_made():
    spec = Supervised()
    assert why_textbook(spec) is None
    assert why_textbook(spec.replace({"training.device": "cuda"})) is None
    assert "Batch normalization" in why_textbook(spec.replace({"network.batch_norm": True}))
    assert why_textbook(spec.replace({"training.step": "textbook"})) == "You chose it."


def test_a_page_may_ask():
    code = "import dlcore.dense.knows, sys; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
