"""The data sets of benefits: what each is, its money, its steps, its measures and its risks."""

from collections.abc import Iterator

from benefits.benefit import Benefit
from benefits.lines import Source, all_verified, expected, proposed
from benefits.tranches import Tranche
from entrypoints.data_out.tables import (
    BENEFIT,
    MONTH,
    NATURE,
    PLAN_YEAR,
    POSITION,
    DataSet,
    Field,
    Of,
    Row,
    key,
    person,
    pounds,
    text,
)


def _benefits(b: Benefit) -> Iterator[Row]:
    yield (
        b.benefit, b.number, b.programme, b.workstream, b.group, b.title, b.kind, b.fund,
        b.avenue, b.theme, b.directorate, b.stage, b.confidence, b.owner, b.finance_partner,
        b.cabinet_member, b.description, b.outcome, b.attribution, b.exempt, b.replacement,
        b.withdrawn_because, b.version,
    )  # fmt: skip


def _tranches(b: Benefit) -> Iterator[Row]:
    lists: tuple[tuple[Source, tuple[Tranche, ...]], ...] = (
        (Source.PROPOSED, () if b.stage.reconciled else proposed(b)),
        (Source.ORIGINAL, b.original),
        (Source.PLAN, b.plan),
        (Source.FORECAST, expected(b) if b.stage.reconciled else ()),
        (Source.CLAIMED, tuple(c.tranche for c in b.claims.values() if c.waiting)),
        (Source.VERIFIED, all_verified(b)),
    )
    for source, listed in lists:
        for t in listed:
            yield b.benefit, source, t.amount, t.nature, str(t.month), str(t.plan_year)
    for spent in b.investments.values():
        for line in spent.tranches:
            t = line.tranche
            yield b.benefit, Source.INVESTMENT, t.amount, t.nature, str(t.month), str(t.plan_year)


def _claims(b: Benefit) -> Iterator[Row]:
    for c in b.claims.values():
        t = c.tranche
        yield (
            c.claim, b.benefit, t.amount, t.nature, str(t.month), str(t.plan_year), c.standing,
            c.verified, c.eroded, c.grade, c.budget_line, c.note, c.rejected, c.made_by, c.made_at,
            c.verified_by, c.position,
        )  # fmt: skip


def _milestones(b: Benefit) -> Iterator[Row]:
    for m in b.milestones.values():
        yield (
            m.milestone, b.benefit, m.title, m.planned, m.expected, m.reached, bool(m.waived),
            m.waived, m.drives, m.lag, m.slipped_days, m.owner, m.position,
        )  # fmt: skip


def _measures(b: Benefit) -> Iterator[Row]:
    for m in b.measures.values():
        yield (
            m.measure, b.benefit, m.title, m.unit, m.direction, m.baseline, m.baseline_day,
            m.counter, m.tolerance, m.position,
        )  # fmt: skip


def _readings(b: Benefit) -> Iterator[Row]:
    for m in b.measures.values():
        for target in m.targets:
            yield m.measure, b.benefit, "target", target.day, target.value, "", m.position
        for read in m.readings:
            yield m.measure, b.benefit, "reading", read.day, read.value, read.note, read.position


def _risks(b: Benefit) -> Iterator[Row]:
    for r in b.risks.values():
        score = f"{r.likelihood.value}{r.impact}"
        yield (
            r.risk, b.benefit, r.title, r.likelihood, r.impact, score, r.mitigation,
            r.owner, bool(r.closed), r.closed, r.position,
        )  # fmt: skip


def _pressures(b: Benefit) -> Iterator[Row]:
    for p in b.pressures:
        yield p.pressure, b.benefit, str(p.month), p.amount, p.reason, p.position


_WHAT = Field("amount", Of.POUNDS, "A year’s worth when recurring; the whole when one-off.")
SETS = (
    DataSet(
        "benefits", "One row a benefit, as it stands now.", "benefit",
        (
            key("benefit", "Its id, in every other set."),
            Field("reference", Of.ID, "B and a number: how people name it."),
            key("programme", "Its programme, as in the set “programmes”."),
            text("workstream", "The workstream that it is filed under.", open=True),
            text("group", "An optional label within the workstream.", open=True),
            text("title", "What it is called.", open=True),
            Field("kind", Of.WORD, "What sort of improvement it is. A disbenefit is a cost."),
            Field("fund", Of.WORD, "Whose money it is."),
            Field("avenue", Of.WORD, "How the money is found."),
            text("theme", "The council’s own theme.", open=True),
            text("directorate", "The council’s own directorate.", open=True),
            Field("stage", Of.WORD, "Where it is in its life. Only a board’s decision moves it."),
            Field("confidence", Of.WORD, "How sure the service is that the money will come."),
            person("owner", "Who answers for it."),
            person("finance_partner", "Who confirms its value."),
            person("cabinet_member", "The member who answers for it."),
            text("description", "What changes."),
            text("outcome", "What an outsider would see."),
            text("attribution", "Why no other change does it."),
            Field("exempt", Of.YES_NO, "Whether it is kept out of public editions.", open=False),
            Field("replaced_by", Of.ID, "The benefit that replaces it.", open=False),
            text("withdrawn_because", "Why it was withdrawn."),
            Field("version", Of.NUMBER, "How many events it has.", open=False),
        ), _benefits,
    ),
    DataSet(
        "tranches", "One row an amount of plan, forecast, claim or verified money. A disbenefit’s "
        "amounts are what it costs. Amounts of different lists are never to be added.", "benefit",
        (
            BENEFIT,
            Field("list", Of.WORD, "Which list it is of: the original or current plan, what is "
                  "proposed, the forecast (the plan, until one is recorded), claimed and not yet "
                  "decided, verified (an erosion is below nothing), or an investment."),
            _WHAT, NATURE, MONTH, PLAN_YEAR,
        ), _tranches,
    ),
    DataSet(
        "claims", "One row a claim that money is realised.", "benefit",
        (
            key("claim", "Its id."), BENEFIT, _WHAT, NATURE, MONTH, PLAN_YEAR,
            Field("standing", Of.WORD, "Waiting for finance, verified or rejected."),
            pounds("verified", "What finance confirmed of it; nothing while it waits."),
            pounds("eroded", "What of that was lost since."),
            Field("grade", Of.WORD, "How much finance has seen behind it."),
            text("budget_line", "The budget line that it was taken out of."),
            text("note", "What was said with it."),
            text("rejected_because", "Why finance rejected it."),
            person("made_by", "Who made it."),
            Field("made_at", Of.INSTANT, "When it was made."),
            person("verified_by", "Who verified it."), POSITION,
        ), _claims,
    ),
    DataSet(
        "milestones", "One row a milestone.", "benefit",
        (
            key("milestone", "Its id."), BENEFIT, text("title", "What it is called."),
            Field("planned", Of.DAY, "The day first planned."),
            Field("expected", Of.DAY, "The day now expected."),
            Field("reached", Of.DAY, "The day on which it was reached."),
            Field("waived", Of.YES_NO, "Whether it was waived."),
            text("waived_because", "Why it was waived."),
            Field("drives", Of.YES_NO, "Whether a saving counts only from its date."),
            Field("lag", Of.NUMBER, "Months from it to the saving."),
            Field("slipped_days", Of.NUMBER, "Days from the day planned to the day reached or "
                  "now expected."),
            person("owner", "Who answers for it."), POSITION,
        ), _milestones,
    ),
    DataSet(
        "measures", "One row a non-financial measure or counter-measure.", "benefit",
        (
            key("measure", "Its id."), BENEFIT,
            text("title", "What is measured.", open=True), text("unit", "In what.", open=True),
            Field("direction", Of.WORD, "Which way it should move."),
            Field("baseline", Of.TEXT, "Its value before, a decimal."),
            Field("baseline_day", Of.DAY, "The day of that value."),
            Field("counter", Of.YES_NO, "Whether it guards the quality of the service."),
            Field("tolerance", Of.NUMBER, "Per cent by which a counter-measure may worsen."),
            POSITION,
        ), _measures,
    ),
    DataSet(
        "readings", "One row a target or a reading of a measure.", "benefit",
        (
            key("measure", "The measure."), BENEFIT,
            Field("what", Of.WORD, "A target or a reading."),
            Field("day", Of.DAY, "The day that it is of."),
            Field("value", Of.TEXT, "The value, a decimal."),
            text("note", "What was said with it."), POSITION,
        ), _readings,
    ),
    DataSet(
        "risks", "One row a risk as last scored.", "benefit",
        (
            key("risk", "Its id."), BENEFIT, text("title", "What may happen."),
            Field("likelihood", Of.WORD, "A (almost certain) to E (rare)."),
            Field("impact", Of.NUMBER, "1 to 5."), Field("score", Of.TEXT, "Such as C3."),
            text("mitigation", "What is done about it."), person("owner", "Who answers for it."),
            Field("closed", Of.YES_NO, "Whether it is closed."),
            text("closed_because", "Why it was closed."), POSITION,
        ), _risks,
    ),
    DataSet(
        "pressures", "One row a cost that consumed a saving. It never changes verified money.",
        "benefit",
        (
            key("pressure", "Its id."), BENEFIT, MONTH, pounds("amount", "What it cost."),
            text("reason", "Why."), POSITION,
        ), _pressures,
    ),
)  # fmt: skip
