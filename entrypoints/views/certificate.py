"""The certificate of one decision: what was decided, on which version, by whom, and its hash."""

from collections.abc import Sequence
from typing import Any

from benefits.events.gates import CaseDecided
from benefits.refusals import Refused
from benefits.wording.writing import day, instant
from entrypoints.views.pack import Pack
from entrypoints.views.pack_paper import votes
from eventlog.recorded import Recorded
from reports.papers import Part, Table
from reports.printing import in_groups


def decision_of(pack: Pack, events: Sequence[Recorded[Any]]) -> Recorded[CaseDecided]:
    """The event by which the board decided the case; raises ``Refused`` when there is none."""
    for one in events:
        if isinstance(one.event, CaseDecided) and one.event.case == pack.case.case:
            return one
    raise Refused("There is a certificate once the board has decided. This case was not decided.")


def parts(pack: Pack, decided: Recorded[CaseDecided]) -> tuple[Part, ...]:
    """What the certificate says, in the order in which it is read."""
    asked, event = pack.case.submitted, decided.event
    conditions = tuple((one.text, day(one.due)) for one in event.conditions)
    facts = (
        ("Decision", f"{asked.gate.value}: {event.outcome.value}"),
        ("Benefit", f"{pack.benefit.number} {pack.benefit.title}"),
        ("Decided", instant(decided.recorded_at)),
        ("Because", event.because),
        ("On version", f"{asked.binds_to} of {pack.benefit.number}, as the pack showed it"),
        *((name, said) for name, said in pack.rows if name in ("Asked for", "Programme", "Board")),
    )
    heads = ("Condition", "Due")
    of = (Table("Conditions of the approval", heads, conditions),) if conditions else ()
    return (
        Part("What was decided", facts=facts, tables=of),
        votes(pack),
        Part(
            "In the record",
            facts=(
                ("Event", f"{decided.position:,} ({decided.type})"),
                ("Recorded", f"{decided.recorded_at:%Y-%m-%dT%H:%M:%S.%fZ}"),
                ("Stream and version", f"{decided.stream}, {decided.version}"),
                ("Hash (SHA-256)", in_groups(decided.hash)),
            ),
        ),
        Part("How to verify this certificate", (SEALED,), items=_steps(pack, decided)),
    )


SEALED = (
    "The hash seals this event and every event before it. Whoever holds an exported log, or the "
    "database, can work it out again without trusting the application."
)


def _steps(pack: Pack, decided: Recorded[CaseDecided]) -> tuple[str, ...]:
    prove = (
        f"Ask for a proof of the event: realise prove {decided.position}. It shows that the event "
        "stands under a signed checkpoint."
    )
    export = (
        "Or export the log (realise export-log) and look at the line with this position: its hash "
        "is the one printed here."
    )
    look = (
        f"On the web, the event’s page is /events/{decided.position} and the case’s is "
        f"/cases/{pack.case.case}."
    )
    return (prove, export, look)
