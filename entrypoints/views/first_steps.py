"""What a new council sets up first. Each step is ticked by what is so, and by nobody's hand."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, exists, select
from sqlalchemy.sql.elements import ColumnElement

from benefits.register import tables
from reports import logos
from workflows import inbox, outbox
from workflows.commands import Role, SeatKind
from workflows.council import Council

#: How the test email is known in the outbox.
TEST_EMAIL = "test email"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to set up: where, why, and whether it is done."""

    text: str
    hint: str
    href: str
    done: bool


def first_steps(connection: Connection, council: Council) -> list[Step]:
    """Every step in the order in which it is best taken. One query tells of all the facts."""
    mail, held, seats = outbox.outbox.c, inbox.roles.c, inbox.seats.c
    facts = {
        "logo": exists().where(logos.logos.c.sha256.is_not(None)),
        "pmo": exists().where(held.role == Role.PMO.value),
        "finance": exists().where(held.role == Role.FINANCE.value),
        "chair": exists().where(seats.kind == SeatKind.CHAIR.value),
        "purse": exists().where(seats.kind == SeatKind.FINANCE.value),
        "programme": exists().where(tables.programmes.c.board != ""),
        "benefit": exists().where(tables.register.c.benefit.is_not(None)),
        "recipient": exists().where(tables.recipients.c.person.is_not(None)),
        "tested": exists().where(mail.about == TEST_EMAIL, mail.state == outbox.SENT),
    }
    row = connection.execute(select(*_named(facts))).one()
    lists = bool(council.themes or council.directorates)
    return [
        Step("Name the council", "It stands on every page and report", "/admin/council",
             bool(council.name)),
        Step("Choose its colour and logo", "White words must be easy to read on the colour",
             "/admin/logo", row.logo),
        Step("Set its lists", "The themes and directorates that benefits are filed under",
             "/admin/lists", lists),
        Step("Add people and give roles", "At least a PMO officer and somebody of finance",
             "/admin/people", row.pmo and row.finance),
        Step("Form a board and fill its seats", "A chair and a finance seat, at least",
             "/boards", row.chair and row.purse),
        Step("Start the first programme", "With its board and its plan years",
             "/programmes/start", row.programme),
        Step("Put benefits on the register", "The PMO adds them, or a savings table is imported",
             "/programmes", row.benefit),
        Step("Say who is sent the monthly report", "On the programme’s page, with the due day",
             "/programmes", row.recipient),
        Step("Send yourself a test email", "So that reports will arrive", "/admin/email",
             row.tested),
    ]  # fmt: skip


def _named(facts: Mapping[str, ColumnElement[bool]]) -> list[ColumnElement[bool]]:
    return [fact.label(name) for name, fact in facts.items()]
