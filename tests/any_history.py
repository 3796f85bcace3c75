"""A council in which anything is asked by anybody, for tests of what must hold whatever happens."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from benefits.commands import delivery, details, money, programme
from benefits.events.gates import Choice
from benefits.lifecycle import Gate
from benefits.periods import Month
from benefits.plans import Condition, YearAmount
from benefits.refusals import Refused
from benefits.vocabulary import Cause, Confidence, Fund, Grade, Kind, Likelihood
from tests.lots import BENEFITS, FIRST, Lots
from tests.northmere import PEOPLE
from workflows import commands
from workflows.people import SCHEDULER

EVERYBODY = [person for person, *_ in PEOPLE]


@dataclass
class Anything(Lots):
    """Asks for one thing after another. ``chance`` decides what, and by whom."""

    done: int = 0
    refusals: list[str] = field(default_factory=list)

    def ask(self, by: str, *asked: object) -> bool:
        """Ask as one act. What is refused is refused in sentences; all else is a fault."""
        try:
            self.scenario.do(*asked, by=by)
        except Refused as refused:
            sentence = str(refused)
            assert sentence.strip().endswith((".", "?", "!", "”")), sentence
            assert "object at 0x" not in sentence, sentence
            self.refusals.append(sentence)
            return False
        self.done += 1
        return True

    def step(self) -> None:
        """Something happens: most of the time what such a council would do, now and then not."""
        act: Callable[[], object] = self.chance.choice(self._likely())
        act()

    def _likely(self) -> Sequence[Callable[[], object]]:
        return (
            *(self._time_goes_by,) * 4,
            *(self._made_ready,) * 6,
            *(self._put_to_the_board,) * 6,
            *(self._voted,) * 5,
            *(self._claimed,) * 5,
            *(self._decided_by_finance,) * 6,
            *(self._something_small,) * 4,
            self._forecast,
            self._lost,
            self._shared,
            self._admitted,
            self._month_ended,
            self._days_were_over,
            self._case_taken_back,
            self._out_of_turn,
        )

    # What happens.

    def _time_goes_by(self) -> None:
        self.scenario.at += timedelta(days=self.chance.randint(1, 25))

    def _made_ready(self) -> None:
        benefit, council = self._benefit, self.scenario
        standing = council.benefit(benefit)
        if not standing.exists:
            kind = self.chance.choice((Kind.CASH_RELEASING, Kind.INCOME, Kind.COST_AVOIDANCE))
            fund = self.chance.choice((Fund.GENERAL_FUND, Fund.HRA))
            identify = details.IdentifyBenefit(
                benefit, "care", "Placements", benefit.upper(), kind, fund
            )
            self.ask("pat", identify, details.RecordProfile(benefit, self._profile()))
        elif standing.stage.value == "identified" and standing.finance_partner:
            self.ask("gil", details.ConfirmValue(benefit, "Seen."))
        elif standing.stage.value == "identified":
            self._try(lambda: council.described(benefit, owner=self.chance.choice(("olu", "ola"))))
        elif standing.stage.value == "validated":
            self._try(lambda: council.prepared(benefit))

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
            self.done += 5
        except Refused as refused:
            self.refusals.append(str(refused))

    def _put_to_the_board(self) -> None:
        benefit = self._benefit
        stage = self.scenario.benefit(benefit).stage.value
        usual = {"identified": Gate.VALIDATION, "validated": Gate.DELIVERY,
                 "in delivery": Gate.REALISATION, "realised": Gate.REOPENING}  # fmt: skip
        gate = usual.get(stage, Gate.VALIDATION)
        if self.chance.random() < 0.25:
            gate = self.chance.choice(list(Gate))
        rebase = gate is Gate.REBASELINE
        replacement = self._benefit if gate is Gate.WITHDRAWAL and self._coin() else None
        submit = commands.SubmitCase(
            benefit,
            self.scenario.fresh("case"),
            gate,
            "Please decide.",
            self._profile() if rebase else None,
            self.chance.choice(list(Cause)) if rebase else None,
            replacement,
            "It fell short." if gate is Gate.REALISATION else "",
        )
        if self.ask("pat", submit) and self.chance.random() < 0.6:
            for voter in ("chris", "sam", "mo"):
                self._votes(benefit, submit.case, voter, Choice.APPROVE)

    def _votes(self, benefit: str, case: str, voter: str, choice: Choice) -> None:
        standing = self.scenario.benefit(benefit).cases[case]
        due = (self.scenario.at + timedelta(days=30)).date()
        asked = (Condition(self.scenario.fresh("cond"), "Report back.", "olu", due),)
        conditions = asked if choice is Choice.APPROVE_WITH_CONDITIONS else ()
        bound = standing.submitted.binds_to - (self.chance.random() < 0.05)
        self.ask(voter, commands.CastVote(benefit, case, bound, choice, "So I vote.", conditions))

    def _coin(self) -> bool:
        return self.chance.random() < 0.5

    def _voted(self) -> None:
        standing = next(
            (b for b in map(self.scenario.benefit, BENEFITS) if b.open_case and self._coin()), None
        )
        if standing is None or standing.open_case is None:
            return
        choice = self.chance.choice((Choice.APPROVE,) * 5 + tuple(Choice))
        voter = self.chance.choice(("chris", "mo", "sam", "dee", "sam", "chris"))
        self._votes(standing.benefit, standing.open_case.case, voter, choice)

    def _claimed(self) -> None:
        benefit = self._delivering
        lines = list(self.scenario.benefit(benefit).budget_lines) or [""]
        make = money.MakeClaim(benefit, self.scenario.fresh("claim"), self._tranche(), lines[0])
        self.ask(self.chance.choice(("pat", "pat", "olu", "fay")), make)

    def _decided_by_finance(self) -> None:
        benefit = self.scenario.benefit(self._delivering)
        if not benefit.claims:
            return
        claim = self.chance.choice(list(benefit.claims.values()))
        b, key, whole = benefit.benefit, claim.claim, claim.tranche.amount
        grade = self.chance.choice(list(Grade))
        amount = self.chance.choice((whole, whole, max(1, whole // 3), whole + 1))
        self.ask(
            self.chance.choice(("fay", "gil", "pat")),
            self.chance.choice(
                (
                    money.VerifyClaim(b, key, amount, grade, "Ledger", "Part was not seen."),
                    money.VerifyClaim(b, key, whole, Grade.FINAL, "Ledger"),
                    money.RejectClaim(b, key, "Not in the ledger."),
                    money.GradeClaim(b, key, grade, "A year was seen."),
                    money.CorrectClaim(b, key, self._tranche(), "Typed wrongly.", "4711"),
                )
            ),
        )

    def _lost(self) -> None:
        benefit = self.scenario.benefit(self._delivering)
        if not benefit.claims:
            return
        claim = self.chance.choice(list(benefit.claims.values()))
        erosion = self.scenario.fresh("erosion")
        report = money.ReportErosion(
            benefit.benefit, erosion, claim.claim, self._amount, self._month, "It came back."
        )
        if self.ask("olu", report) or self.ask("pat", report):
            confirm = money.ConfirmErosion(benefit.benefit, erosion, "Seen.")
            dismiss = money.DismissErosion(benefit.benefit, erosion, "Not seen.")
            self.ask("fay", self.chance.choice((confirm, confirm, dismiss)))

    def _forecast(self) -> None:
        listed = tuple(self._tranche() for _ in range(self.chance.randint(0, 3)))
        self.ask("pat", money.RecordForecast(self._delivering, listed, "It looks different now."))

    def _shared(self) -> None:
        overlap = self.scenario.fresh("overlap")
        years = (YearAmount(self._year, self.chance.choice((1, 500_00))),)
        agree = programme.AgreeOverlap(overlap, self._benefit, self._benefit, years, "chris")
        if self.ask("pat", agree) and self._coin():
            self.ask("fay", programme.CancelOverlap(overlap, "It was none."))

    def _admitted(self) -> None:
        record = programme.RecordMtfsLine(
            "mtfs1", "M1", "Care savings", Fund.GENERAL_FUND, (YearAmount(FIRST, 100_000_00),)
        )
        self.ask("fay", record)
        self.ask("fay", programme.AdmitToMtfs("mtfs1", self._delivering, self._year, self._amount))

    def _month_ended(self) -> None:
        month = Month.of(self.scenario.at.date()).plus(self.chance.choice((-2, -1, -1, 0)))
        if self.ask("pat", programme.CloseMonth("care", month)):
            self.ask("fay", programme.ReviewMonth("care", month))

    def _days_were_over(self) -> None:
        for benefit in map(self.scenario.benefit, BENEFITS):
            if benefit.open_case:
                self.ask(SCHEDULER, commands.EndCase(benefit.benefit, benefit.open_case.case))

    def _case_taken_back(self) -> None:
        benefit = self.scenario.benefit(self._benefit)
        if benefit.open_case and self._coin():
            case = benefit.open_case.case
            self.ask("pat", commands.RetractCase(benefit.benefit, case, "Not yet."))

    def _something_small(self) -> None:
        benefit = self.scenario.benefit(self._benefit)
        b, today = benefit.benefit, self.scenario.at.date()
        step = next(iter(benefit.milestones), "none")
        measure = next(iter(benefit.measures), "none")
        condition = next((k for k, c in benefit.conditions.items() if not c.met), "none")
        later = today + timedelta(days=self.chance.randint(-20, 200))
        self.ask(
            self.chance.choice(("pat", "pat", "olu", "fay")),
            self.chance.choice(
                (
                    details.AddNote(b, "A note."),
                    details.NameOwner(b, self.chance.choice(("olu", "ola", "chris"))),
                    details.StateConfidence(b, self.chance.choice(list(Confidence)), "So it is."),
                    details.RecordProfile(b, self._profile()),
                    details.ConfirmValue(b, "Seen."),
                    details.RecordRange(b, self._amount, self._amount),
                    details.RecordInvestment(
                        b, "i1", "Set-up", "staff", "reserve", self._profile().tranches
                    ),
                    delivery.ReachMilestone(b, step, today),
                    delivery.ReachMilestone(b, step, today),
                    delivery.ForecastMilestone(b, step, later, "Late."),
                    delivery.ReadMeasure(b, measure, today, "79"),
                    delivery.ScoreRisk(b, f"{b}-risk", "Risk", Likelihood.A, 5, "Watch.", "olu"),
                    commands.MeetCondition(b, condition, "Done."),
                    commands.MeetCondition(b, condition, "Done."),
                )
            ),
        )

    def _out_of_turn(self) -> None:
        """Anybody asks for what is mostly not theirs."""
        benefit = self._benefit
        self.ask(
            self.chance.choice(EVERYBODY),
            self.chance.choice(
                (
                    details.NameOwner(benefit, self.chance.choice([*EVERYBODY, "nobody"])),
                    money.VerifyClaim(benefit, "claim-1", 1, Grade.FINAL, "Ledger"),
                    commands.SubmitCase(benefit, "case-x", Gate.REALISATION, "Now."),
                    commands.CastVote(benefit, "case-1", 1, Choice.APPROVE, "Yes."),
                    commands.GrantRole(self.chance.choice(EVERYBODY), commands.Role.PMO),
                    programme.SetTolerance("care", self.chance.randint(-1, 101), "So."),
                    commands.VacateSeat("main", "finance"),
                    details.WithdrawIdentified(benefit, "Not wanted."),
                    programme.ChangeProgramme("care", title="Care " + "x" * 20),
                )
            ),
        )
