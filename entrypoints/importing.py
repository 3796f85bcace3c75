"""Importing a savings table: the whole of it in one act, or nothing of it and every fault."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Connection, select

from benefits.benefit import Benefit
from benefits.commands.programme import StartProgramme
from benefits.periods import FinancialYear, NotAPeriod, PlanWindow
from benefits.programme import Programme
from benefits.refusals import NotAllowed, Refused, SeveralRefused
from benefits.register import tables
from benefits.rules import stream_of
from benefits.savings_table import Options, SavingsTable, Unit, read_savings_table
from benefits.savings_table.identity import alike, programme_id
from benefits.savings_table.known import OnRecord
from benefits.savings_table.recording import Step
from benefits.savings_table.taking_in import Taken, take_in
from benefits.standing import stand
from benefits.wording.writing import count
from entrypoints.flagged import as_warnings
from entrypoints.here import Realise as House
from entrypoints.wiring import Realise
from eventlog.recorded import Recorded
from eventlog.undisturbed import undisturbed
from reports.referee import check
from workflows.handling import Also, Busy

_POUNDS = {Unit.POUNDS: None, Unit.THOUSANDS: 1_000, Unit.MILLIONS: 1_000_000}


class NotImported(Refused):
    """Nothing of the file was recorded; ``faults`` are all the reasons, a sentence each."""

    def __init__(self, *faults: str) -> None:
        self.faults = tuple(dict.fromkeys(faults))
        super().__init__("\n".join(self.faults))


CONFIRM_FIRST = (
    "The record is kept for good. Take this out of the table, or confirm that it has to stand "
    "there."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be imported. ``programme`` is a title or an id, ``file`` the file's name."""

    content: bytes
    file: str
    programme: str
    options: Options
    update: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """What was made of the file, the same whether it was recorded or only tried.

    ``account`` is for reading, a sentence a line. ``changes`` says whether there was anything
    to record, ``written`` whether this import recorded it.
    """

    account: tuple[str, ...]
    changes: bool
    written: bool


#: Keeps what was made of a file, in the transaction that records it.
Keep: TypeAlias = Callable[[Connection, Imported], None]


@undisturbed()  # thousands of benefits stand until all of it is written
def import_table(
    realise: Realise,
    asked: Asked,
    *,
    by: str,
    at: datetime,
    dry_run: bool = False,
    keep: Keep | None = None,
    confirmed: bool = True,
) -> Imported:
    """Record what a savings table says, in one act. Raises ``NotImported`` with every fault.

    With ``dry_run`` everything is decided as it would be, and nothing is written. What looks like
    personal data is told, and refused unless somebody has ``confirmed`` it.
    """
    programme = _programme(realise, asked)
    options = asked.options
    if programme.exists:
        _same_window(programme, options)
        options = replace(options, years=None)
    table = read_savings_table(asked.content, options)
    if table.faults:
        raise NotImported(*(str(fault) for fault in table.faults))
    record = OnRecord(programme, benefits_of(realise, programme.programme))
    taken = take_in(table, record, asked.file, update=asked.update)
    start = [] if programme.exists else [_start(programme, asked, table)]
    taken.steps[:0] = start
    account = (*table.account, *_referee(table), *taken.told, *_summary(taken, programme, start))
    personal = tuple(as_warnings([(step.place, step.command) for step in taken.steps]))
    if personal and not (confirmed or dry_run):
        raise NotImported(*personal, CONFIRM_FIRST)
    account += personal

    def also(connection: Connection, _: Sequence[Recorded[Any]]) -> None:
        if keep is not None:
            keep(connection, Imported(account, changes=True, written=True))

    written = _decide(realise, taken, by, at, also, dry_run=dry_run)
    return Imported(account, bool(taken.steps), written)


def _programme(realise: Realise, asked: Asked) -> Programme:
    """The programme of this title or id; one that is not there yet has the id it would get."""
    with realise.read() as connection:
        rows = connection.execute(
            select(tables.programmes.c.programme, tables.programmes.c.title)
        ).all()
    exactly = [row.programme for row in rows if row.programme == asked.programme]
    found = exactly or [row.programme for row in rows if alike(row.title) == alike(asked.programme)]
    if len(found) > 1:
        raise NotImported(
            f"{len(found)} programmes are called “{asked.programme.strip()}”. Name one by its id: "
            f"{', '.join(sorted(found))}."
        )
    if found:
        return realise.programme(found[0])
    return Programme(programme_id(asked.programme, {row.programme for row in rows}))


def _same_window(programme: Programme, options: Options) -> None:
    if options.years not in (None, programme.years):
        window = programme.window
        raise NotImported(
            f"“{programme.title}” plans for {count(programme.years, 'year')}, {window.first} "
            f"to {window.last}, and an import does not change that: leave out --years."
        )


def benefits_of(realise: House, programme: str) -> dict[str, Benefit]:
    """Every benefit of a programme as it stands, by id."""
    register = tables.register.c
    with realise.database.read() as connection:
        found = connection.execute(
            select(register.benefit)
            .where(register.programme == programme)
            .order_by(register.position)
        ).scalars()
        streams = {stream_of("benefit", benefit): benefit for benefit in found}
        loaded = realise.store.load_many(list(streams), None, connection)
    return {benefit: stand(benefit, loaded[stream]) for stream, benefit in streams.items()}


def _start(programme: Programme, asked: Asked, table: SavingsTable) -> Step:
    """Start the programme, for as many years as said or as the table has columns for."""
    first = asked.options.first_year or min(table.years, default=None)
    if first is None:
        raise NotImported(
            "The table names no year: say when the plan begins, such as --first-year 2023/24."
        )
    years = asked.options.years or _years_to(first, table)
    if not years:
        raise NotImported(
            "The table has no figures by year: say how many years are planned, such as --years 3."
        )
    try:
        PlanWindow(first, years)
    except NotAPeriod as fault:
        raise NotImported(str(fault)) from fault
    command = StartProgramme(programme.programme, asked.programme.strip(), first, years, board="")
    return Step(command, "", ())


def _years_to(first: FinancialYear, table: SavingsTable) -> int:
    return max(table.years).start - first.start + 1 if table.years else 0


def _decide(
    realise: Realise, taken: Taken, by: str, at: datetime, also: Also, *, dry_run: bool
) -> bool:
    """Whether anything was written. Raises ``NotImported`` with every refusal."""
    commands = [step.command for step in taken.steps]
    faults = list(taken.refusals)
    try:
        if not commands:
            written = False
        elif dry_run or faults:
            realise.rehearse(commands, by=by, at=at)
            written = False
        else:
            written = bool(realise.handle(commands, by=by, at=at, also=also).written)
    except Busy:
        raise
    except SeveralRefused as refused:
        faults += _told(taken.steps, refused.faults)
    except Refused as refused:
        faults += _told(taken.steps, [(0, refused)])
    if faults:
        raise NotImported(*faults)
    return written


def _told(steps: Sequence[Step], refused: Iterable[tuple[int, Refused]]) -> Iterator[str]:
    """Each refusal with its line; what only follows from one that is told is left out."""
    told: list[tuple[str, ...]] = []
    for number, fault in refused:
        step = steps[number]
        if isinstance(fault, NotAllowed):
            yield str(fault)
        elif any(step.path[: len(path)] == path for path in told):
            continue
        elif step.place:
            yield f"{step.place[:1].upper()}{step.place[1:]}: {fault}"
        else:
            yield str(fault)
        told.append(step.path)


def _referee(table: SavingsTable) -> Iterator[str]:
    """Whether the printed totals add up: told, and no reason to refuse the file."""
    verdict = check(
        table.printed,
        unit=_POUNDS[table.options.unit],
        rows_only=not table.options.years_down,
    )
    yield from verdict.as_text().splitlines()


def _summary(taken: Taken, programme: Programme, start: Sequence[Step]) -> Iterator[str]:
    new = taken.new_benefits + taken.new_investments
    for step in start:
        command = step.command
        assert isinstance(command, StartProgramme)
        yield (
            f"“{command.title}” is a new programme, planned for {count(command.years, 'year')} "
            f"from {command.first_year}. It has no board yet: name one before a case is put."
        )
    if programme.exists:
        yield f"“{programme.title}” is a programme already."
    if new:
        yield (
            f"{count(new, 'new line')}: {count(taken.new_benefits, 'benefit')} and "
            f"{count(taken.new_investments, 'investment')}."
        )
    if taken.corrected:
        yield f"{count(taken.corrected, 'line')} corrected."
    if taken.known:
        rest = "" if taken.steps else ", nothing changed"
        yield f"{count(taken.known, 'line')} known already{rest}."
