"""A race as a stand-alone PyTorch program: a function a variant, and a table of what each of them ends with."""

from __future__ import annotations

import importlib
import re
import textwrap
from collections.abc import Sequence

from dlcore.specs.race import Member, Race
from dlcore.specs.spec import Spec

_PROGRAMS = {"supervised": "dlcore.export.pytorch", "layered": "dlcore.export.layered"}
_HEAD = re.compile(r'\A""".*?"""\n+(?P<imports>.*?)\n\n(?P<threads>torch\.set_num_threads[^\n]*)\n+', re.DOTALL)
_PRINT = re.compile(r'^( *)print\((f?"[^"]+"), (.*)\)$', re.MULTILINE)
_DATA, _NETWORK = "# ---- data\n\n", "# ---- network\n"

_TABLE = """\
# ---- the race
variants = {{
{variants}}}
table = {{title: train({arguments}) for title, train in variants.items()}}
names = list(next(iter(table.values())))
{repeated}width = max(len(title) for title in table)
print(" " * width, *(f"{{name:>22}}" for name in names))
for title, found in table.items():
    print(f"{{title:<{{width}}}}", *(f"{{found[name]!r:>22}}" for name in names))
"""
_REPEATED = """\
columns = {name: [found[name] for found in table.values()] for name in names}
table["mean"] = {name: statistics.fmean(values) for name, values in columns.items()}
table["standard deviation"] = {name: statistics.stdev(values) for name, values in columns.items()}
"""


def as_program(spec: Spec) -> str:
    """A Python program that trains every variant and prints a table of their final losses and scores.

    What all variants have in common of their data is made once. Each draws its random numbers as it would alone, so
    that on the CPU it prints what the lab gives at its end, bit for bit.

    Raises: ValueError: this is not the spec of a race.
    """
    if not isinstance(spec, Race):
        raise ValueError(f"spec: expected a race's; received {type(spec).__name__}")
    texts = [_program(member) for member in spec.members]
    heads = [_HEAD.match(text) for text in texts]
    bodies = [text[head.end() :] for text, head in zip(texts, heads, strict=True) if head is not None]
    data = [body.split(_NETWORK)[0].removeprefix(_DATA).strip("\n").split("\n\n") for body in bodies]
    shared = _shared(data)
    arguments = _arguments(data[0][:shared], [paragraphs[shared:] for paragraphs in data])
    functions = [
        _function(number, variant.title, variant.changes, body, paragraphs[shared:], arguments)
        for number, (variant, body, paragraphs) in enumerate(zip(spec.variants, bodies, data, strict=True), start=1)
    ]
    rows = "".join(f"    {row.title!r}: variant_{number},\n" for number, row in enumerate(spec.variants, start=1))
    first = [head["imports"] for head in heads if head is not None]
    parts = [
        _head(len(texts), first, repeats=spec.repeats),
        *([_DATA + "\n\n".join(data[0][:shared])] if shared else []),
        *functions,
        _TABLE.format(variants=rows, arguments=_copies(arguments), repeated=_REPEATED if spec.repeats else ""),
    ]
    return "\n\n\n".join(parts)


def _program(member: Member) -> str:
    text: str = importlib.import_module(_PROGRAMS[member.kind]).as_program(member)
    return text


def _head(count: int, imports: Sequence[str], *, repeats: bool) -> str:
    lines = {line for text in imports for line in text.split("\n") if line}
    own = {line for line in lines if line.startswith(("import numpy", "import torch", "from torch"))}
    standard = (lines - own) | ({"import statistics"} if repeats else set())
    first = "\n".join(sorted(standard, key=_order))
    groups = [
        f'"""Train {count} variants of one experiment. Written by LayerLab."""',
        first,
        "\n".join(sorted(own, key=_order)),
    ]
    groups.append("torch.set_num_threads(1)  # the fastest way for a small network")
    return "\n\n".join(group for group in groups if group)


def _order(line: str) -> tuple[bool, str]:
    return line.startswith("from"), line


def _shared(data: Sequence[Sequence[str]]) -> int:
    """How many paragraphs of the data's code all variants begin with."""
    count = 0
    for same in zip(*data, strict=False):
        if len(set(same)) > 1:
            break
        count += 1
    return count


def _arguments(shared: Sequence[str], own: Sequence[Sequence[str]]) -> str:
    """What a function gets of the data that were made before, because it goes on with them under the same names."""
    made, rest = "\n".join(shared), "\n".join(paragraph for paragraphs in own for paragraph in paragraphs)
    if not rest or not all(re.search(rf"(?m)^(x, )?{name}\b.* = ", made) for name in "xy"):
        return ""
    return "x, y, held_out" if "held_out" in rest and "held_out" in made else "x, y"


def _copies(arguments: str) -> str:
    """The same names as copies: a variant that fills gaps, say, must not fill them for the others."""
    return ", ".join(f"{name}.copy()" for name in arguments.split(", ") if name)


def _function(number: int, title: str, changes: object, body: str, data: Sequence[str], arguments: str) -> str:
    code = _NETWORK + body.split(_NETWORK, 1)[1].strip("\n")
    code = _PRINT.sub(r"\1found[\2] = \3", code).replace("# ---- results\n", "# ---- results\nfound = {}\n")
    own = [_DATA.strip() + "\n" + "\n\n".join(data)] if data else []
    text = re.sub(r"\n{3,}", "\n\n", "\n\n".join([*own, code, "return found"]))
    return (
        f"def variant_{number}({arguments}):\n    # {title!r}: {changes or 'as it is'}\n{textwrap.indent(text, '    ')}"
    )
