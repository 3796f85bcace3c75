"""A file of milestones: planned, now expected, and reached, each once however often it comes."""

from collections.abc import Mapping, Sequence
from datetime import date

from benefits.benefit import Benefit
from benefits.commands.delivery import ForecastMilestone, PlanMilestone, ReachMilestone
from benefits.parts import Milestone
from benefits.savings_table.identity import alike, id_of
from benefits.wording.writing import day
from entrypoints.days import NotADay, read_day
from entrypoints.taking.columns import Column
from entrypoints.taking.judged import CHANGED, NEW, Judged, Row
from entrypoints.taking.named import Benefits

COLUMNS = (
    Column("benefit", "Benefit", needed=True, also=("benefit number", "ref", "reference", "b no")),
    Column("milestone", "Milestone", needed=True, also=("title", "step", "task", "description")),
    Column("planned", "Planned date", also=("planned", "baseline date", "plan date", "due")),
    Column("expected", "Expected date", also=("forecast date", "forecast", "expected", "revised")),
    Column("reached", "Reached date", also=("actual date", "actual", "reached", "completed")),
    Column("reason", "Why it moved", also=("reason", "comment", "comments", "note")),
    Column("drives", "Drives a saving (yes or no)", also=("drives", "drives a saving")),
)


def judge(rows: Sequence[Row], benefits: Mapping[str, Benefit], file: str) -> Judged:
    """What the rows come to."""
    judged, named = Judged(list(rows)), Benefits(benefits)
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        try:
            benefit = named.find(row.cells.get("benefit", ""))
        except LookupError as fault:
            row.wrong("benefit", str(fault))
            continue
        title = row.cells.get("milestone", "")
        key = (benefit.benefit, alike(title))
        if not title:
            row.wrong("milestone", "Name the milestone.")
        elif key in seen:
            row.wrong("milestone", f"The same milestone stands in row {seen[key]} too.")
        else:
            seen[key] = row.number
            _judge(judged, row, benefit, title, file)
    return judged


def _judge(judged: Judged, row: Row, b: Benefit, title: str, file: str) -> None:
    days = {name: _day(row, name) for name in ("planned", "expected", "reached")}
    if row.faults:
        return
    known = next((m for m in b.milestones.values() if alike(m.title) == alike(title)), None)
    key = known.milestone if known else id_of("milestone", b.benefit, title)
    if known is None:
        _plan(judged, row, b, key, title, days)
    elif days["planned"] not in (None, known.planned):
        row.wrong(
            "planned",
            f"It was planned for {day(known.planned)}, and that stays: give the day now expected.",
        )
    if row.faults:
        return
    _moves(judged, row, b, key, days, known, file)


def _plan(
    judged: Judged, row: Row, b: Benefit, key: str, title: str, days: Mapping[str, date | None]
) -> None:
    if days["planned"] is None:
        row.wrong("planned", "The milestone is new: give the day for which it is planned.")
        return
    drives = row.cells.get("drives", "").lower()
    if drives not in ("", "yes", "no", "y", "n"):
        row.wrong("drives", "Write yes or no.")
        return
    command = PlanMilestone(b.benefit, key, title, days["planned"], None, drives.startswith("y"))
    judged.ask(row, command, NEW, f"Planned for {day(days['planned'])}.")


def _moves(
    judged: Judged,
    row: Row,
    b: Benefit,
    key: str,
    days: Mapping[str, date | None],
    known: Milestone | None,
    file: str,
) -> None:
    """The day now expected, unless it is reached, and the day reached."""
    standing = known.expected if known else days["planned"]
    expected, reached = days["expected"], days["reached"]
    if reached is not None:
        if known is None or known.reached != reached:
            note = row.cells.get("reason", "")
            judged.ask(row, ReachMilestone(b.benefit, key, reached, note), CHANGED,
                       f"Reached on {day(reached)}.")  # fmt: skip
    elif expected is not None and expected != standing:
        why = row.cells.get("reason", "") or f"Taken in from {file[:100]}."
        judged.ask(row, ForecastMilestone(b.benefit, key, expected, why), CHANGED,
                   f"Now expected on {day(expected)}.")  # fmt: skip


def _day(row: Row, name: str) -> date | None:
    written = row.cells.get(name, "")
    if not written:
        return None
    try:
        return read_day(written)
    except NotADay as fault:
        row.wrong(name, str(fault))
        return None
