"""The data sets of what boards decided: cases with their outcomes, the votes, and conditions."""

from collections.abc import Iterator

from benefits.benefit import Benefit
from entrypoints.data_out.tables import (
    BENEFIT,
    POSITION,
    DataSet,
    Field,
    Of,
    Row,
    key,
    person,
    text,
)


def _cases(b: Benefit) -> Iterator[Row]:
    for c in b.cases.values():
        asked = c.submitted
        yield (
            c.case, b.benefit, asked.board, asked.gate, asked.binds_to, asked.summary, c.by, c.at,
            asked.closes, c.position,
        )  # fmt: skip


def _decisions(b: Benefit) -> Iterator[Row]:
    for c in b.cases.values():
        if c.outcome is not None:
            yield (
                c.case, b.benefit, c.submitted.gate, c.outcome, c.because, c.ended_at,
                c.ended_position,
            )  # fmt: skip


def _votes(b: Benefit) -> Iterator[Row]:
    for c in b.cases.values():
        for seat, cast in c.votes.items():
            yield c.case, b.benefit, seat, cast.choice, cast.vote.statement, cast.voter, cast.at


def _conditions(b: Benefit) -> Iterator[Row]:
    for one in b.conditions.values():
        asked = one.condition
        yield (
            asked.condition, one.case, b.benefit, asked.text, asked.owner, asked.due,
            bool(one.met), one.met, one.position,
        )  # fmt: skip


_CASE = key("case", "The case, as in the set “cases”.")
_GATE = Field("gate", Of.WORD, "The gate that it is about.")
SETS = (
    DataSet(
        "cases", "One row a case put to a board.", "benefit",
        (
            key("case", "Its id."), BENEFIT, key("board", "The board that it was put to."), _GATE,
            Field("binds_to", Of.NUMBER, "The version of the benefit that it shows.", open=False),
            text("summary", "What the board was asked."), person("submitted_by", "Who put it."),
            Field("submitted_at", Of.INSTANT, "When it was put."),
            Field("closes", Of.DAY, "The last day to vote."), POSITION,
        ), _cases,
    ),
    DataSet(
        "decisions", "One row a case that has ended, with how it ended.", "benefit",
        (
            _CASE, BENEFIT, _GATE, Field("outcome", Of.WORD, "What was decided, or how it ended."),
            text("because", "By what it was settled."),
            Field("ended_at", Of.INSTANT, "When it ended."), POSITION,
        ), _decisions,
    ),
    DataSet(
        "votes", "One row a vote that stands, by seat.", "benefit",
        (
            _CASE, BENEFIT, Field("seat", Of.ID, "The seat that voted."),
            Field("choice", Of.WORD, "How it voted."), text("statement", "What was said with it."),
            person("voter", "Who voted."), Field("at", Of.INSTANT, "When."),
        ), _votes, open=False,
    ),
    DataSet(
        "conditions", "One row a condition of an approval.", "benefit",
        (
            key("condition", "Its id."), _CASE, BENEFIT, text("text", "What was asked for."),
            person("owner", "Who is to meet it."), Field("due", Of.DAY, "By when."),
            Field("met", Of.YES_NO, "Whether it was met."), text("met_how", "How it was met."),
            POSITION,
        ), _conditions,
    ),
)  # fmt: skip
