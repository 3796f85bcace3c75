"""Reading one sheet of an XLSX workbook as text cells, within bounds whatever its maker meant.

Only what a table needs is read: strings, numbers as stored, and whether a number is shown as a
percentage or a day. Formulas are not worked out: a cell has the value that was saved with it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from io import BytesIO
from zipfile import BadZipFile, ZipFile
from zlib import error as BrokenDeflate  # noqa: N812 - it is an exception

from reports.referee.table import NotATable
from reports.referee.xml_parts import BadXml, walk

#: Far more than any table: beyond this it is something else, or was made to do harm.
LARGEST_UNPACKED = 40_000_000
MOST_PARTS, MOST_ROWS, MOST_COLUMNS = 2_000, 5_000, 500
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_SHOWN_PERCENT, _SHOWN_DAY = frozenset({9, 10}), frozenset({14, 15, 16, 17, 22})
_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook: its cells, its name, and what else the workbook holds.

    ``hidden`` are the names of sheets that a person does not see; ``merged`` and ``unworked``
    count ranges of merged cells and formulas that were saved without their value.
    """

    grid: list[list[str]]
    name: str
    names: tuple[str, ...]
    hidden: tuple[str, ...] = ()
    merged: int = 0
    unworked: int = 0


def read_workbook(content: bytes, sheet: str = "") -> Sheet:
    """The sheet that is named, else the first that is not hidden.

    Raises ``NotATable`` with a sentence when it cannot be read.
    """
    try:
        with ZipFile(BytesIO(content)) as packed:
            return _read(packed, sheet)
    except (
        BadZipFile,
        BadXml,
        BrokenDeflate,
        NotImplementedError,
        RuntimeError,
        EOFError,
    ) as fault:
        raise NotATable(
            "The workbook is broken, locked with a password or not an XLSX: save it again."
        ) from fault


def _read(packed: ZipFile, wanted: str) -> Sheet:
    parts = packed.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise NotATable("The workbook unpacks to far more than a table: save the table alone.")
    sheets, hidden = _sheets(packed)
    if not sheets:
        raise NotATable("The workbook holds no sheet: save the table as an XLSX or a CSV.")
    names = list(sheets)
    name = wanted or next((each for each in names if each not in hidden), names[0])
    if name not in sheets:
        raise NotATable(f"There is no sheet “{wanted[:40]}”. The sheets are: {', '.join(names)}.")
    if sheets[name] not in packed.namelist():
        raise NotATable(f"The sheet “{name}” is not in the workbook: save it again.")
    cells = _Cells(_strings(packed), _formats(packed))
    walk(packed.read(sheets[name]), cells.begin, cells.end)
    return Sheet(cells.grid(), name, tuple(names), hidden, cells.merged, cells.unworked)


def _part(packed: ZipFile, name: str) -> bytes | None:
    return packed.read(name) if name in packed.namelist() else None


def _sheets(packed: ZipFile) -> tuple[dict[str, str], tuple[str, ...]]:
    """The part of each sheet by its name, in the workbook's order, and which are hidden."""
    targets: dict[str, str] = {}
    found: list[tuple[str, str]] = []
    hidden: list[str] = []

    def relation(name: str, given: Mapping[str, str]) -> None:
        if name == "Relationship":
            target = given.get("Target", "").lstrip("/")
            targets[given.get("Id", "")] = target if target.startswith("xl/") else f"xl/{target}"

    def sheet(name: str, given: Mapping[str, str]) -> None:
        if name == "sheet":
            found.append((given.get("name", ""), given.get("id", "")))
            if given.get("state", "visible") != "visible":
                hidden.append(given.get("name", ""))

    for part, begin in (("xl/_rels/workbook.xml.rels", relation), ("xl/workbook.xml", sheet)):
        if (content := _part(packed, part)) is not None:
            walk(content, begin, _nothing)
    return {name: targets[key] for name, key in found if key in targets}, tuple(hidden)


def _nothing(_name: str, _text: str) -> None:
    """For an element whose end says nothing."""


def _strings(packed: ZipFile) -> list[str]:
    found: list[str] = []

    def begin(name: str, _: Mapping[str, str]) -> None:
        if name == "si":
            found.append("")

    def end(name: str, text: str) -> None:
        if name == "t" and found:
            found[-1] += text

    if (content := _part(packed, "xl/sharedStrings.xml")) is not None:
        walk(content, begin, end)
    return found


def _formats(packed: ZipFile) -> list[str]:
    """How each style of cell shows a number: “%”, “day” or plain."""
    own: dict[int, str] = {}
    styles: list[str] = []
    within: list[str] = []

    def begin(name: str, given: Mapping[str, str]) -> None:
        within.append(name)
        if name == "numFmt":
            own[_number(given.get("numFmtId"))] = given.get("formatCode", "")
        elif name == "xf" and "cellXfs" in within:
            styles.append(_shown(_number(given.get("numFmtId")), own))

    def end(_name: str, _text: str) -> None:
        within.pop()

    if (content := _part(packed, "xl/styles.xml")) is not None:
        walk(content, begin, end)
    return styles


def _number(written: str | None) -> int:
    return int(written) if written and written.isdecimal() and len(written) < 8 else 0


def _shown(number: int, own: Mapping[int, str]) -> str:
    code = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", own.get(number, "")).lower()
    if number in _SHOWN_PERCENT or "%" in code:
        return "%"
    return "day" if number in _SHOWN_DAY or "yy" in code else ""


class _Cells:
    """The cells of a sheet as they are met."""

    def __init__(self, strings: Sequence[str], formats: Sequence[str]) -> None:
        self._strings, self._formats = strings, formats
        self._found: dict[tuple[int, int], str] = {}
        self._row = self._column = -1
        self._given: Mapping[str, str] = {}
        self._text = ""
        self._formula = False
        self.merged = self.unworked = 0

    def begin(self, name: str, given: Mapping[str, str]) -> None:
        if name == "row":
            self._row = _number(given.get("r")) - 1 if given.get("r") else self._row + 1
            self._column = -1
        elif name == "c":
            self._place(given.get("r", ""))
            self._given, self._text, self._formula = given, "", False
        elif name == "mergeCell":
            self.merged += 1

    def _place(self, reference: str) -> None:
        match = _REFERENCE.fullmatch(reference)
        self._column += 1
        if match is not None:
            self._row, self._column = int(match[2]) - 1, -1
            for letter in match[1]:
                self._column = (self._column + 1) * 26 + ord(letter) - ord("A")

    def end(self, name: str, text: str) -> None:
        if name in ("v", "t"):
            self._text += text
        elif name == "f":
            self._formula = True
        elif name == "c" and not self._text:
            self.unworked += self._formula
        elif name == "c" and self._text:
            if not (0 <= self._row < MOST_ROWS and 0 <= self._column < MOST_COLUMNS):
                raise NotATable(
                    f"The sheet has more than {MOST_ROWS:,} rows or {MOST_COLUMNS} columns: "
                    "save the table alone."
                )
            self._found[self._row, self._column] = self._written()

    def _written(self) -> str:
        kind, style = self._given.get("t", "n"), _number(self._given.get("s"))
        if kind == "s":
            number = _number(self._text)
            return self._strings[number] if number < len(self._strings) else ""
        if kind != "n":
            return self._text
        shown = self._formats[style] if style < len(self._formats) else ""
        return _as_shown(self._text, shown)

    def grid(self) -> list[list[str]]:
        """Every row down to the last that holds something, each as wide as the widest."""
        rows = 1 + max((row for row, _ in self._found), default=-1)
        width = 1 + max((column for _, column in self._found), default=-1)
        return [[self._found.get((row, at), "") for at in range(width)] for row in range(rows)]


def _as_shown(stored: str, shown: str) -> str:
    """A number as text, exact but for what floating point adds in its last digits."""
    try:
        number = Decimal(stored)
    except InvalidOperation:
        return stored
    if not number.is_finite() or abs(number) >= Decimal(10) ** _DIGITS:
        return stored
    if shown == "day" and 0 < number < 100_000:
        return (date(1899, 12, 30) + timedelta(days=int(number))).isoformat()
    if shown == "%":
        return f"{number * 100:.4f}".rstrip("0").rstrip(".") + "%"
    whole = len(str(abs(int(number))))
    plain = f"{number:.{min(6, _DIGITS - whole)}f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
