"""A meeting's papers: the packs of its cases in order, and draft minutes from the record."""

from datetime import datetime

from sqlalchemy import Connection

from benefits.refusals import NotFound
from benefits.wording.writing import day
from entrypoints.here import Realise
from entrypoints.papers import paper_of, read_pack, title_of
from entrypoints.views import pack_paper
from entrypoints.views.meeting import Item, attendance, items
from entrypoints.views.naming import Called, called
from entrypoints.views.pack_paper import table_of, vote_rows
from reports.papers import Paper, Part, Table, lowered
from workflows.boards import Board
from workflows.context import Context
from workflows.meetings import Meeting

DRAFT = "DRAFT minutes, made from the record. The board has not agreed them."


def meeting_of(realise: Realise, meeting: str) -> Meeting:
    """A meeting as it stands; raises ``NotFound``."""
    standing: Meeting = realise.standing("meeting", meeting)
    if not standing.exists:
        raise NotFound("There is no such meeting. Look for it in the list of meetings.")
    return standing


def context_of(
    realise: Realise, connection: Connection, meeting: Meeting, by: str, at: datetime
) -> Context:
    """What is looked at for a meeting: its board and its benefits, read at once."""
    streams = [f"board-{meeting.board}", *(f"benefit-{one.benefit}" for one in meeting.agenda)]
    return realise.context(connection, by, at, streams)


def meeting_pack(realise: Realise, meeting: str, by: str, at: datetime) -> Paper:
    """The agenda, then the gate pack of each case in order."""
    held = meeting_of(realise, meeting)
    with realise.database.read() as connection:
        packs = [read_pack(realise, connection, one.case, by, at)[0] for one in held.agenda]
        board = realise.context(connection, by, at).board(held.board)
        agenda = tuple(map(title_of, packs))
        parts = [Part("Agenda", () if agenda else ("No case is on the agenda.",), items=agenda)]
        for number, one in enumerate(packs, start=1):
            parts.append(Part(f"{number}. {title_of(one)}", level=1))
            parts += [lowered(part) for part in pack_paper.parts(one)]
        return paper_of(
            realise, connection, at, "Papers for the board", _title(board, held), "",
            _facts(held), tuple(parts),
        )  # fmt: skip


def minutes(realise: Realise, meeting: str, by: str, at: datetime) -> Paper:
    """Draft minutes: who attended, conflicts, and what became of each case, from the record."""
    held = meeting_of(realise, meeting)
    with realise.database.read() as connection:
        context = context_of(realise, connection, held, by, at)
        names, board = called(connection), context.board(held.board)
        parts = (_attended(held, board, names), *map(_item, items(held, context, names)))
        return paper_of(
            realise, connection, at, "Minutes", _title(board, held), "",
            _facts(held), parts, DRAFT,
        )  # fmt: skip


def _title(board: Board, held: Meeting) -> str:
    return f"{board.title}, {day(held.day)}"


def _facts(held: Meeting) -> tuple[tuple[str, str], ...]:
    facts = (
        ("Day", held.when),
        ("Where", held.place),
        ("Cancelled", held.cancelled),
    )
    return tuple((name, said) for name, said in facts if said)


def _attended(held: Meeting, board: Board, names: Called) -> Part:
    said = () if held.recorded else ("Attendance is not recorded yet.",)
    return Part("Attendance", said, tables=(table_of(attendance(held, board, names)),))


def _item(item: Item) -> Part:
    words = [item.quorum, _outcome(item)]
    conflicts = [f"Interest declared: {one}" for one in item.conflicts]
    heads = ("Seat", "Who sits there", "Vote", "By whom and when", "Statement")
    voted = Table("Votes by seat", heads, vote_rows(item.votes))
    return Part(
        f"{item.number}. {item.title}",
        (*words, *conflicts),
        items=tuple(f"Condition: {one}" for one in item.conditions),
        tables=(voted,),
    )


def _outcome(item: Item) -> str:
    case = item.case
    if case.outcome is None:
        return "The case is not decided yet: votes can be cast until it closes."
    return f"Outcome: {case.outcome.value}. {case.because}"
