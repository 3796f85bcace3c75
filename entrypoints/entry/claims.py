"""The grid of a month's claims: a row a benefit that is in delivery or realised."""

from collections.abc import Sequence

from sqlalchemy import Connection

from benefits.benefit import Benefit
from benefits.commands.money import MakeClaim
from benefits.lifecycle import Stage
from benefits.money import pounds
from benefits.parts import Claim
from benefits.tranches import Nature
from benefits.vocabulary import Kind
from benefits.wording.writing import listed, month
from entrypoints.claimed_twice import SAME, asked_twice, same_claim
from entrypoints.entry.asked import Asked
from entrypoints.entry.benefits_shown import benefits_shown
from entrypoints.entry.cells import Cell, Line, Typed
from entrypoints.entry.entered import Entered
from entrypoints.forms import Option, sentence_case
from entrypoints.here import Realise

HEADS = ("Benefit", "Amount £", "Recurring or one-off", "Plan year", "Budget line", "Note")


def rows(
    realise: Realise, connection: Connection, asked: Asked, sent: Sequence[str]
) -> tuple[list[Benefit], int]:
    """One page of the benefits of which money can be claimed; and how many there are."""
    stages = [stage for stage in Stage if stage.takes_claims]
    return benefits_shown(realise, connection, asked, stages, sent)


def lines(found: Sequence[Benefit], asked: Asked, typed: Typed) -> list[Line]:
    """The rows with their cells."""
    return [_line(benefit, asked, typed) for benefit in found]


def _line(b: Benefit, asked: Asked, typed: Typed) -> Line:
    key = b.benefit
    amount = typed.cell(f"amount-{key}", "Amount £", "money")
    cells = (
        amount,
        typed.cell(f"nature-{key}", "Recurring or one-off", "select", _nature(b).value, NATURES),
        typed.cell(f"year-{key}", "Plan year", "select", _year(asked), _years(asked)),
        typed.cell(f"line-{key}", "Budget line", "select", _only(b), _budget_lines(b))
        if b.budget_lines
        else None,
        typed.cell(f"note-{key}", "Note", "wide"),
    )
    done = [claim for claim in b.claims.values() if claim.tranche.month == asked.month]
    return Line(
        f"{b.number} {b.title}",
        f"/benefits/{key}/money",
        f"{b.workstream}. {_plan(b)}",
        cells,
        {
            f"upto-{key}": str(b.last_position),
            f"seen-{key}": str(b.version),
            **_asked(done, amount),
        },
        _told(done, asked),
    )


def _asked(done: Sequence[Claim], amount: Cell) -> dict[str, str]:
    """The claims of the month that a person was told of beside the amount, and may claim again."""
    told = " ".join(one.claim for one in done) if amount.error else ""
    return {f"{SAME}-{amount.name}": told} if told else {}


NATURES: tuple[Option, ...] = tuple((one.value, sentence_case(one.value)) for one in Nature)


def _nature(b: Benefit) -> Nature:
    once = b.kind is Kind.CAPITAL_RECEIPT or b.nature is Nature.ONE_OFF
    return Nature.ONE_OFF if once else Nature.RECURRING


def _year(asked: Asked) -> str:
    return str(asked.month.financial_year)


def _years(asked: Asked) -> list[Option]:
    return [(str(year), str(year)) for year in asked.programme.window]


def _only(b: Benefit) -> str:
    """The budget line when there is no choice."""
    return next(iter(b.budget_lines)) if len(b.budget_lines) == 1 else ""


def _budget_lines(b: Benefit) -> list[Option]:
    named = [(each.line, f"{each.line} {each.title}") for each in b.budget_lines.values()]
    return named if len(named) == 1 else [("", "Choose one"), *named]


def _plan(b: Benefit) -> str:
    """What is planned and what is claimed of it, recurring and one-off apart."""
    said = []
    for nature, per in ((Nature.RECURRING, " a year"), (Nature.ONE_OFF, " once")):
        planned = sum(one.amount for one in b.plan if one.nature is nature)
        claimed = sum(
            one.tranche.amount if one.waiting else one.stands
            for one in b.claims.values()
            if one.tranche.nature is nature
        )
        if planned or claimed:
            said.append(f"Plan {pounds(planned)}{per}, {pounds(claimed)} claimed so far")
    return "; ".join(said)


def _told(done: Sequence[Claim], asked: Asked) -> str:
    """What is claimed for the month already, so that nothing is claimed twice."""
    if not done:
        return ""
    amounts = listed(f"{pounds(one.tranche.amount)} ({one.tranche.nature.value})" for one in done)
    return f"Claimed for {month(asked.month)} already: {amounts}"


def enter(found: Sequence[Benefit], asked: Asked, typed: Typed, key: str) -> Entered:
    """What the filled grid asks for: a row without an amount or a note asks for nothing."""
    entered = Entered()
    for b in found:
        amount = f"amount-{b.benefit}"
        if not typed.text(amount):
            if typed.text(f"note-{b.benefit}"):
                entered.fault(amount, f"“{b.title}”: give the amount, or clear the note.")
            continue
        _newer(entered, b, asked, typed, key)
        _ask(entered, b, asked, typed, key)
    return entered


def _newer(entered: Entered, b: Benefit, asked: Asked, typed: Typed, key: str) -> None:
    """Somebody claimed for the same benefit and month while this page was open."""
    upto = typed.number(f"upto-{b.benefit}")
    newer = [
        one
        for one in b.claims.values()
        if one.tranche.month == asked.month
        and one.position > (upto or one.position)
        and one.claim != _id(key, b)
    ]
    if newer:
        amounts = listed(pounds(one.tranche.amount) for one in newer)
        entered.fault(
            f"amount-{b.benefit}",
            f"“{b.title}”: {amounts} was claimed for {month(asked.month)} after you opened this "
            "page. Clear the amount, or send it again if yours is another claim.",
        )


def _id(key: str, b: Benefit) -> str:
    """The claim's id: the same when the same form is sent twice."""
    return f"{key}-{b.position}"


def _ask(entered: Entered, b: Benefit, asked: Asked, typed: Typed, key: str) -> None:
    cells = {
        "tranche-amount": f"amount-{b.benefit}",
        "tranche-nature": f"nature-{b.benefit}",
        "tranche-plan_year": f"year-{b.benefit}",
        "budget_line": f"line-{b.benefit}",
        "note": f"note-{b.benefit}",
    }
    said = {field: typed.text(cell) for field, cell in cells.items()}
    sent = {
        "benefit": b.benefit,
        "claim": _id(key, b),
        "tranche": {
            "amount": said["tranche-amount"],
            "nature": said["tranche-nature"],
            "month": str(asked.month),
            "plan_year": said["tranche-plan_year"],
        },
        "budget_line": said["budget_line"],
        "note": said["note"],
    }
    amount, seen = cells["tranche-amount"], typed.number(f"seen-{b.benefit}")
    before = len(entered.commands)
    entered.ask(MakeClaim, sent, amount, seen, cells)
    for command in entered.commands[before:]:
        same = same_claim(b, command) if isinstance(command, MakeClaim) else None
        if same and same.claim not in typed.text(f"{SAME}-{amount}").split():
            entered.fault(amount, f"“{b.title}”: {asked_twice(same)}")
