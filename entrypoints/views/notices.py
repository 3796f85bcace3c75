"""Notices as a page shows them, and the kinds among which a person chooses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from benefits.wording.writing import instant
from entrypoints.views.paging import paging
from workflows.notices import How, NoticeKind

KINDS = tuple(NoticeKind)
#: When each is told, as it stands beside the choice.
WHEN = {
    NoticeKind.VOTE_WANTED: "A case comes before a board on which you sit and may vote",
    NoticeKind.DECISION_MADE: "A case that you put, or that is about a benefit you answer for, is "
    "decided or lapses",
    NoticeKind.CONDITION_DUE: "A condition is made yours, and a week before it is due",
    NoticeKind.MILESTONE_OVERDUE: "The day expected of a milestone of yours has passed, told once",
    NoticeKind.CLAIM_REJECTED: "Finance rejects a claim that you made, or of a benefit you own",
    NoticeKind.REPORT_ISSUED: "A monthly report is out. Who is sent the report itself is not "
    "emailed twice",
    NoticeKind.QUESTION_ASKED: "A question or recommendation is yours to answer, or is asked "
    "again. The PMO is told of those that nobody else answers",
    NoticeKind.QUESTION_ANSWERED: "What you asked or recommended for scrutiny is answered",
    NoticeKind.RECORD_FAULT: "Only administrators and auditors: the daily check of the record "
    "found something that is not what it was",
}


@dataclass(frozen=True, slots=True)
class Choosing:
    """One kind of thing, and how the person hears of it now."""

    kind: NoticeKind
    how: How

    @property
    def when(self) -> str:
        """What makes such a notice."""
        return WHEN[self.kind]


@dataclass(frozen=True, slots=True)
class Told:
    """A notice on the page."""

    notice: str
    kind: str
    headline: str
    says: str
    path: str
    when: str
    unread: bool


def rows_of(
    listed: Sequence[Any], found: int, page: int, size: int, *, show_all: bool
) -> dict[str, Any]:
    """The notices of one page and the links to the others."""
    which = "show=all&" if show_all else ""
    return {
        "told": [
            Told(
                row.notice,
                NoticeKind[row.kind].value,
                row.headline,
                row.says,
                row.path,
                instant(datetime.fromisoformat(row.at)),
                row.read_at is None,
            )
            for row in listed
        ],
        "pages": paging(page, found, size, lambda number: f"/notices?{which}page={number}"),
    }
