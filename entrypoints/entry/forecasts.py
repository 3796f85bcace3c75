"""The grid of forecasts: each starts as it stands, to be changed, or reviewed and left as it is."""

from collections.abc import Sequence

from sqlalchemy import Connection

from benefits.benefit import Benefit
from benefits.commands.money import RecordForecast
from benefits.lifecycle import Stage
from benefits.lines import expected
from benefits.periods import Month
from benefits.slippage import proposed
from benefits.tranches import Nature, Tranche
from benefits.wording.writing import day, london_day, month, tranches
from entrypoints.days import NotADay, read_month
from entrypoints.entry.asked import Asked
from entrypoints.entry.benefits_shown import benefits_shown
from entrypoints.entry.cells import Cell, Line, Typed
from entrypoints.entry.entered import Entered
from entrypoints.here import Realise
from entrypoints.typed import in_pounds

HEADS = ("Benefit and plan year", "Amount £", "From month", "Reviewed", "Why it changed")
WHY, ALL = "why", "all"


def reviewed(which: Month) -> str:
    """The reason that is recorded where a forecast was looked at and nothing changed."""
    return f"Reviewed for {month(which)}: no change."


def rows(
    realise: Realise, connection: Connection, asked: Asked, sent: Sequence[str]
) -> tuple[list[Benefit], int]:
    """One page of the benefits that can have a forecast; and how many there are."""
    return benefits_shown(realise, connection, asked, [s for s in Stage if s.reconciled], sent)


def lines(found: Sequence[Benefit], typed: Typed) -> list[Line]:
    """A row for each tranche of each benefit; the first of a benefit has its tick and reason."""
    return [line for benefit in found for line in _lines(benefit, typed)]


def _lines(b: Benefit, typed: Typed) -> list[Line]:
    shown = []
    for number, one in enumerate(expected(b)):
        name = f"{b.benefit}-{number}"
        of_benefit = _of_benefit(b, typed) if number == 0 else (None, None)
        per = "a year" if one.nature is Nature.RECURRING else "once"
        shown.append(
            Line(
                f"{b.number} {b.title}",
                f"/benefits/{b.benefit}/record/record-forecast" if not number else "",
                f"Plan year {one.plan_year}, {one.nature.value} ({per})",
                (
                    typed.cell(f"amount-{name}", "Amount £", "money", in_pounds(one.amount)),
                    typed.cell(f"month-{name}", "From month", "month", str(one.month)),
                    *of_benefit,
                ),
                {
                    f"was-amount-{name}": in_pounds(one.amount),
                    f"was-month-{name}": str(one.month),
                    **({f"seen-{b.benefit}": str(b.version)} if not number else {}),
                },
                _told(b) if not number else "",
            )
        )
    return shown


def _of_benefit(b: Benefit, typed: Typed) -> tuple[Cell, Cell]:
    ticked = "yes" if ALL in typed.sent else ""
    return (
        typed.cell(f"reviewed-{b.benefit}", "Reviewed", "tick", ticked),
        typed.cell(f"why-{b.benefit}", "Why it changed", "wide"),
    )


def _told(b: Benefit) -> str:
    said = "No forecast yet: the plan stands for it"
    if b.forecast_at is not None:
        said = f"Last looked at on {day(london_day(b.forecast_at))}"
    moved = proposed(b)
    if moved is not None and moved != expected(b):
        said += f". Its milestones have moved: {tranches(moved)} would follow"
    return said


def enter(found: Sequence[Benefit], asked: Asked, typed: Typed) -> Entered:
    """What the filled grid asks for: what nobody changed or ticked asks for nothing."""
    entered = Entered()
    for b in found:
        cells = [
            f"{part}-{b.benefit}-{number}"
            for number in range(len(expected(b)))
            for part in ("amount", "month")
        ]
        known = [name for name in cells if f"was-{name}" in typed.sent]
        moved = any(typed.changed(name) for name in known)
        ticked = typed.text(f"reviewed-{b.benefit}") == "yes"
        if moved and ticked:
            entered.fault(
                f"reviewed-{b.benefit}",
                f"“{b.title}”: you changed the forecast, so do not tick that nothing changed.",
            )
        elif ticked:
            _ask(entered, b, _as_it_stands(b), reviewed(asked.month), typed)
        elif moved:
            why = typed.text(f"why-{b.benefit}") or typed.text(WHY)
            if not why:
                entered.fault(f"why-{b.benefit}", f"“{b.title}”: say why the forecast changed.")
            _ask(entered, b, _changed(b, typed), why or "-", typed)
    return entered


def _as_it_stands(b: Benefit) -> list[dict[str, str]]:
    return [
        {**_fixed(one), "amount": in_pounds(one.amount), "month": str(one.month)}
        for one in expected(b)
    ]


def _fixed(one: Tranche) -> dict[str, str]:
    return {"nature": one.nature.value, "plan_year": str(one.plan_year)}


def _changed(b: Benefit, typed: Typed) -> list[dict[str, str]]:
    """The tranches as typed; one whose amount was cleared is left out."""
    return [
        {
            **_fixed(one),
            "amount": typed.text(f"amount-{b.benefit}-{number}"),
            "month": _month(typed.text(f"month-{b.benefit}-{number}")),
        }
        for number, one in enumerate(expected(b))
        if typed.text(f"amount-{b.benefit}-{number}")
    ]


def _month(written: str) -> str:
    """A month as the schema reads it; what is none is left for the schema to refuse."""
    try:
        return str(read_month(written))
    except NotADay:
        return written


def _ask(entered: Entered, b: Benefit, sent: list[dict[str, str]], why: str, typed: Typed) -> None:
    kept = [
        number for number in range(len(expected(b))) if typed.text(f"amount-{b.benefit}-{number}")
    ]
    cells = {
        f"tranches-{at}-{part}": f"{part}-{b.benefit}-{number}"
        for at, number in enumerate(kept)
        for part in ("amount", "month")
    }
    asked = {"benefit": b.benefit, "tranches": sent, "reason": why}
    place = f"amount-{b.benefit}-0"
    entered.ask(RecordForecast, asked, place, typed.number(f"seen-{b.benefit}"), cells)
