import subprocess
import sys

import pytest


@pytest.mark.slow  # a process with PyTorch of its own
def test_preloading_gets_the_slow_imports_over_without_a_thread_pool() -> None:
    program = (
        "import dlcore.engine.preload, torch, sys, gc\n"
        "from dlcore.engine.warming import warm_up\n"
        "assert torch.get_num_threads() == 1\n"
        "before = set(sys.modules)\n"
        "warm_up()\n"
        "assert set(sys.modules) == before, set(sys.modules) - before\n"
        "assert 'dlcore.engine.worker' in before and 'dlcore.labs.supervised' in before\n"
        "assert not before & {'streamlit', 'plotly', 'sklearn', 'pandas'}\n"
        "assert gc.get_freeze_count() > 10_000\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


@pytest.mark.slow  # likewise
def test_preloading_leaves_a_graphics_card_alone() -> None:
    # a process that has asked the driver for anything cannot fork children that use the card
    program = (
        "import torch\n"
        "def touched(*arguments, **options): raise AssertionError('the driver of the card was started')\n"
        "for name in ('is_available', 'device_count', 'init', '_lazy_init', 'current_device', 'current_stream', "
        "'mem_get_info', 'Stream', 'graph_pool_handle'): setattr(torch.cuda, name, touched)\n"
        "import dlcore.engine.preload\n"
        "import dlcore.training.graphed_textbook, dlcore.dense.together\n"
        "assert not torch.cuda._initialized\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
