import subprocess
import sys

from dlcore.dense.knows import knows
from dlcore.specs.supervised import Supervised


def test_all_but_batch_normalization_is_known():
    assert knows(Supervised()) is None
    assert "Batch normalization" in knows(Supervised().replace({"network.batch_norm": True}))


def test_a_page_may_ask():
    code = "import dlcore.dense.knows, sys; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
