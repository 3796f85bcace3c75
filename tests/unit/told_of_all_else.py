"""What the story tells of programmes, overlaps and MTFS lines: stream, before, event, sentence."""

from datetime import date

from benefits.events import mapping, programme
from benefits.events.programme import Unclosed
from benefits.plans import Condition, YearAmount
from benefits.vocabulary import (
    Fund,
    ReportSection,
)
from tests.unit import council
from tests.unit.council import JULY, Y24, recurring

DAY, LATER = date(2024, 12, 1), date(2025, 1, 10)
PLAN = (council.tranche(120_000_00),)
LESS = (council.tranche(110_000_00),)
CONDITION = Condition("q1", "Show the lease.", "olu", LATER)
GIVES = (YearAmount(Y24, 5_00),)

_start = programme.ProgrammeStarted("New Ways", Y24, 4, "dee", "board1")
_shared = programme.GroupInvestmentRecorded("g1", "Team", "staff", "own", (recurring(50_00),))
_line = programme.MtfsLineRecorded("L1", "Care", Fund.GENERAL_FUND, GIVES, False)

_objective = mapping.ObjectiveRecorded("o1", "Fewer in care", ("p1",))
_outcome = mapping.OutcomeRecorded("c1", "Children live at home", ("o1",))
_adopted = mapping.EnablingChangeRecorded("e1", "A team for families")

TOLD_OF_ALL_ELSE: list[tuple[str, tuple[object, ...], object, str]] = [
    (
        "programme-p2",
        (_start,),
        _objective,
        "The objective “Fewer in care” was put on the map; it serves 1 priority.",
    ),
    (
        "programme-p2",
        (_start, _objective),
        mapping.ObjectiveRecorded("o1", "Fewer in homes", ("p1", "p2")),
        (
            "The objective “Fewer in care” on the map became “Fewer in homes”; "
            "it serves 2 priorities."
        ),
    ),
    (
        "programme-p2",
        (_start, _objective, _outcome),
        mapping.OutcomeRecorded("c1", "Children live at home"),
        "The outcome “Children live at home” on the map now serves 0 objectives (1 before).",
    ),
    (
        "programme-p2",
        (_start, _adopted),
        mapping.EnablingChangeRecorded("e1", "A team for families", "m1"),
        "The milestone of the enabling change “A team for families” on the map was changed.",
    ),
    (
        "programme-p2",
        (_start, _outcome),
        mapping.MapItemRemoved("c1", "Said twice."),
        "“Children live at home” was taken off the map: Said twice.",
    ),
    (
        "programme-p2",
        (),
        _start,
        "The programme “New Ways” was started for 4 years from 2024/25; its sponsor is Dee Roy.",
    ),
    (
        "programme-p2",
        (_start,),
        programme.ProgrammeChanged(title="Newer Ways", sponsor="pat"),
        (
            "The title changed from “New Ways” to “Newer Ways” and the sponsor changed from "
            "Dee Roy to "
            "Pat Moss."
        ),
    ),
    ("programme-p2", (), programme.WorkstreamAdded("Homes"), "The workstream “Homes” was added."),
    (
        "programme-p2",
        (),
        programme.ToleranceSet(5, "Agreed."),
        "The tolerance at Realisation changed from 0 per cent to 5 per cent: Agreed.",
    ),
    (
        "programme-p2",
        (),
        programme.RecipientsSet(("olu", "dee")),
        "The report is sent to Olu Ade and Dee Roy.",
    ),
    (
        "programme-p2",
        (),
        programme.NarrativeWritten(JULY, ReportSection.STATUS, "Two posts are vacant."),
        "The PMO wrote for the report of July 2024, section “status”: Two posts are vacant.",
    ),
    (
        "programme-p2",
        (),
        programme.NarrativeWritten(JULY, ReportSection.STATUS, ""),
        "The PMO took back its words for the report of July 2024, section “status”.",
    ),
    (
        "programme-p2",
        (),
        programme.ReportScheduleSet(5, Unclosed.ISSUE),
        (
            "The report is due on working day 5; when the month is not closed: issue saying "
            "not closed."
        ),
    ),
    (
        "programme-p2",
        (),
        _shared,
        "The investment “Team” for the whole programme was recorded: £50 a year from July 2024.",
    ),
    (
        "programme-p2",
        (_shared,),
        programme.GroupInvestmentRemoved("g1", "Twice."),
        "The investment “Team” was taken back: Twice.",
    ),
    ("programme-p2", (), programme.MonthClosed(JULY), "July 2024 was closed."),
    (
        "programme-p2",
        (),
        programme.MonthReviewed(JULY, "Fine"),
        "Finance reviewed July 2024: Fine.",
    ),
    (
        "overlap-o1",
        (),
        programme.OverlapAgreed("b1", "b2", GIVES, False, "dee"),
        "“b1” gives up £5 in 2024/25 to “b2”, agreed by Dee Roy.",
    ),
    (
        "overlap-o1",
        (),
        programme.OverlapCancelled("Wrong."),
        "The overlap was taken back: Wrong.",
    ),
    (
        "mtfs-line-l1",
        (),
        _line,
        "The MTFS line L1 “Care” of general fund was recorded: £5 in 2024/25.",
    ),
    (
        "mtfs-line-l1",
        (_line, programme.MtfsAmountAdmitted("b1", Y24, 5_00)),
        programme.MtfsAmountAdmitted("b1", Y24, 4_00, "Less."),
        "What “b1” brings into the line in 2024/25 changed from £5 to £4: Less.",
    ),
    (
        "mtfs-line-l1",
        (_line,),
        programme.MtfsValueCounted("o1", "b1", (YearAmount(Y24, 5_00),)),
        "“b1” holds £5 in 2024/25 that is in the line already.",
    ),
    (
        "mtfs-line-l1",
        (_line, programme.MtfsValueCounted("o1", "b1", (YearAmount(Y24, 5_00),))),
        programme.MtfsValueFreed("o1", "Agreed otherwise."),
        "“b1” holds nothing of the line any more: Agreed otherwise.",
    ),
]
