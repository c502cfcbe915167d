import subprocess
import sys


def test_preloading_gets_the_slow_imports_over_without_a_thread_pool() -> None:
    program = (
        "import dlcore.engine.preload, torch, sys, gc, os\n"
        "assert torch.get_num_threads() == 1\n"
        "before = set(sys.modules)\n"
        "dlcore.engine.preload.warm_up()\n"
        "assert set(sys.modules) == before, set(sys.modules) - before\n"
        "assert gc.get_freeze_count() > 10_000\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
