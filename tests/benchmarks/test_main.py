from pathlib import Path

import pytest

import benchmarks.__main__ as runner
from benchmarks.figure import absent, report


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        ("print('{\"met\": true}')", True),
        ('print(\'{"met": true}\\n{"met": false}\')', False),
        ("print('{\"met\": null}')", True),  # this machine cannot measure it
        ('print(\'{"met": null}\\n{"met": false}\')', False),
        ("pass", False),  # said nothing
        ("print('{\"met\": true}'); raise SystemExit(3)", False),
    ],
)
def test_a_benchmark_holds_where_nothing_was_missed(program: str, expected: bool, tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "benchmarks").mkdir()
    (tmp_path / "benchmarks" / "fake.py").write_text(f"def main():\n    {program}\n")
    monkeypatch.setattr(runner, "ROOT", tmp_path)
    monkeypatch.setattr(runner, "NAMES", ("fake",))
    assert runner.held("fake") is expected
    assert runner.main([]) == int(not expected)


def test_every_name_has_a_module() -> None:
    for name in runner.NAMES:
        assert (runner.ROOT / "benchmarks" / f"{runner.MODULES.get(name, name)}.py").exists()


def test_a_line_says_whether_the_target_was_met_missed_or_not_measured(capsys: pytest.CaptureFixture[str]) -> None:
    assert report("a", 2.0, "times", ">= 3", lambda value: value >= 3) is False
    absent("b", ">= 3", "no GPU here")
    one, other = capsys.readouterr().out.splitlines()
    assert one == '{"name": "a", "value": 2.0, "unit": "times", "target": ">= 3", "met": false}'
    assert other == '{"name": "b", "value": null, "unit": "", "target": ">= 3", "met": null, "why": "no GPU here"}'
