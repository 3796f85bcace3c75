"""What a person settles of an uploaded file in its form: sheet, columns, corrections, skips."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from entrypoints.taking.columns import Column
from entrypoints.taking.uploads import Upload

_CELL = re.compile(r"cell:([0-9]{1,5}):([A-Za-z0-9_/]{1,40})")
LONGEST_CELL = 500


def settled(one: Upload, columns: Sequence[Column], form: Mapping[str, Sequence[str]]) -> Upload:
    """The upload with what the form says. Another sheet begins afresh."""

    def first(name: str, otherwise: str = "") -> str:
        return next(iter(form.get(name, ())), otherwise)

    known = {column.name for column in columns}
    sheet = first("sheet", one.sheet)[:100]
    if one.sheet and sheet != one.sheet:
        return replace(one, sheet=sheet, columns=None, cells={}, skipped=())
    mapping = one.columns
    if any(f"column:{name}" in form for name in known):
        mapping = {name: said for name in known if (said := first(f"column:{name}"))}
    cells = dict(one.cells)
    for name in form:
        match = _CELL.fullmatch(name)
        if match and match[2] in known:
            cells[f"{match[1]}:{match[2]}"] = " ".join(first(name).split())[:LONGEST_CELL]
    left = {row for row in one.skipped if row not in _numbers(form.get("shown", ()))}
    skipped = tuple(sorted(left | _numbers(form.get("skip", ()))))
    return replace(one, sheet=sheet, columns=mapping, cells=cells, skipped=skipped)


def _numbers(sent: Sequence[str]) -> set[int]:
    return {int(each) for each in sent if each.isascii() and each.isdigit() and len(each) < 6}
