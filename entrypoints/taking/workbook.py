"""The workbook to fill in: the headings, the council's own lists to choose from, and notes.

It is taken in as it is: its first sheet has the headings, and nothing under them.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from benefits.benefit import Benefit
from benefits.programme import Programme
from benefits.savings_table.lines import INVESTMENT_KINDS, SAVING_KINDS
from benefits.tranches import Nature
from benefits.vocabulary import Fund
from entrypoints.taking.columns import Column
from entrypoints.taking.judging import WHAT, columns_of

if TYPE_CHECKING:
    import xlsxwriter

MOST_LINES = 1_000
_NOTES = {
    "register": (
        "One row for each benefit, in pounds. A year’s figure is what is first delivered in it.",
        "A recurring figure is a year’s worth.",
        "An investment is a row of the kind “recurring investment” or “one-off investment”.",
        "Take the same file in again after a change: what is the same stays as it is.",
    ),
    "milestones": (
        "One row for each milestone. Name the benefit by its number, such as B41, or its title.",
        "Write dates like 31/10/2026. The planned date of a milestone on record stays as it is.",
        "A milestone that moved needs the reason why.",
    ),
    "claims": (
        "One row for each claim. The amount is a year’s worth where it recurs.",
        "Leave the plan year blank when the money delivers the plan of the year it falls in.",
        "A row that was taken in before is not claimed twice.",
    ),
}


def workbook(what: str, programme: Programme, benefits: Mapping[str, Benefit]) -> bytes:
    """The bytes of an XLSX for this sort of file."""
    import xlsxwriter  # loaded for the first workbook, and not for each page

    written = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(written, options)
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(WHAT[what][:31])
    notes = book.add_worksheet("Notes")
    lists = book.add_worksheet("Lists")
    columns = columns_of(what, programme)
    chosen = _lists(what, programme, benefits)
    for at, column in enumerate(columns):
        sheet.write_string(0, at, column.label, bold)
        sheet.set_column(at, at, 40 if column.name in ("line", "benefit", "milestone") else 18)
        if column.name in chosen:
            _offer(sheet, lists, at, column, chosen[column.name], list(chosen))
    sheet.freeze_panes(1, 0)
    notes.set_column(0, 0, 100)
    for at, said in enumerate((f"{WHAT[what]} of {programme.title}", *_NOTES[what])):
        notes.write_string(at, 0, said, plain)
    book.close()
    return written.getvalue()


def _offer(
    sheet: "xlsxwriter.worksheet.Worksheet",
    lists: "xlsxwriter.worksheet.Worksheet",
    at: int,
    column: Column,
    values: Sequence[str],
    order: Sequence[str],
) -> None:
    """A drop-down: the values stand on the sheet of lists, which may be long."""
    place = order.index(column.name)
    letter = chr(ord("A") + place)
    lists.write_string(0, place, column.label)
    for number, value in enumerate(values, 1):
        lists.write_string(number, place, value)
    source = f"=Lists!${letter}$2:${letter}${len(values) + 1}"
    offered = {"validate": "list", "source": source, "ignore_blank": True, "error_type": "warning"}
    sheet.data_validation(1, at, MOST_LINES, at, offered)


def _lists(
    what: str, programme: Programme, benefits: Mapping[str, Benefit]
) -> dict[str, list[str]]:
    """What can be chosen in a column, by its name."""
    natures = [nature.value for nature in Nature]
    named = sorted((f"{one.number} {one.title}" for one in benefits.values()), key=str.casefold)
    years = [str(year) for year in programme.window]
    found = {
        "register": {
            "workstream": list(programme.workstreams),
            "kind": list(dict.fromkeys((*SAVING_KINDS, *INVESTMENT_KINDS))),
            "fund": [fund.value for fund in Fund],
            "nature": natures,
        },
        "milestones": {"benefit": named, "drives": ["yes", "no"]},
        "claims": {"benefit": named, "nature": natures, "plan_year": years},
    }[what]
    return {name: values for name, values in found.items() if values}
