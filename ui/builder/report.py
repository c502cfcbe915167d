"""What the editor shows of a stack: a row a layer with its figures, what does not fit, what the whole takes."""

from __future__ import annotations

from typing import Any

from dlcore.networks.shapes import Problem, Row, Walk, every_row, walk, where
from dlcore.networks.signal import Signal
from dlcore.networks.starting_points import STARTING_POINTS
from dlcore.networks.totals import totals
from dlcore.specs.edits import Path
from dlcore.specs.layer_kinds import LAYER_KINDS, kind_of
from dlcore.specs.layers import ResidualLayer
from ui.builder.fields import fields_of
from ui.builder.stack import Item, Stack
from ui.builder.working import EMPTY, Wanted, Working


def menu() -> dict[str, Any]:
    """What never changes: the kinds of layers with their settings, and the networks to begin with."""
    return {
        "kinds": {
            row.name: {
                "title": row.title,
                "summary": row.summary,
                "group": row.group,
                "fields": [
                    {
                        "name": field.name,
                        "title": field.title,
                        "help": field.help,
                        "least": field.least,
                        "most": field.most,
                        "step": field.step,
                        "choices": [list(choice) for choice in field.choices],
                        "word": list(field.word) if field.word else None,
                    }
                    for field in fields_of(row.spec)
                ],
            }
            for row in LAYER_KINDS
        },
        "starts": [
            {"name": row.name, "title": row.title, "summary": row.summary, "own": row.data is not None}
            for row in STARTING_POINTS
        ]
        + [{"name": EMPTY, "title": "Nothing", "summary": "An empty stack to build on from the input.", "own": False}],
    }


def report(working: Working, wanted: Wanted) -> dict[str, Any]:
    """The rows, the problem with its remedy, the totals, and whether there is something to undo or redo."""
    walked = working.walk(wanted)
    problem = walked.problem
    remedy = working.remedy(wanted) if problem else None
    stack = working.stack
    return {
        "input": signal_text(wanted.given),
        "shape": list(wanted.given.shape),
        "scores": wanted.scores,
        "rows": [_row(path, item, working, _figures(stack, walked)) for path, item in stack.every()],
        "problem": _problem(stack, problem, remedy.title if remedy else None) if problem else None,
        "totals": [
            {"name": row.name, "title": row.title, "value": row.value, "limit": row.limit, "remedy": row.remedy}
            for row in totals(walked)
        ],
        "undo": bool(working.past),
        "redo": bool(working.future),
    }


def signal_text(signal: Signal) -> str:
    """A shape in the narrow column of a table."""
    return f"{signal.shape[0]:,} tokens" if signal.tokens else " × ".join(f"{size:,}" for size in signal.shape)


def _figures(stack: Stack, walked: Walk) -> dict[Path, Row]:
    """The rows that the walk got past; also of layers within a block that does not fit, which the walk leaves out."""
    found = {row.path: row for row in every_row(walked.rows)}
    if walked.problem is not None and walked.problem.layer is not None:
        at, *inner = walked.problem.path
        block = stack.items[at].layer
        if isinstance(block, ResidualLayer):
            within = block.layers[: inner[0]] if inner else block.layers
            flat = walk((*stack.layers[:at], *within), walked.input)
            found |= {(at, number): row for number, row in enumerate(flat.rows[at:])}
    return found


def _row(path: Path, item: Item, working: Working, figures: dict[Path, Row]) -> dict[str, Any]:
    values = item.layer.as_dict()
    row: dict[str, Any] = {
        "id": item.id,
        "path": list(path),
        "kind": item.layer.kind,
        "title": kind_of(item.layer).title,
        "block": isinstance(item.layer, ResidualLayer),
        "values": {field.name: values[field.name] for field in fields_of(type(item.layer))},
        "bad": {
            name: {"text": bad.text, "sentence": bad.sentence}
            for (id, name), bad in working.refused.items()
            if id == item.id
        },
    }
    known = figures.get(path)
    if known is not None:
        row["figures"] = {
            "output": signal_text(known.output),
            "shape": list(known.output.shape),
            "parameters": known.parameters,
            "multiply_adds": known.multiply_adds,
            "field": " × ".join(map(str, known.receptive_field)),
            "memory": known.memory,
        }
    return row


def _problem(stack: Stack, problem: Problem, fix: str | None) -> dict[str, Any]:
    at_end = problem.layer is None
    return {
        "id": None if at_end else stack.at(problem.path).id,
        "path": list(problem.path),
        "where": "the output" if at_end else where(problem.path).lower(),
        "got": str(problem.got),
        "needs": problem.needs,
        "sentence": problem.sentence,
        "fix": fix,
    }
