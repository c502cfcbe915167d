from __future__ import annotations

import subprocess
import sys

import pytest

from dlcore.export.source import source_of


def test_definitions_come_in_their_order_with_the_gaps_of_a_file() -> None:
    text = source_of("dlcore/explain/average_precision.py", "match", "SURE", "ENOUGH")
    assert text.startswith("ENOUGH = 0.5  #") and "\nSURE = 0.5" in text and "\n\n\ndef match(" in text
    assert "def average_precision" not in text
    compile(f"from __future__ import annotations\n{text}", "program", "exec")


def test_what_is_not_there_is_told() -> None:
    with pytest.raises(ValueError, match=r"blocks.py: expected definitions of conv_block; received 'dense_block'"):
        source_of("dlcore/networks/blocks.py", "dense_block")


def test_nothing_is_imported() -> None:
    code = (
        "import sys; from dlcore.export.source import source_of; source_of('dlcore/networks/unet.py', 'UNet');"
        "assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
