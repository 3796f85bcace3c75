"""Which scope each command needs: deciding and administering are asked for by name.

A scope never lets a person do more: the table of permissions holds beside it.
"""

from benefits.commands import details, money, programme
from entrypoints.acts.of_the_council import OF_THE_COUNCIL
from entrypoints.tokens import Scope
from workflows import commands as governance

#: A vote, and what finance and the PMO say is so in a report.
DECIDE = frozenset(
    {
        governance.CastVote,
        details.ConfirmValue,
        details.ConfirmInvestment,
        money.VerifyClaim,
        money.RejectClaim,
        money.GradeClaim,
        money.ConfirmErosion,
        money.DismissErosion,
        programme.AdmitToMtfs,
        programme.CloseMonth,
        programme.ReviewMonth,
    }
)
ADMINISTER = frozenset(
    {
        *(act.command for act in OF_THE_COUNCIL),
        programme.SetTolerance,
        programme.SetRecipients,
        programme.SetReportSchedule,
    }
)


def scope_of(command: type) -> Scope:
    """What a token needs for this command."""
    if command in DECIDE:
        return Scope.DECIDE
    return Scope.ADMINISTER if command in ADMINISTER else Scope.RECORD
