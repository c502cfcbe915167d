"""A new table: a CSV file, what is recognised in it, and its maker's word on that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from datasets.upload.bounds import BadUpload, megabytes
from datasets.upload.cells import is_missing
from datasets.upload.columns import KINDS, Kind
from datasets.upload.dialect import DELIMITERS
from datasets.upload.examples import EXAMPLE_FILES, ExampleFile
from datasets.upload.table import Sheet, Table, read_table, recognise_sheet
from datasets.upload.text import ENCODINGS
from dlcore.specs import limits
from dlcore.specs.uploads import BOUNDS
from ui.plain_text import plain
from ui.studio.own_kept import store

_FILE, _SHEET, _REFUSAL, _EDITION = "own table file", "own table sheet", "own table refusal", "own table edition"
_READ, _SEEN = "own table read", "own table seen"  # what was worked out of the sheet, once
_DECIMALS = {".": "point: 1.5", ",": "comma: 1,5"}
_CLASSES = 10  # different whole numbers up to which a column of numbers is offered as classes


def new_table() -> None:
    """Draw the way from a file to a table that is kept."""
    if _FILE not in st.session_state:
        _ask_for_file()
    else:
        _confirm(*st.session_state[_FILE])


def _ask_for_file() -> None:
    edition = st.session_state.get(_EDITION, 0)
    st.file_uploader(
        f"A CSV file, at most {megabytes(limits.TABLE_BYTES)}, {limits.TABLE_ROWS:,} rows and "
        f"{limits.TABLE_COLUMNS} columns",
        type=["csv", "tsv", "txt"],
        max_upload_size=limits.TABLE_BYTES // 2**20,
        key=f"own table upload {edition}",
        on_change=_take_upload,
        args=(f"own table upload {edition}",),
    )
    if refusal := st.session_state.get(_REFUSAL):
        st.warning(plain(refusal), icon=":material/block:")
    st.caption("No file at hand? Take one of ours; it goes the same way.")
    for column, row in zip(st.columns(len(EXAMPLE_FILES)), EXAMPLE_FILES, strict=True):
        with column.container(border=True, height="stretch"):
            st.button(row.title, key=f"own example {row.name}", on_click=_take_example, args=(row,), width="stretch")
            st.caption(row.summary)


def _take_upload(key: str) -> None:
    file = st.session_state.get(key)
    if file is not None:
        _take(file.name, file.getvalue())
        st.session_state[_EDITION] = st.session_state.get(_EDITION, 0) + 1  # the uploader lets go of the file


def _take_example(row: ExampleFile) -> None:
    _take(row.name, row.make())


def _take(name: str, data: bytes) -> None:
    """Read a file once, to refuse one that is no table before anything else is asked; a refused one is not kept."""
    _forget_file()
    try:
        sheet = recognise_sheet(data, BOUNDS)
    except BadUpload as refusal:
        st.session_state[_REFUSAL] = f"{name[: limits.NAME_CHARACTERS]}: {refusal}"
        return
    st.session_state[_FILE] = (name[: limits.NAME_CHARACTERS], data)
    st.session_state[_SHEET] = ({}, sheet)


def _forget_file() -> None:
    for key in (_FILE, _SHEET, _REFUSAL, _READ, _SEEN):
        st.session_state.pop(key, None)


def _confirm(name: str, data: bytes) -> None:
    left, right = st.columns([4, 1], vertical_alignment="center")
    left.markdown(f"**{plain(name)}**: is this what is in it? Correct what is not.")
    right.button("Another file", on_click=_forget_file, width="stretch")
    try:
        sheet = _sheet(data, _corrections())
    except BadUpload as refusal:
        st.warning(plain(str(refusal)), icon=":material/block:")
        return
    kinds = _kinds(sheet)
    with st.expander(f"The first rows of {len(sheet.rows):,}"):
        st.dataframe(_first_rows(sheet), hide_index=True, height=212)
    try:
        table = _read(sheet, kinds)
    except BadUpload as refusal:
        st.warning(plain(str(refusal)), icon=":material/block:")
        return
    chosen = _choice(table)
    if chosen is None:
        return
    target, inputs, as_classes = chosen
    if st.button("Use this table", type="primary", icon=":material/check:", disabled=not inputs):
        if as_classes:
            table = read_table(sheet, BOUNDS, {**kinds, target: "category"})
        try:
            store(name, table, _values(name, table, target, inputs))
        except ValueError as refusal:
            st.warning(plain(_sentence(refusal)), icon=":material/block:")
            return
        _forget_file()
        st.rerun()


def _corrections() -> dict[str, Any]:
    """What is recognised of the file as a whole, each in a menu; the chosen ones are corrections."""
    _, sheet = st.session_state[_SHEET]
    dialect = sheet.dialect
    menus: tuple[tuple[str, str, Mapping[Any, str], Any], ...] = (
        ("encoding", "Encoding", {name: name for name in ENCODINGS}, sheet.encoding),
        ("delimiter", "Cells are separated by", DELIMITERS, dialect.delimiter),
        ("decimal", "Decimals", _DECIMALS, dialect.decimal),
        ("header", "First row", {True: "names of columns", False: "values"}, dialect.header),
    )
    found = {}
    edition = st.session_state.get(_EDITION, 0)
    for column, (name, title, options, present) in zip(st.columns(4), menus, strict=True):
        found[name] = column.selectbox(
            title,
            list(options),
            index=list(options).index(present) if present in options else 0,
            format_func=options.__getitem__,
            key=f"own table {name} {edition} {st.session_state[_FILE][0]}",
        )
    return found


def _sheet(data: bytes, corrections: dict[str, Any]) -> Sheet:
    known, sheet = st.session_state[_SHEET]
    first = {
        "encoding": sheet.encoding,
        "delimiter": sheet.dialect.delimiter,
        "decimal": sheet.dialect.decimal,
        "header": sheet.dialect.header,
    }
    if corrections not in (known, first):
        sheet = recognise_sheet(data, BOUNDS, **corrections)
        st.session_state[_SHEET] = (corrections, sheet)
    found: Sheet = sheet
    return found


def _kinds(sheet: Sheet) -> dict[str, Kind]:
    """What each column holds, as recognised and then corrected in a table."""
    if _SEEN not in st.session_state or st.session_state[_SEEN][0] is not sheet:
        st.session_state[_SEEN] = (sheet, _overview(sheet))
    rows: pd.DataFrame = st.session_state[_SEEN][1]
    edited = st.data_editor(
        rows,
        column_config={
            "Holds": st.column_config.SelectboxColumn(
                "Holds ✎", options=list(KINDS.values()), required=True, help="Double-click to choose another."
            )
        },
        disabled=["Column", "For example", "Different", "Missing"],
        hide_index=True,
        height=min(36 * len(rows) + 40, 330),
        key=f"own table kinds {st.session_state.get(_EDITION, 0)} {sheet.names[:9]} {sheet.dialect}",
    )
    by_title = {title: kind for kind, title in KINDS.items()}
    return {name: by_title[title] for name, title in zip(sheet.names, edited["Holds"], strict=True)}


def _overview(sheet: Sheet) -> pd.DataFrame:
    rows = []
    for number, (name, kind) in enumerate(zip(sheet.names, sheet.kinds, strict=True)):
        known = [cell for cell in sheet.cells(number) if not is_missing(cell)]
        different = list(dict.fromkeys(known))
        rows.append(
            {
                "Column": name,
                "Holds": KINDS[kind],
                "For example": ", ".join(different[:4])[:80],
                "Different": len(different),
                "Missing": len(sheet.rows) - len(known),
            }
        )
    return pd.DataFrame(rows)


def _read(sheet: Sheet, kinds: dict[str, Kind]) -> Table:
    """The table of a sheet, read once a choice of kinds. Raises: BadUpload: a cell is not what its column holds."""
    known = st.session_state.get(_READ)
    if known is None or known[0] is not sheet or known[1] != kinds:
        known = (sheet, kinds, read_table(sheet, BOUNDS, kinds))
        st.session_state[_READ] = known
    table: Table = known[2]
    return table


def _first_rows(sheet: Sheet) -> pd.DataFrame:
    return pd.DataFrame(sheet.rows[:20], columns=list(sheet.names))


def _choice(table: Table) -> tuple[str, list[str], bool] | None:
    """What to predict, from which columns, and whether a column of numbers is meant as classes."""
    columns = {column.name: column for column in table.columns}
    targets = [name for name, column in columns.items() if column.kind != "date"]
    if not targets:
        st.warning("There is nothing to predict: expected a column of numbers or categories.", icon=":material/block:")
        return None
    # what is to be predicted stands last in most tables, first in some
    usual = [name for name in targets if columns[name].kind == "category"]
    first = targets[-1] if columns[targets[-1]].kind == "category" or not usual else usual[0]
    left, right = st.columns([1, 2])
    target = left.selectbox("Predict", targets, index=targets.index(first), key="own table target")
    values = table.values[:, list(columns).index(target)]
    different = np.unique(values[~np.isnan(values)])
    as_classes = False
    if columns[target].kind == "number" and len(different) <= _CLASSES and (different == different.round()).all():
        said = left.segmented_control(
            "as", ("classes", "numbers"), default="classes", required=True, key=f"own table as {target}"
        )
        as_classes = said == "classes"
    others = [name for name in columns if name != target]
    inputs = right.multiselect(
        f"from ({len(others)} columns)",
        others,
        placeholder="All other columns",
        help="The columns that the network sees; choose none to give it all.",
        key=f"own table inputs {target}",
    )
    return target, inputs or others, as_classes


def _values(name: str, table: Table, target: str, inputs: list[str]) -> dict[str, object]:
    columns = {
        column.name: {"name": column.name, "kind": column.kind, "categories": list(column.categories)}
        for column in table.columns
    }
    known = ~np.isnan(table.values[:, list(columns).index(target)])
    values: dict[str, object] = {
        "rows": int(known.sum()),
        "columns": [columns[name] for name in columns if name in inputs],
        "target": columns[target],
    }
    if name == "chance.csv" and len(inputs) > 20:
        return values | {"keep": 20}  # what there is to see in it
    numbers = [name for name in columns if name in inputs and columns[name]["kind"] != "category"]
    return values | ({"axes": numbers[:2]} if len(numbers) > 1 else {})


def _sentence(refusal: ValueError) -> str:
    text = str(refusal).removeprefix("data: ")
    return text if text.endswith(".") else f"{text}."
