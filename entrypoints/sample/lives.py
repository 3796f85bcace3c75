"""The steps of a benefit's life as the sample's people take them, each noted in the diary."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from benefits.benefit import Benefit
from benefits.commands import delivery, details, money
from benefits.events.gates import Choice
from benefits.lifecycle import Gate
from benefits.money import Pence
from benefits.periods import FinancialYear, Month
from benefits.plans import Condition, MeasureTarget, Profile
from benefits.tranches import Nature, Tranche
from benefits.vocabulary import Assessed, Cause, Grade
from entrypoints.sample.diary import Diary
from entrypoints.sample.foreseen import FORESEEN
from entrypoints.sample.impacts import IMPACTS
from entrypoints.sample.words import Described
from workflows.commands import CastVote, MeetCondition, SubmitCase

PMO, FINANCE, CONFIRMS = "priya", "daniel", "helen"


@dataclass
class Life:
    """One benefit of the sample. Days are working days near a day of a month after the start."""

    diary: Diary
    benefit: str
    title: str
    owner: str = "amira"
    counter: dict[str, int] = field(default_factory=dict)

    def key(self, kind: str) -> str:
        """A fresh id for a part of this benefit, the same on every run of the sample."""
        self.counter[kind] = self.counter.get(kind, 0) + 1
        return f"{self.benefit}{kind}{self.counter[kind]}"

    def described(self, when: date, said: Described) -> "Life":
        """Everything that the Validation gate asks for; finance confirms the value next day."""
        b = self.benefit
        self.diary.asks(
            when,
            PMO,
            [
                details.NameOwner(b, self.owner),
                details.NameFinancePartner(b, CONFIRMS),
                details.NameCabinetMember(b, said.cabinet),
                details.DescribeBenefit(
                    b,
                    said.description,
                    said.outcome,
                    "No other project changes this service in the plan window.",
                ),
                delivery.DefineMeasure(
                    b,
                    f"{b}m",
                    said.measure,
                    said.unit,
                    said.direction,
                    said.baseline,
                    when.replace(day=1),
                    targets=(
                        MeasureTarget(when.replace(day=1) + timedelta(days=365), said.target),
                    ),
                ),
                details.StateConfidence(b, said.confidence, said.why),
                details.StateOverlapCheck(
                    b, found=False, note="Checked against the register and the MTFS savings list."
                ),
            ],
        )
        self.diary.on(when, self._states_no_investment, hour=11)
        self.diary.asks(
            when,
            CONFIRMS,
            details.ConfirmValue(b, "Agreed to the approved budget and last year's outturn."),
            hour=15,
        )
        return self

    def _states_no_investment(self, at: datetime) -> None:
        if not self._now().investments:
            note = "None of its own: the programme's investment is deducted once, there."
            self._ask(at, PMO, details.StateNoInvestment(self.benefit, note))

    def prepared(self, when: date, line: str, starts: date, *, lag: int = 0) -> "Life":
        """Everything that the Delivery gate asks for."""
        b, owner, said = self.benefit, self.owner, FORESEEN[self.title]

        def act(at: datetime) -> None:
            removed = sum(
                tranche.amount for tranche in self._now().plan if tranche.nature is Nature.RECURRING
            )
            self._ask(
                at,
                PMO,
                [
                    delivery.StateDeliveryPlan(
                        b,
                        "A named lead works with the service; the change is tried in one area, "
                        "reviewed, and then made everywhere.",
                    ),
                    delivery.PlanMilestone(
                        b, f"{b}s1", said.agreed, when + timedelta(days=28), owner
                    ),
                    delivery.PlanMilestone(
                        b,
                        f"{b}s2",
                        said.in_use,
                        starts,
                        owner,
                        drives=True,
                        lag=lag,
                    ),
                    *(
                        delivery.AssessImpact(b, about, *IMPACTS[self.title].of(about))
                        for about in Assessed
                    ),
                    delivery.ScoreRisk(
                        b,
                        f"{b}r1",
                        said.risk,
                        said.likelihood,
                        said.impact,
                        said.mitigation,
                        owner,
                    ),
                    *(
                        [delivery.NameBudgetLine(b, line, f"{self.title} budget", removed)]
                        if removed
                        else []
                    ),
                ],
            )

        self.diary.on(when, act)
        return self

    def asked(
        self,
        when: date,
        gate: Gate,
        summary: str,
        profile: Profile | None = None,
        cause: Cause | None = None,
    ) -> str:
        """A case put to the board. Gives its id."""
        case = self.key("c")
        command = SubmitCase(self.benefit, case, gate, summary, profile, cause)
        self.diary.asks(when, PMO, command, hour=14)
        return case

    def votes(
        self,
        when: date,
        case: str,
        by: str,
        choice: Choice = Choice.APPROVE,
        statement: str = "I am content with the pack.",
        conditions: tuple[Condition, ...] = (),
    ) -> "Life":
        """A member votes on the version that the pack shows."""

        def act(at: datetime) -> None:
            version = self._now().cases[case].submitted.binds_to
            self._ask(at, by, CastVote(self.benefit, case, version, choice, statement, conditions))

        self.diary.on(when, act, hour=16)
        return self

    def approved(
        self,
        when: date,
        gate: Gate,
        summary: str,
        condition: str = "",
        profile: Profile | None = None,
        cause: Cause | None = None,
    ) -> "Life":
        """A case put one day and approved a few days later by the chair and the finance seat."""
        case = self.asked(when, gate, summary, profile, cause)
        decided = self.decided(when)
        asked = Condition(f"{case}k", condition, self.owner, decided + timedelta(days=45))
        choice = Choice.APPROVE_WITH_CONDITIONS if condition else Choice.APPROVE
        self.votes(decided, case, "ruth", choice, conditions=(asked,) if condition else ())
        self.votes(
            decided, case, "colin", statement="The figures agree with the ledger and the MTFS."
        )
        return self.votes_if_open(decided, case, "sanjay")

    @staticmethod
    def decided(put: date) -> date:
        """The day on which a case that was put on a day is decided: two working days later."""
        return put + timedelta(days=2 if put.weekday() < 3 else 4)

    def votes_if_open(self, when: date, case: str, by: str) -> "Life":
        """A member votes where the others have not settled it yet."""

        def act(at: datetime) -> None:
            standing = self._now().cases[case]
            if standing.open:
                version = standing.submitted.binds_to
                self._ask(at, by, CastVote(self.benefit, case, version, Choice.APPROVE, "Agreed."))

        self.diary.on(when, act, hour=17)
        return self

    def condition_met(self, when: date, case_number: int, note: str) -> "Life":
        """The condition of an approval is met."""
        condition = f"{self.benefit}c{case_number}k"
        self.diary.asks(when, PMO, MeetCondition(self.benefit, condition, note))
        return self

    def reached(self, when: date, step: int = 2) -> "Life":
        """A milestone is reached on the day."""
        self.diary.asks(
            when, PMO, delivery.ReachMilestone(self.benefit, f"{self.benefit}s{step}", when)
        )
        return self

    def slips(self, when: date, expected: date, reason: str, step: int = 2) -> "Life":
        """A milestone is now expected later."""
        self.diary.asks(
            when,
            PMO,
            delivery.ForecastMilestone(self.benefit, f"{self.benefit}s{step}", expected, reason),
            hour=11,
        )
        return self

    def claims(
        self,
        when: date,
        amount: Pence,
        month: Month,
        year: FinancialYear,
        nature: Nature = Nature.RECURRING,
        note: str = "",
    ) -> str:
        """Money said to be realised, against the benefit's budget line. Gives the claim's id."""
        claim = self.key("p")

        def act(at: datetime) -> None:
            lines = list(self._now().budget_lines)
            self._ask(
                at,
                PMO,
                money.MakeClaim(
                    self.benefit,
                    claim,
                    Tranche(amount, nature, month, year),
                    lines[0] if lines else "",
                    note,
                ),
            )

        self.diary.on(when, act, hour=12)
        return claim

    def verifies(
        self, when: date, claim: str, amount: Pence, grade: Grade, reason: str = ""
    ) -> "Life":
        """Finance confirms an amount of a claim."""
        why = reason or "The budget has been removed and the ledger shows it."
        against = "Budget virement and ledger report"
        self.diary.asks(
            when,
            FINANCE,
            money.VerifyClaim(self.benefit, claim, amount, grade, against, why),
            hour=15,
        )
        return self

    def forecasts(self, when: date, reason: str, *tranches: Tranche) -> "Life":
        """The whole delivery now expected."""
        self.diary.asks(when, PMO, money.RecordForecast(self.benefit, tranches, reason), hour=13)
        return self

    def reads(self, when: date, value: str, note: str = "") -> "Life":
        """The benefit's measure is read."""
        self.diary.asks(
            when,
            PMO,
            delivery.ReadMeasure(self.benefit, f"{self.benefit}m", when, value, note),
            hour=9,
        )
        return self

    def rebaselined(self, when: date, profile: Profile, cause: Cause, summary: str) -> "Life":
        """A new plan, approved by the board."""
        return self.approved(when, Gate.REBASELINE, summary, profile=profile, cause=cause)

    def _now(self) -> Benefit:
        return self.diary.realise.benefit(self.benefit)

    def _ask(self, at: datetime, by: str, commands: object) -> None:
        self.diary.realise.handle(commands, by=by, at=at)
