"""The first page of who audits: whether the record is whole, how far it goes, and who read it."""

from datetime import date

from benefits.wording.writing import count
from entrypoints.daily import OF_THE_RECORD
from entrypoints.views.grids import Cell, Grid, Tag, grid, on
from entrypoints.views.home_parts import Looking, Section
from workflows import ledger

_ENDED = {ledger.DONE: Tag("Passed", "green"), ledger.FAILED: Tag("Failed", "red")}


def auditor(at: Looking) -> Section:
    """How far the record goes, what its daily checks found, and where to look into it."""
    position, sealed = at.realise.store.head(at.connection)
    said = (
        f"The record holds {count(position, 'event')}. The last one has the hash {sealed[:16]}…"
        if position
        else "The record is empty."
    )
    links = (
        *((("The last event", f"/events/{position}"),) if position else ()),
        ("Every event", "/audit"),
        ("Who came in, and who read what is exempt", "/audit/access"),
        ("Verify the record", "/audit/check"),
    )
    return Section("The record", (_checks(at),), said, links, warning=trouble(at))


def _checks(at: Looking) -> Grid:
    return grid(
        "Daily checks",
        ["Check", "Last run", "How it ended", "What it said"],
        [
            [
                run.job[:1].upper() + run.job[1:],
                on(date.fromisoformat(run.due)),
                Cell(tag=_ENDED.get(run.state, Tag("Under way", "blue"))),
                run.said if run.state == ledger.DONE else "",  # what differs may be exempt
            ]
            for run in ledger.last_of(at.connection, OF_THE_RECORD)
        ],
        empty="No check has run yet: the scheduler signs and checks the record once a day.",
    )


def trouble(at: Looking) -> str:
    """What the daily check last found to be wrong with the record, or nothing."""
    failing = [
        run for run in ledger.last_of(at.connection, OF_THE_RECORD) if run.state == ledger.FAILED
    ]
    if not failing:
        return ""
    return (
        f"The record did not pass its check of {on(date.fromisoformat(failing[-1].due))}. "
        "Something kept is not what it was. The administrator’s list of jobs says what; change "
        "nothing before an auditor has a copy."
    )
