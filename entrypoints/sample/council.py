"""The invented council itself: its people, its boards and the programme of the printed lines."""

from collections.abc import Mapping
from datetime import datetime

from benefits.commands import programme
from benefits.events.programme import Unclosed
from benefits.periods import FinancialYear
from entrypoints.joining import add_person
from entrypoints.sample.people import COMMITTEE, COUNCIL, PEOPLE, RECIPIENTS
from entrypoints.wiring import Realise
from workflows.commands import FillSeat, FormBoard, NameCouncil, SeatKind, SetLists, Tie

BEST_VALUE, THEMES = "bestvalue", "themes"
BOARDS = {
    "bestvalueboard": "Best Value Programme Board",
    "transformation": "Transformation Board",
}


def found(realise: Realise, passwords: Mapping[str, str], at: datetime) -> None:
    """Register the people, name the council and seat the boards. Passwords by person's id."""
    for one in PEOPLE:
        add_person(
            realise,
            one.name,
            one.email,
            one.post,
            passwords.get(one.person),
            one.roles,
            at,
            person=one.person,
        )
    lists = SetLists(
        ("Value for money", "Independence", "Digital"),
        ("Adults", "Place", "Resources"),
    )
    realise.handle([NameCouncil(COUNCIL, "#12436d"), lists], by="morag", at=at)
    for board, title in BOARDS.items():
        seats = (
            FillSeat(board, "chair", SeatKind.CHAIR, "ruth"),
            FillSeat(board, "finance", SeatKind.FINANCE, "colin", "joanne"),
            FillSeat(board, "resources", SeatKind.MEMBER, "sanjay"),
            FillSeat(board, "place", SeatKind.MEMBER, "elaine"),
        )
        formed = FormBoard(board, title, quorum=2, approvals=2, tie=Tie.CHAIR, days=14)
        realise.handle([formed, *seats], by="morag", at=at)


def start_best_value(realise: Realise, first: FinancialYear, at: datetime) -> None:
    """The programme that the printed lines are imported into."""
    realise.handle(
        [
            programme.StartProgramme(
                BEST_VALUE,
                "Best Value",
                first,
                3,
                "bestvalueboard",
                "ruth",
                COMMITTEE,
            ),
            programme.SetRecipients(BEST_VALUE, RECIPIENTS),
            programme.SetReportSchedule(BEST_VALUE, 3, Unclosed.ISSUE),
        ],
        by="priya",
        at=at,
    )
