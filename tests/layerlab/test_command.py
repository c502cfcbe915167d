"""The console script from outside: exit codes, one sentence for bad input, what it prints."""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from datasets.registry import DATASETS
from datasets.scenes import SCENES
from dlcore.examples import EXAMPLES
from dlcore.labs.registry import LABS, parse_spec
from layerlab.command import main, run

LAYERLAB = [sys.executable, "-m", "layerlab"]


def _run(*arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run([*LAYERLAB, *arguments], input=text, capture_output=True, text=True, timeout=120, check=False)


def _refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The sentence with which a command is refused."""
    try:
        code = run(arguments)
    except SystemExit as left:
        code = left.code
    output, sentence = capsys.readouterr()
    assert (code, output) == (2, "")
    assert sentence.endswith(".\n") and sentence.count("\n") == 1 and "Traceback" not in sentence
    return sentence


def test_importing_it_is_light() -> None:
    code = (
        "import sys, layerlab.command, layerlab.__main__;"
        "heavy = {'torch', 'streamlit', 'numpy', 'pydantic', 'plotly'} & set(sys.modules); assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


@pytest.mark.parametrize(
    ("command", "names"),
    [
        ("examples", [row.name for row in EXAMPLES]),
        ("datasets", [*(row.name for row in DATASETS), SCENES.name]),
        ("labs", [row.kind for row in LABS]),
    ],
)
def test_lists(command: str, names: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == names
    assert all(len(line.split()) > 3 for line in lines)


def test_data_sets_are_listed_with_their_size(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["datasets"]) == 0
    lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
    assert "1,797 images of 1 × 8 × 8  " in lines["digits"]
    assert "342 rows of 4 numbers  " in lines["penguins"]


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: row.name)
def test_an_example_is_printed_as_json(row: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["examples", row.name]) == 0
    assert parse_spec(capsys.readouterr().out) == row.spec


def test_main_leaves_with_the_code(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, code in (["labs"], 0), (["examples", "mnist"], 2):
        with pytest.raises(SystemExit) as left:
            main(arguments)
        assert left.value.code == code


@pytest.mark.slow  # a process with PyTorch of its own
def test_trains_a_file_and_changes_it(tmp_path: Path) -> None:
    file = tmp_path / "spec.json"
    file.write_text('{"kind": "supervised"}', encoding="utf-8")
    ran = _run("train", "--set", "training.epochs=2", str(file), "--set", "network.initialization=he", "--json")
    assert (ran.returncode, ran.stderr) == (0, "")
    last = json.loads(ran.stdout.splitlines()[-1])
    assert (last["step"], last["epoch"], last["reason"]) == (50, 2, "2 epochs are done.")


def test_reads_a_file_that_an_editor_on_windows_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "spec.json"
    file.write_text('{"kind": "supervised", "training": {"epochs": 1}}', encoding="utf-8-sig")
    assert run(["train", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["epoch"] == 1


def test_reads_stdin(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO('{"kind": "perceptron", "epochs": 1}'))
    assert run(["train", "-", "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["epoch"] == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "The following arguments are required: COMMAND"),
        (("fly",), "invalid choice: 'fly'"),
        (("serve", "--port", "web"), "expected a whole number between 1 and 65535; received 'web'"),
        (("examples", "mnist"), "expected one of circle, xor"),
        (("train",), "One of the arguments SPEC.json --example is required"),
        (("train", "--example", "mnist"), "expected one of circle, xor"),
        (("train", "missing.json"), "missing.json: cannot be read: No such file or directory."),
        (("train", "."), ".: cannot be read: Is a directory."),
        (("train", "--example", "circle", "--set", "seed"), "--set: expected PATH=VALUE"),
        (("train", "--example", "circle", "--set", "training.speed=3"), "training.speed: there is no such field."),
        (("train", "--example", "circle", "--set", "seed=three"), "received 'three'."),
        (("train", "--example", "circle", "--set", "training.loss=mse", "--set", "network.output=softmax"), "softmax"),
        (("train", "--example", "circle", "--set", "training.epochs=null"), "training.epochs: this experiment has no"),
        (("train", "--example", "perceptron", "--set", "epochs=null"), "--set epochs=100."),
        (("train", "--example", "circle", "--device", "tpu"), "invalid choice: 'tpu'"),
        (("train", "--example", "circle", "--set", 'data={"kind": "drawn"}'), "Draw at least 4 points"),
    ],
)
def test_bad_input_is_one_sentence(arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert said in _refused(capsys, *arguments)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "This is not valid JSON"),
        (b"[]", "A spec is a JSON object"),
        (b'{"kind": "magic"}', f"kind: expected one of {', '.join(row.kind for row in LABS)}; received 'magic'."),
        (b'{"kind": "supervised", "seed": -1}', "received -1."),
        (b"\xff\xfe", "this is not a text in UTF-8."),
        (b"[" * 50_000, "JSON"),
    ],
)
def test_a_bad_file_is_one_sentence(
    content: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "spec.json").write_bytes(content)
    assert said in _refused(capsys, "train", str(tmp_path / "spec.json"))


def test_no_cuda_is_one_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert "CUDA" in _refused(capsys, "train", "--example", "circle", "--device", "cuda")


def test_bad_input_from_outside_has_no_traceback() -> None:
    ran = _run("train", "-", text="no json")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("This is not valid JSON") and ran.stderr.count("\n") == 1


@pytest.mark.slow  # a process with PyTorch of its own
def test_interrupting_ends_with_130() -> None:
    started = subprocess.Popen(
        [*LAYERLAB, "train", "--example", "circle", "--set", "training.epochs=100000", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # a shell's background job, as tests may be, ignores Ctrl-C, and so do its children
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    with started:
        assert started.stdout is not None
        json.loads(started.stdout.readline())
        started.send_signal(signal.SIGINT)
        _, said = started.communicate(timeout=60)
    assert (started.returncode, said) == (130, "Interrupted.\n")


@pytest.mark.slow  # a process with PyTorch of its own
def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    with subprocess.Popen(
        [*LAYERLAB, "train", "--example", "circle", "--set", "training.epochs=2000", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as started:
        assert started.stdout is not None and started.stderr is not None
        started.stdout.readline()
        started.stdout.close()
        assert started.stderr.read() == ""
        assert started.wait(timeout=60) == 0
