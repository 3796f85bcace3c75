"""Recognising a profile that is printed for several lines together.

A council may print a range for each of several lines and one profile under the name “Total” or
“Total without X”. Where the lines of a group have a range and no profile, and one line of the
group is headed as a total and has a profile, that is one benefit and the lines are its
components. A total of lines that have figures of their own is a printed total: it is checked, and
nothing is recorded for it, or the money would count twice.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from benefits.savings_table.lines import Line
from benefits.savings_table.plan import Fault

_TOTAL = re.compile(
    r"(?:(?:grand|gross|net|group|sub)[- ]?)?(?:sub-?)?totals?\b[\s,:]*"
    r"(?:(?:without|excluding|except(?: for)?|less|not including)\s+(?P<without>.+))?",
    re.IGNORECASE,
)
_LEFT_OUT = re.compile(
    r"\b(?:left out|not included|excluded|not in the profile|counted (?:under|in|elsewhere))\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Groups:
    """What each line of the file is: by the line's number.

    ``components`` holds the lines under each profile printed together, ``parent`` the profile of
    each component, ``totals`` the printed totals that are not recorded, ``left_out`` why a line is
    no component of its group's profile.
    """

    components: dict[int, list[Line]] = field(default_factory=dict)
    parent: dict[int, Line] = field(default_factory=dict)
    totals: set[int] = field(default_factory=set)
    left_out: dict[int, Line] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def headed_total(name: str) -> bool:
    """Whether a line is headed as a total: “Total”, “Total without ICT”, “Net total”."""
    return _TOTAL.fullmatch(name) is not None


def group_lines(lines: Sequence[Line]) -> Groups:
    """Say what each line is; a total that cannot be understood is a fault."""
    found = Groups()
    for total in lines:
        if not headed_total(total.name):
            continue
        others = [
            line
            for line in lines
            if (line.workstream, line.group) == (total.workstream, total.group)
            and line.is_investment == total.is_investment
            and not headed_total(line.name)
        ]
        _place(found, total, others)
    return found


def _place(found: Groups, total: Line, others: list[Line]) -> None:
    if not others:
        sentence = (
            f"“{total.name}” is headed as a total, but its group has no other line for it to be "
            "the total of. Name what it saves, or leave the line out."
        )
        found.faults.append(Fault(total.number, "line", sentence))
        return
    unprofiled = [line for line in others if line.ranged and not line.profile]
    if total.is_investment or not total.profile or not unprofiled:
        found.totals.add(total.number)
        return
    _together(found, total, unprofiled, [line for line in others if line.profile])


def _together(found: Groups, total: Line, unprofiled: list[Line], profiled: list[Line]) -> None:
    left_out = _left_out(found, total, unprofiled)
    components = [line for line in unprofiled if line not in left_out]
    taken = [line.name for line in components if line.number in found.parent]
    if profiled or taken or not components:
        names = ", ".join(f"“{line}”" for line in [p.name for p in profiled] + taken) or "no line"
        sentence = (
            f"“{total.name}” has figures by year and stands over lines with a range alone and over "
            f"{names}: it cannot be told what the figures are for. Put each profile in a group of "
            "its own with its lines."
        )
        found.faults.append(Fault(total.number, "line", sentence))
        return
    found.components[total.number] = components
    found.parent |= {line.number: total for line in components}
    found.left_out |= {line.number: total for line in left_out}


def _left_out(found: Groups, total: Line, lines: list[Line]) -> list[Line]:
    """The lines that the total's own words or their notes leave out of its profile."""
    match = _TOTAL.fullmatch(total.name)
    without = match["without"] if match else None
    named = [line for line in lines if without and _names(without, line.name)]
    if without and not named:
        sentence = f"“{total.name}” leaves out “{without}”, and no line of its group has that name."
        found.faults.append(Fault(total.number, "line", sentence))
    noted = [line for line in lines if _LEFT_OUT.search(line.note) and line not in named]
    return named + noted


def _names(without: str, name: str) -> bool:
    return re.search(rf"\b{re.escape(without.strip())}\b", name, re.IGNORECASE) is not None
