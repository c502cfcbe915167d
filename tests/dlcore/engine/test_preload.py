"""The process that workers are forked off: what it has loaded, and what it leaves alone."""

import json
import subprocess
import sys
from typing import Any

import pytest

pytestmark = pytest.mark.slow  # a process with PyTorch of its own
PROGRAM = """
import gc, json, os, sys
import torch

touched, usual = [], {}
def note(name):
    def called(*arguments, **options):
        touched.append(name)
        raise AssertionError(f"the driver of the card was started by {name}")
    return called
for name in ("is_available", "device_count", "init", "_lazy_init", "current_device", "current_stream",
             "mem_get_info", "Stream", "graph_pool_handle"):
    usual[name] = getattr(torch.cuda, name)
    setattr(torch.cuda, name, note(name))

import dlcore.engine.preload
from dlcore.engine.warming import warm_up
told = {"threads": torch.get_num_threads(), "modules": sorted(sys.modules), "frozen": gc.get_freeze_count()}

ours, theirs = os.pipe()
if not os.fork():  # warming up may start a card
    for name, function in usual.items():
        setattr(torch.cuda, name, function)
    before = set(sys.modules)
    warm_up()
    os.write(theirs, json.dumps(sorted(set(sys.modules) - before)).encode())
    os._exit(0)
os.close(theirs)
told["late"] = json.loads(os.fdopen(ours).read())

import dlcore.training.graphed_textbook, dlcore.dense.together
print(json.dumps(told | {"touched": touched, "initialized": torch.cuda._initialized}))
"""


@pytest.fixture(scope="module")
def told() -> Any:
    """What such a process says of itself."""
    ran = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def test_preloading_gets_the_slow_imports_over_without_a_thread_pool(told: Any) -> None:
    assert told["threads"] == 1
    assert told["late"] == [], "nothing is left to be imported when an optimizer makes its first update"
    modules = set(told["modules"])
    assert {"dlcore.engine.worker", "dlcore.labs.supervised"} <= modules
    assert not modules & {"streamlit", "plotly", "sklearn", "pandas"}
    assert told["frozen"] > 10_000


def test_preloading_leaves_a_graphics_card_alone(told: Any) -> None:
    # a process that has asked the driver for anything cannot fork children that use the card
    assert told["touched"] == [] and not told["initialized"]
