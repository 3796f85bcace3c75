"""What waits for a person, by their roles: short lists that lead to the work."""

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import quote

from benefits.periods import Month
from benefits.register import programme_queries as look
from benefits.register.closing_queries import ready_anywhere
from benefits.wording.writing import count, month
from entrypoints.views import finance_queue, programme_grids
from entrypoints.views.auditor_home import auditor, trouble
from entrypoints.views.closing import by_programme, put
from entrypoints.views.exceptions import exceptions
from entrypoints.views.grids import Cell, Grid, Tag, grid, money, on, stage_tag
from entrypoints.views.home_parts import FEW, Looking, Section
from entrypoints.views.queue import open_cases
from entrypoints.views.registered import signed
from entrypoints.views.scrutiny_home import asked_of_us, scrutiny, to_answer
from workflows.commands import Role
from workflows.scrutiny import rows as rows_of


def sections(at: Looking) -> list[Section]:
    """One section for each thing that the person is here; the most pressing first."""
    who = at.viewer
    wanted: list[tuple[bool, Callable[[Looking], Section | None]]] = [
        (bool(who.boards), board),
        (who.has(Role.PMO), pmo),
        (who.has(Role.FINANCE), finance),
        (who.owns, owner),
        (who.has(Role.SCRUTINY), scrutiny),
        (not who.has(Role.PMO), to_answer),
        (who.has(Role.AUDITOR), auditor),
        (who.has(Role.ADMINISTRATOR), administrator),
    ]
    found = [make(at) for holds, make in wanted if holds]
    return [one for one in found if one is not None]


def pmo(at: Looking) -> Section:
    """By programme: what stands between today and a closed month."""
    programmes, within = at.of(Role.PMO), at.viewer.within(Role.PMO)
    closing = by_programme(at.connection, programmes, look.months_of(at.connection), at.today)
    if not programmes:
        start = (("Start a programme", "/programmes/start"),)
        return Section("The programmes", (closing,), links=start if within is None else ())
    counts = look.counts(at.connection, at.today)
    waits = grid(
        "What waits for others",
        ["Programme", "Claims with finance #", "Before the board #",
         "Lapsed, to be put again #", "Conditions outstanding #"],
        [_waits(row, counts) for row in programmes],
    )  # fmt: skip
    waiting = look.overdue(at.connection, at.today, most=FEW, within=within)
    late = programme_grids.overdue(waiting, at.called)
    outstanding = rows_of.outstanding(at.connection, FEW, within)
    asked = asked_of_us(at, "Questions of scrutiny to answer", outstanding)
    return Section("The programmes", (closing, *ready(at), waits, late, *asked))


def ready(at: Looking) -> list[Grid]:
    """Benefits of which every test of the next gate is met, if there are any."""
    rows: list[list[str | Cell]] = [
        [Cell(f"B{row.number} {row.title}", f"/benefits/{row.benefit}"), Cell(*put(row))]
        for row in ready_anywhere(at.connection, FEW, at.viewer.within(Role.PMO))
    ]
    return [grid("Ready to be put to the board", ["Benefit", "Gate"], rows)] if rows else []


def _waits(row: Any, counts: Any) -> list[str | Cell]:
    waiting = f"/register?programme={quote(row.programme)}&needs="
    claims = counts["claims"].get(row.programme, 0)
    cases = counts["open"].get(row.programme, 0)
    asked = counts["conditions"].get(row.programme, 0)
    return [
        Cell(row.title, f"/programmes/{row.programme}"),
        _number(claims, f"{waiting}{quote('finance to decide a claim')}"),
        _number(cases, f"{waiting}{quote('a decision of the board')}"),
        str(counts["lapsed"].get(row.programme, 0) or "–"),
        _number(asked, f"{waiting}{quote('a condition to be met')}"),
    ]


def _number(number: int, href: str) -> Cell:
    return Cell(str(number), href) if number else Cell("–")


def finance(at: Looking) -> Section:
    """How much waits for finance, and which months wait to be reviewed."""
    within = at.viewer.within(Role.FINANCE)
    held = {row.programme for row in at.of(Role.FINANCE)}
    counts = look.counts(at.connection, at.today)["claims"]
    closed = look.months_of(at.connection)
    titles = {row.programme: row.title for row in at.programmes}
    rows: list[list[str | Cell]] = [
        [
            titles.get(programme, programme),
            month(Month.parse(name)),
            Cell(tag=Tag("Closed, not reviewed", "yellow")),
            Cell("Review it", f"/programmes/{programme}/record/review-month?month={name}"),
        ]
        for programme, months in sorted(closed.items())
        for name, (shut, reviewed) in months.items()
        if shut and not reviewed and programme in held
    ]
    waiting = sum(number for programme, number in counts.items() if programme in held)
    said = count(waiting, "claim") + (" waits" if waiting == 1 else " wait") + " for finance."
    claims = finance_queue.claims(at.connection, at.called, FEW, within)
    unlike = _mtfs_exceptions(at, within)
    table = grid(
        "Months to review",
        ["Programme", "Month", "How it stands", ""],
        rows[:FEW],
        empty="No closed month waits to be reviewed.",
    )
    links = (("Claims, values, losses and months that wait", "/finance"),
             ("Ledger and claims", "/finance/ledger"))  # fmt: skip
    told = said if waiting else "No claim waits for finance."
    return Section("Finance", ((claims,) if waiting else ()) + (table, unlike), told, links)


def _mtfs_exceptions(at: Looking, within: finance_queue.Within) -> Grid:
    """How many exceptions stand between the MTFS and the signed-off benefits, both ways."""
    rows: list[list[str | Cell]] = [
        [Cell(each.caption, "/finance#mtfs"), str(len(each.rows))]
        for each in exceptions(at.connection, within)
        if each.rows
    ]
    return grid(
        "MTFS exceptions",
        ["What does not match", "How many #"],
        rows,
        empty="Every MTFS line and every signed-off benefit match.",
    )


def owner(at: Looking) -> Section:
    """The person's own benefits, late milestones and conditions."""
    rows = look.owned_by(at.connection, at.viewer.person)
    mine: list[list[str | Cell]] = [
        [
            Cell(f"B{row.position} {row.title}", f"/benefits/{row.benefit}"),
            Cell(tag=stage_tag(row.stage)),
            money(signed(row, "planned_run_rate")),
            money(signed(row, "verified_run_rate")),
            Cell(row.next_milestone or "–", note=_day(row.next_milestone_day)),
        ]
        for row in rows[:FEW]
    ]
    late = programme_grids.overdue(
        look.overdue(at.connection, at.today, person=at.viewer.person, most=FEW), at.called
    )
    table = grid(
        "Benefits that you own",
        ["Benefit", "Stage", "Planned a year £", "Verified a year £", "Next milestone"],
        mine,
        basis="Annual amounts (run rate), gross; one-offs are on each benefit’s page.",
    )
    links = (("All of them in the register", f"/register?owner={quote(at.viewer.person)}"),)
    return Section("Your benefits", (table, late, *_conditions(at)), links=links)


def _conditions(at: Looking) -> list[Grid]:
    rows: list[list[str | Cell]] = [
        [
            Cell(row.text, note=row.title),
            on(date.fromisoformat(row.due)),
            Cell("Record that it is met", _meeting(row)),
        ]
        for row in look.due_conditions(at.connection, at.viewer.person, FEW)
    ]
    heads = ["Condition", "Due", ""]
    return [grid("Conditions to be met", heads, rows)] if rows else []


def _meeting(row: Any) -> str:
    return f"/benefits/{row.benefit}/record/meet-condition?condition={row.condition_id}"


def _day(text: str) -> str:
    return on(date.fromisoformat(text)) if text else ""


def board(at: Looking) -> Section:
    """The cases on which the person has not voted yet."""
    cases = open_cases(at.connection, list(at.viewer.boards), at.viewer.person, at.today)
    rows: list[list[str | Cell]] = [
        [
            Cell(f"{each.gate} gate", f"/cases/{each.case}"),
            Cell(f"{each.number} {each.title}", note=each.programme),
            each.closes,
            each.votes,
        ]
        for each in cases
        if not each.mine
    ]
    table = grid(
        "Cases that wait for your vote",
        ["Gate", "Benefit", "To be decided", "Votes so far"],
        rows[:FEW],
        empty="No case waits for your vote.",
    )
    names = ", ".join(at.viewer.boards.values())
    return Section(names, (table, *_conditions(at)), links=(("The board’s queue", "/board"),))


def administrator(at: Looking) -> Section:
    """What the council has set up, and what is still to be set up."""
    programmes = at.programmes
    boardless = [row.title for row in programmes if not row.board]
    unsent = [row.title for row in programmes if not row.committee]
    to_do: list[list[str | Cell]] = []
    if not programmes:
        to_do.append([Cell("Start the first programme", "/programmes/start"), "None is started"])
    to_do += [["Name its board", title] for title in boardless]
    to_do += [["Name its scrutiny committee", title] for title in unsent]
    table = grid(
        "To be set up",
        ["What", "Where"],
        to_do[:FEW],
        empty="Every programme has its board and its scrutiny committee.",
    )
    links = (("Programmes", "/programmes"), ("The list of jobs", "/admin/jobs"))
    return Section("Administration", (table,), links=links, warning=trouble(at))


__all__ = ["Looking", "Section", "sections"]
