"""A small council whose benefits live their lives by real commands, month after month.

    scenario = begin(url, folder)                     # the council, its people, board, programme
    homes = scenario.identified("Fewer homes", saves(120_000, "2024-07"))
    scenario.validated(homes)                         # described, valued, put to the board, voted
    scenario.on("2024-05-07").started(homes)          # through the Delivery gate
    claim = scenario.on("2024-07-09").claimed(homes, 120_000, "2024-07")
    scenario.verified(homes, claim)                   # by finance, graded Interim
    scenario.closed("2024-07").realise.reports.draft("care", Month(2024, 7), by="pat", at=...)

Everything goes through ``Realise.handle``, so whatever a person may not do fails here too.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from benefits.benefit import Benefit
from benefits.commands import delivery, details, money, programme
from benefits.events.gates import Choice
from benefits.lifecycle import Gate
from benefits.periods import FinancialYear, Month
from benefits.plans import Condition, MeasureTarget, Profile
from benefits.tranches import Nature, Tranche
from benefits.vocabulary import (
    Assessed,
    Cause,
    Confidence,
    Direction,
    Fund,
    Grade,
    Kind,
    Likelihood,
)
from entrypoints.settings import read_settings
from entrypoints.wiring import Realise
from eventlog.database import Database
from tests.amounts import line, money_of, profile, saves
from tests.northmere import arrive
from workflows import commands
from workflows.commands import SeatKind

ROOT = Path(__file__).resolve().parent.parent
__all__ = ["Scenario", "begin", "line", "money_of", "open_realise", "profile", "saves"]

PROGRAMME, BOARD = "care", "main"


@dataclass
class Scenario:
    """The council so far. ``at`` is the instant of the next act; each act takes a minute."""

    realise: Realise
    at: datetime
    used: Counter[str] = field(default_factory=Counter)

    def on(self, day: str, hour: int = 9) -> "Scenario":
        """It is now this day, such as ``2024-07-09``, in the morning."""
        when = date.fromisoformat(day)
        self.at = datetime(when.year, when.month, when.day, hour, tzinfo=UTC)
        return self

    def do(self, *asked: object, by: str = "pat") -> "Scenario":
        """These commands, as one act."""
        self.realise.handle(list(asked) if len(asked) > 1 else asked[0], by=by, at=self.at)
        self.at += timedelta(minutes=1)
        return self

    def fresh(self, what: str) -> str:
        """A new id, such as ``claim-3``."""
        self.used[what] += 1
        return f"{what}-{self.used[what]}"

    def benefit(self, benefit: str) -> Benefit:
        """A benefit as it stands."""
        return self.realise.benefit(benefit)

    # A benefit's life.

    def identified(
        self,
        title: str,
        plan: Profile | None = None,
        *,
        workstream: str = "Placements",
        kind: Kind = Kind.CASH_RELEASING,
        fund: Fund = Fund.GENERAL_FUND,
        benefit: str = "",
        programme: str = PROGRAMME,
    ) -> str:
        """A new benefit on the register, with its profile. Gives its id."""
        name = benefit or self.fresh("benefit")
        self.do(details.IdentifyBenefit(name, programme, workstream, title, kind, fund))
        if plan is not None:
            self.do(details.RecordProfile(name, plan))
        return name

    def described(
        self, benefit: str, *, owner: str = "olu", confidence: str = "high"
    ) -> "Scenario":
        """Everything that the Validation gate asks for, and the value confirmed by finance."""
        begun = date(self.at.year, self.at.month, 1)
        self.do(
            details.NameOwner(benefit, owner),
            details.NameFinancePartner(benefit, "fay"),
            details.NameCabinetMember(benefit, "cal"),
            details.DescribeBenefit(
                benefit, "What changes.", "What an outsider would see.", "No other change does it."
            ),
            delivery.DefineMeasure(
                benefit,
                f"{benefit}-days",
                "Days in care",
                "days",
                Direction.DOWN,
                "100",
                begun,
                targets=(MeasureTarget(begun.replace(year=begun.year + 1), "80"),),
            ),
            details.StateOverlapCheck(benefit, False, "The register was read."),
            details.StateConfidence(benefit, Confidence(confidence), "It was done before."),
        )
        if not self.benefit(benefit).investments:
            self.do(details.StateNoInvestment(benefit, "None is needed."))
        if self.benefit(benefit).profile is not None:
            self.do(details.ConfirmValue(benefit, "Seen in the budget."), by="fay")
        return self

    def validated(self, benefit: str, **described: str) -> "Scenario":
        """Described and approved at the Validation gate."""
        self.described(benefit, **described)
        return self.approved(benefit, Gate.VALIDATION)

    def prepared(self, benefit: str, *, milestone: str = "", drives: bool = True) -> "Scenario":
        """Everything that the Delivery gate asks for. ``milestone``: its planned day."""
        stands = self.benefit(benefit)
        first = min((t.month for t in stands.plan), default=Month.of(self.at.date()).plus(1))
        day = date.fromisoformat(milestone) if milestone else first.first_day
        asked: list[object] = [
            delivery.StateDeliveryPlan(benefit, "Recruit, then move people."),
            delivery.PlanMilestone(
                benefit, f"{benefit}-starts", "The new service starts", day, "olu", drives
            ),
            *(delivery.AssessImpact(benefit, about, "No harm found.") for about in Assessed),
            delivery.ScoreRisk(
                benefit, f"{benefit}-risk", "Too few carers", Likelihood.C, 3, "Recruit early.",
                "olu",
            ),
        ]  # fmt: skip
        if stands.kind.needs_budget_line:
            removed = sum(t.amount for t in stands.plan if t.nature is Nature.RECURRING)
            asked.append(
                delivery.NameBudgetLine(
                    benefit, "4711", "Residential placements", max(1, removed) * 2
                )
            )
        return self.do(*asked)

    def started(self, benefit: str, **prepared: str) -> "Scenario":
        """Prepared and approved at the Delivery gate."""
        self.prepared(benefit, **prepared)  # type: ignore[arg-type]
        return self.approved(benefit, Gate.DELIVERY)

    def in_delivery(
        self, title: str, plan: Profile, *, milestone: str = "", **identified: object
    ) -> str:
        """A new benefit that has passed both gates today. Gives its id."""
        benefit = self.identified(title, plan, **identified)  # type: ignore[arg-type]
        self.validated(benefit)
        self.started(benefit, milestone=milestone)
        return benefit

    # The board.

    def submitted(self, benefit: str, gate: Gate, **asked: object) -> str:
        """A case put to the board by the PMO. Gives its id."""
        case = self.fresh("case")
        self.do(commands.SubmitCase(benefit, case, gate, "Please decide.", **asked))  # type: ignore[arg-type]
        return case

    def voted(
        self,
        benefit: str,
        case: str,
        by: str,
        choice: Choice = Choice.APPROVE,
        statement: str = "",
        conditions: Iterable[Condition] = (),
    ) -> "Scenario":
        """A member votes on the version that the pack shows."""
        version = self.benefit(benefit).cases[case].submitted.binds_to
        vote = commands.CastVote(benefit, case, version, choice, statement, tuple(conditions))
        return self.do(vote, by=by)

    def approved(self, benefit: str, gate: Gate, **asked: object) -> "Scenario":
        """A case put and approved by the chair and the finance seat."""
        case = self.submitted(benefit, gate, **asked)
        self.voted(benefit, case, "chris")
        return self.voted(benefit, case, "sam")

    def rebaselined(
        self, benefit: str, plan: Profile, cause: Cause = Cause.RE_SCOPED
    ) -> "Scenario":
        """A new plan, approved by the board."""
        return self.approved(benefit, Gate.REBASELINE, profile=plan, cause=cause)

    def withdrawn(self, benefit: str, replacement: str | None = None) -> "Scenario":
        """Withdrawn by the board, perhaps for another benefit that replaces it."""
        return self.approved(benefit, Gate.WITHDRAWAL, replacement=replacement)

    # Its money.

    def forecast(
        self, benefit: str, *tranches: Tranche, reason: str = "Recruitment is late."
    ) -> "Scenario":
        """The whole delivery now expected."""
        return self.do(money.RecordForecast(benefit, tranches, reason))

    def claimed(
        self,
        benefit: str,
        pounds: float,
        month: str,
        plan_year: str = "",
        nature: Nature = Nature.RECURRING,
        claim: str = "",
    ) -> str:
        """Money said to be realised. Gives the claim's id."""
        name = claim or self.fresh("claim")
        budget_line = "4711" if self.benefit(benefit).kind.needs_budget_line else ""
        tranche = money_of(pounds, month, plan_year, nature)
        self.do(money.MakeClaim(benefit, name, tranche, budget_line))
        return name

    def verified(
        self, benefit: str, claim: str, pounds: float | None = None, grade: Grade = Grade.INTERIM
    ) -> "Scenario":
        """Finance confirms all of a claim, or so many pounds of it."""
        whole = self.benefit(benefit).claims[claim].tranche.amount
        amount = whole if pounds is None else round(pounds * 100)
        verify = money.VerifyClaim(
            benefit, claim, amount, grade, "Ledger", "The rest was not seen."
        )
        return self.do(verify, by="fay")

    def closed(
        self, month: str, *, programme: str = PROGRAMME, reviewed: bool = True
    ) -> "Scenario":
        """The month is closed by the PMO and reviewed by finance."""
        self.do(close(programme, month))
        return self.do(review(programme, month), by="fay") if reviewed else self


def close(key: str, month: str) -> programme.CloseMonth:
    """The PMO says that a month is complete."""
    return programme.CloseMonth(key, Month.parse(month))


def review(key: str, month: str) -> programme.ReviewMonth:
    """Finance says that it was reviewed."""
    return programme.ReviewMonth(key, Month.parse(month))


def open_realise(url: str, folder: Path) -> Realise:
    """The application on a database that has its tables; ``folder`` is for its secret."""
    static = ROOT / "build" / "static"
    settings = read_settings({"REALISE_DATABASE_URL": url}, folder, static)
    return Realise(Database.open(url), settings)


def begin(url: str, folder: Path, *, day: str = "2024-04-02") -> Scenario:
    """A council with its people, one board of three seats and one programme of four years."""
    scenario = Scenario(open_realise(url, folder), datetime(2024, 4, 1, 9, tzinfo=UTC)).on(day)
    arrive(scenario)
    scenario.do(
        commands.FormBoard(BOARD, "Transformation board", 2, 2),
        commands.FillSeat(BOARD, "chair", SeatKind.CHAIR, "chris"),
        commands.FillSeat(BOARD, "member", SeatKind.MEMBER, "mo", "dee"),
        commands.FillSeat(BOARD, "finance", SeatKind.FINANCE, "sam"),
        by="ada",
    )
    return started_programme(scenario)


def started_programme(
    scenario: Scenario,
    key: str = PROGRAMME,
    title: str = "Care closer to home",
    workstreams: Iterable[str] = ("Placements", "Property"),
) -> Scenario:
    """A programme for 2024/25 to 2027/28 whose report goes to the scrutiny clerk."""
    return scenario.do(
        programme.StartProgramme(
            key, title, FinancialYear(2024), 4, BOARD, "chris", "Scrutiny Committee"
        ),
        *(programme.AddWorkstream(key, name) for name in workstreams),
        programme.SetRecipients(key, ("cleo",)),
    )
