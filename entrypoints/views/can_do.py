"""What a person can do about a benefit now: the forms that are for them and that make sense.

The rules are checked once more when a form is sent; this only keeps what cannot help out of sight.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benefits.benefit import Benefit
from benefits.commands import delivery, details, money
from benefits.lifecycle import Stage
from benefits.parts import StandingCondition
from entrypoints.acts import ACTS
from entrypoints.here import Viewer
from workflows import commands as governance
from workflows.commands import MeetCondition
from workflows.permissions import may

Sensible = Callable[[Benefit], object]
Link = tuple[str, str]


def _before_validation(b: Benefit) -> bool:
    return b.stage is Stage.IDENTIFIED


def _alive(b: Benefit) -> bool:
    return b.stage is not Stage.WITHDRAWN


def _open(b: Benefit) -> bool:
    return b.stage in (Stage.IDENTIFIED, Stage.VALIDATED, Stage.IN_DELIVERY)


def _approved(b: Benefit) -> bool:
    return b.stage.reconciled


def _delivering(b: Benefit) -> bool:
    return b.stage.takes_claims


def _open_milestones(b: Benefit) -> bool:
    return _alive(b) and any(step.open for step in b.milestones.values())


def _verified(b: Benefit) -> bool:
    return any(claim.verified for claim in b.claims.values())


def _waiting_losses(b: Benefit) -> bool:
    return any(loss.waiting for loss in b.erosions.values())


#: The forms by heading, in the order of a benefit's life, each with when it makes sense.
GROUPS: Sequence[tuple[str, dict[type, Sensible]]] = (
    (
        "Money delivered",
        {
            money.MakeClaim: _delivering,
            money.VerifyClaim: lambda b: b.waiting_claims,
            money.RejectClaim: lambda b: b.waiting_claims,
            money.GradeClaim: _verified,
            money.CorrectClaim: lambda b: b.claims,
            money.RecordForecast: _approved,
            money.ReportErosion: _verified,
            money.ConfirmErosion: _waiting_losses,
            money.DismissErosion: _waiting_losses,
            money.RecordPressure: _approved,
            money.RecordCover: _approved,
        },
    ),
    (
        "Delivery",
        {
            delivery.ReachMilestone: _open_milestones,
            delivery.ForecastMilestone: _open_milestones,
            delivery.PlanMilestone: _open,
            delivery.WaiveMilestone: _open_milestones,
            delivery.ReadMeasure: lambda b: _alive(b) and b.measures,
            delivery.ReadDrivers: lambda b: _approved(b) and b.profile and b.profile.drivers,
            delivery.DefineMeasure: _open,
            delivery.ScoreRisk: _alive,
            delivery.CloseRisk: lambda b: any(not risk.closed for risk in b.risks.values()),
            delivery.StateDeliveryPlan: _open,
            delivery.AssessImpact: _open,
            delivery.NameBudgetLine: lambda b: _open(b) and b.kind.needs_budget_line,
            delivery.OverrideStatus: _approved,
        },
    ),
    (
        "Value",
        {
            details.ConfirmValue: lambda b: _before_validation(b) and b.profile,
            details.RecordProfile: _before_validation,
            details.RecordRange: _before_validation,
            details.RecordInvestment: _open,
            details.ConfirmInvestment: lambda b: b.investments,
            details.RemoveInvestment: lambda b: _open(b) and b.investments,
            details.StateNoInvestment: lambda b: _before_validation(b) and not b.investments,
            details.StateConfidence: _open,
            details.StateOverlapCheck: _open,
        },
    ),
    (
        "Who and what",
        {
            details.DescribeBenefit: _before_validation,
            details.NameOwner: _alive,
            details.NameFinancePartner: _alive,
            details.NameCabinetMember: _alive,
            details.LabelBenefit: _alive,
            details.CorrectClassification: _before_validation,
            details.MakeExempt: lambda b: not b.exempt,
            details.EndExemption: lambda b: b.exempt,
        },
    ),
    (
        "Decisions",
        {
            governance.SubmitCase: lambda b: _alive(b) and not b.open_case,
            governance.RetractCase: lambda b: b.open_case,
            governance.MeetCondition: lambda b: b.outstanding_conditions,
            details.WithdrawIdentified: _before_validation,
        },
    ),
)


@dataclass(frozen=True, slots=True)
class Doing:
    """What one person may do about one benefit. While looking back, nothing."""

    benefit: Benefit
    viewer: Viewer
    looking_back: bool = False

    def href(self, slug: str) -> str:
        """The address of a form; putting a case has a page of its own, with the gate's tests."""
        if slug == ACTS[governance.SubmitCase].slug:
            return f"/benefits/{self.benefit.benefit}/ask"
        return f"/benefits/{self.benefit.benefit}/record/{slug}"

    def may(self, slug: str) -> bool:
        """Whether the form is for this person, and makes sense now."""
        return not self.looking_back and slug in {
            ACTS[command].slug
            for _, group in GROUPS
            for command, sensible in group.items()
            if ACTS[command].slug == slug and sensible(self.benefit) and self._permitted(command)
        }

    def _permitted(self, command: type) -> bool:
        b, person = self.benefit, self.viewer.person
        roles = set(self.viewer.roles_for(b.programme))
        if command is MeetCondition:
            asked: list[object] = [
                MeetCondition(b.benefit, each.condition.condition, "")
                for each in b.outstanding_conditions
            ]
        else:
            asked = [object.__new__(command)]
        return any(may(person, roles, each, b) is None for each in asked)

    def may_meet(self, one: StandingCondition) -> bool:
        """Whether the person may say that this condition is met."""
        asked = MeetCondition(self.benefit.benefit, one.condition.condition, "")
        roles = set(self.viewer.roles_for(self.benefit.programme))
        refusal = may(self.viewer.person, roles, asked, self.benefit)
        return not self.looking_back and refusal is None

    def permitted(self, command: type) -> bool:
        """Whether the person may ever ask this of the benefit."""
        return not self.looking_back and self._permitted(command)

    @property
    def groups(self) -> list[tuple[str, list[Link]]]:
        """The forms by heading: each with its words and its address."""
        if self.looking_back:
            return []
        found = [
            (
                heading,
                [
                    (ACTS[command].title, self.href(ACTS[command].slug))
                    for command, sensible in group.items()
                    if sensible(self.benefit) and self._permitted(command)
                ],
            )
            for heading, group in GROUPS
        ]
        return [(heading, links) for heading, links in found if links]
