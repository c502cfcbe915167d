"""The console script: serve the app, or train an experiment without it.

Imports at the top stay light: the server's worker processes import the main module again.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from dlcore.engine.settings import SETTINGS, from_environment

DONE, FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit code: 0 done, 1 failed, 2 bad input, 130 interrupted."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """The exit code of one command; every message for people goes to stderr, results to stdout."""
    chosen = _parser().parse_args(arguments)
    try:
        code: int = chosen.do(chosen)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # whoever read our output has seen enough, as in `layerlab datasets | head -1`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing is left to fail at exit
        return DONE
    except (ValueError, OSError) as error:
        print(_sentence(error), file=sys.stderr)
        return BAD_INPUT


def _sentence(error: Exception) -> str:
    text = " ".join(str(error).split())
    return text if text.endswith((".", "!", "?")) else f"{text}."


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say what is wrong in one sentence, without the page of usage around it."""
        self.exit(BAD_INPUT, f"{message[0].upper()}{message[1:]}; `{self.prog} --help` shows how.\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="layerlab", description="Build neural networks, train them, watch inside.")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    serve = commands.add_parser("serve", help="start the app for browsers")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen at (default: %(default)s, this computer)")
    serve.add_argument("--port", type=_port, default=8501, help="port to listen at (default: %(default)s)")
    for setting in SETTINGS:
        serve.add_argument(
            setting.option,
            metavar="N",
            default="",
            help=f"{setting.help} (default: {setting.default}; {setting.variable})",
        )
    serve.set_defaults(do=_serve)

    examples = commands.add_parser("examples", help="list the example experiments, or print one as JSON")
    examples.add_argument("name", nargs="?", metavar="NAME", help="print this example's spec as JSON")
    examples.set_defaults(do=_examples)

    commands.add_parser("datasets", help="list the data sets").set_defaults(do=_datasets)
    commands.add_parser("labs", help="list the systems that one can train").set_defaults(do=_labs)

    train = commands.add_parser("train", help="train an experiment to its end")
    source = train.add_mutually_exclusive_group(required=True)
    source.add_argument("spec", nargs="?", metavar="SPEC.json", help="file with the experiment; - reads stdin")
    source.add_argument("--example", metavar="NAME", help="train this example")
    train.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="PATH=VALUE",
        help="change the experiment, such as seed=3 or training.epochs=50 (JSON, or else text); may be repeated",
    )
    train.add_argument(
        "--device", choices=("auto", "cpu", "cuda"), help="where to train; auto takes CUDA if there is any"
    )
    train.add_argument(
        "--json", action="store_true", help="print one JSON object a line, the last one the final metrics"
    )
    train.set_defaults(do=_train)
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65_536:
        raise argparse.ArgumentTypeError(f"expected a whole number between 1 and 65535; received {text!r}")
    return int(text)


def _serve(chosen: argparse.Namespace) -> int:
    from layerlab.serve import serve

    for setting in SETTINGS:
        if text := getattr(chosen, setting.name):
            os.environ[setting.variable] = text
    from_environment(os.environ)  # refuses what is none, before anything starts
    serve(chosen.host, chosen.port)
    return DONE


def _examples(chosen: argparse.Namespace) -> int:
    from dlcore.examples import EXAMPLES, example

    if chosen.name is not None:
        print(example(chosen.name).spec.as_json(indent=2))
        return DONE
    _print_rows([(row.name, row.summary) for row in EXAMPLES])
    return DONE


def _datasets(chosen: argparse.Namespace) -> int:
    from datasets.dataset import Card
    from datasets.registry import DATASETS
    from datasets.scenes import SCENES, SceneCard

    rows: tuple[Card | SceneCard, ...] = (*DATASETS, SCENES)
    width = max(len(row.size) for row in rows)
    _print_rows([(row.name, f"{row.size:<{width}}  {row.summary}") for row in rows])
    return DONE


def _labs(chosen: argparse.Namespace) -> int:
    from dlcore.labs.registry import LABS

    _print_rows([(row.kind, row.summary) for row in LABS])
    return DONE


def _print_rows(rows: Sequence[tuple[str, str]]) -> None:
    width = max(len(name) for name, _ in rows)
    for name, line in rows:
        print(f"{name:<{width}}  {line}")


def _train(chosen: argparse.Namespace) -> int:
    from dlcore.examples import example
    from dlcore.labs.registry import parse_spec

    spec: Any = parse_spec(_read(chosen.spec)) if chosen.example is None else example(chosen.example).spec
    changes = _changes(chosen.set)
    if chosen.device is not None:
        changes["training.device"] = chosen.device
    if changes:
        spec = spec.replace(changes)

    from layerlab.train import train

    return train(spec, as_json=chosen.json)


def _read(path: str) -> str:
    try:
        if path == "-":
            return sys.stdin.read()
        with open(path, encoding="utf-8-sig") as file:  # editors on Windows put a mark before the text
            return file.read()
    except UnicodeDecodeError:
        raise ValueError(f"{path}: this is not a text in UTF-8") from None
    except OSError as error:
        raise ValueError(f"{path}: cannot be read: {error.strerror}") from None


def _changes(texts: Sequence[str]) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    for text in texts:
        path, sign, value = text.partition("=")
        if not sign or not path:
            raise ValueError(f"--set: expected PATH=VALUE, such as training.epochs=50; received {text!r}")
        try:
            changes[path] = json.loads(value)
        except ValueError:
            changes[path] = value
    return changes
