"""Who may ask what: one table for every command, by role or by what a person is to the benefit.

It says who may ask at all. What is right in the case at hand (nobody verifies a claim of their
own, nobody judges their own case) the rules say.
"""

from collections.abc import Mapping, Set
from typing import Any

from benefits.benefit import Benefit
from benefits.commands import delivery, details, mapping, money, programme
from benefits.wording.writing import listed
from workflows import commands
from workflows.boards import Board
from workflows.commands import Role
from workflows.concerned import roles_concerned
from workflows.context import Context
from workflows.meetings import Meeting
from workflows.people import RESERVED
from workflows.scrutiny import commands as scrutiny
from workflows.scrutiny.question import Question
from workflows.standings import ACTORS, named
from workflows.standings import Permission as Permission
from workflows.standings import Standing as Standing
from workflows.standings import Who as Who

_PMO, _FINANCE, _ADMIN = Role.PMO, Role.FINANCE, Role.ADMINISTRATOR
_OWNER = Standing.OWNER


def _each(who: tuple[Who, ...], phrases: dict[type, str]) -> dict[type, Permission]:
    return {command: Permission(phrase, who) for command, phrase in phrases.items()}


PERMISSIONS: dict[type, Permission] = {
    # What an import of a savings table does: the command line may.
    **_each(
        (_PMO, Standing.SETUP),
        {
            details.IdentifyBenefit: "put a benefit on the register",
            details.RecordRange: "record a range",
            details.RecordProfile: "record a profile",
            details.RecordInvestment: "record an investment",
        },
    ),
    **_each(
        (_PMO, _FINANCE, Standing.SETUP),
        {programme.RecordGroupInvestment: "record an investment of a programme"},
    ),
    **_each(
        (_PMO, _ADMIN, Standing.SETUP),
        {
            programme.StartProgramme: "start a programme",
            programme.AddWorkstream: "add a workstream",
        },
    ),
    **_each(
        (_PMO,),
        {
            details.DescribeBenefit: "describe a benefit",
            details.LabelBenefit: "rename or refile a benefit",
            details.CorrectClassification: "correct a kind or fund",
            details.NameOwner: "name an owner",
            details.NameFinancePartner: "name a finance partner",
            details.NameCabinetMember: "name a cabinet member",
            details.RemoveInvestment: "remove an investment",
            details.StateNoInvestment: "state that no investment is needed",
            details.StateConfidence: "state the confidence",
            details.StateOverlapCheck: "state the overlap check",
            details.WithdrawIdentified: "withdraw an identified benefit",
            details.MakeExempt: "make a benefit exempt",
            details.EndExemption: "end a benefit’s exemption",
            delivery.StateDeliveryPlan: "state the delivery plan",
            delivery.PlanMilestone: "plan a milestone",
            delivery.WaiveMilestone: "waive a milestone",
            delivery.DefineMeasure: "define a measure",
            delivery.AssessImpact: "record an impact assessment",
            delivery.OverrideStatus: "override a status",
            mapping.RecordObjective: "put an objective on the benefits map",
            mapping.RecordOutcome: "put an outcome on the benefits map",
            mapping.RecordEnablingChange: "put an enabling change on the benefits map",
            mapping.RemoveFromMap: "take a thing off the benefits map",
            mapping.PlaceOnMap: "place a benefit on the benefits map",
            programme.CloseMonth: "close a month",
            programme.WriteNarrative: "write in a report",
            commands.SubmitCase: "put a case to the board",
            commands.RetractCase: "take a case back",
        },
    ),
    **_each(
        (_PMO, _OWNER),
        {
            delivery.ForecastMilestone: "forecast a milestone",
            delivery.ReachMilestone: "record that a milestone was reached",
            delivery.ReadMeasure: "record a reading",
            delivery.ReadDrivers: "record a reading of the unit model",
            delivery.ScoreRisk: "score a risk",
            delivery.CloseRisk: "close a risk",
            money.RecordForecast: "record a forecast",
            money.MakeClaim: "make a claim",
            money.CorrectClaim: "correct a claim",
        },
    ),
    **_each(
        (_PMO, _FINANCE, _OWNER),
        {
            details.AddNote: "add a note",
            details.AttachEvidence: "attach evidence",
            money.ReportErosion: "report an erosion",
        },
    ),
    **_each(
        (_FINANCE,),
        {
            details.ConfirmValue: "confirm a value",
            details.ConfirmInvestment: "confirm what an investment costs",
            money.VerifyClaim: "verify a claim",
            money.RejectClaim: "reject a claim",
            money.GradeClaim: "grade a claim",
            money.ConfirmErosion: "confirm an erosion",
            money.DismissErosion: "dismiss an erosion",
            money.RecordPressure: "record a pressure",
            money.RecordCover: "record cover from reserves",
            programme.ReviewMonth: "review a month",
            programme.RecordMtfsLine: "record an MTFS line",
            programme.AdmitToMtfs: "admit money to the MTFS",
        },
    ),
    **_each(
        (_PMO, _FINANCE),
        {
            delivery.NameBudgetLine: "name a budget line",
            programme.AgreeOverlap: "record an overlap",
            programme.CancelOverlap: "cancel an overlap",
            programme.RemoveGroupInvestment: "remove an investment of a programme",
        },
    ),
    **_each(
        (_PMO, _ADMIN),
        {
            programme.ChangeProgramme: "change a programme",
            programme.SetRecipients: "set who is sent the report",
            programme.SetReportSchedule: "set when the report is due",
            commands.RecordPriority: "record a priority of the council plan",
            commands.RemovePriority: "take a priority off the list",
        },
    ),
    **_each(
        (_ADMIN,),
        {
            programme.SetTolerance: "set the tolerance",
            commands.FormBoard: "form a board",
            commands.SetBoardRules: "change a board's rules",
            commands.FillSeat: "fill a seat",
            commands.VacateSeat: "vacate a seat",
            commands.SetVotingRules: "set what is asked of members who vote",
            commands.SetLists: "set the council's lists",
            commands.SetPortfolioSchedule: "set when the report of all programmes is due",
        },
    ),
    **_each(
        (_FINANCE, _ADMIN),
        {
            commands.SetDiscountRates: "set the discount rates",
            commands.SetOptimismBias: "set what is allowed for optimism",
        },
    ),
    # The single sign-on gives and takes what the claims of the provider say.
    **_each(
        (_ADMIN, Standing.SIGN_ON),
        {
            commands.RevokeRole: "revoke a role",
            commands.GrantProgrammeRole: "grant a role for a programme",
            commands.RevokeProgrammeRole: "revoke a role for a programme",
        },
    ),
    **_each(
        (_ADMIN, Standing.SETUP, Standing.SIGN_ON),
        {
            commands.RegisterPerson: "register a person",
            commands.GrantRole: "grant a role",
        },
    ),
    commands.NameCouncil: Permission("name the council", (_ADMIN, Standing.SETUP)),
    **_each(
        (_PMO, Standing.CHAIR),
        {
            commands.CallMeeting: "call a meeting of the board",
            commands.SetAgenda: "set a meeting's agenda",
            commands.RecordAttendance: "record who attended a meeting",
            commands.CancelMeeting: "cancel a meeting",
        },
    ),
    commands.DeclareInterest: Permission("declare an interest in a case", (Standing.SEAT, _PMO)),
    **_each(
        (Role.SCRUTINY,),
        {
            scrutiny.AskQuestion: "ask a question or recommend something",
            scrutiny.FollowUpQuestion: "follow up an answer",
            scrutiny.CloseQuestion: "close a question",
        },
    ),
    **_each((_PMO, Role.SCRUTINY), {scrutiny.AssignQuestion: "say who answers a question"}),
    scrutiny.AnswerQuestion: Permission("answer a question", (_PMO, Standing.ANSWERS)),
    commands.CastVote: Permission("vote on a case", (Standing.SEAT,)),
    commands.EndCase: Permission("end a case whose days are over", (Standing.SCHEDULER, _PMO)),
    commands.MeetCondition: Permission(
        "say that a condition is met", (_PMO, _OWNER, Standing.CONDITION)
    ),
}


def may(
    person: str,
    roles: Set[Role],
    command: object,
    benefit: Benefit | None = None,
    board: Board | None = None,
    table: Mapping[type, Permission] = PERMISSIONS,
    answers: str | None = None,
) -> str | None:
    """Why this person may not ask this, in a sentence; ``None`` when they may.

    ``benefit`` is the one that the command is about, ``board`` the one that decides about it,
    ``answers`` the person who is to answer the question that it is about.
    """
    permission = table[type(command)]
    if any(_is(who, person, roles, command, benefit, board) for who in permission.who):
        return None
    if Standing.ANSWERS in permission.who and answers == person:
        return None
    nobody = (Standing.SETUP, Standing.SIGN_ON)
    people = [who for who in permission.who if who not in nobody] or permission.who
    return f"Only {listed((named(who) for who in people), 'or')} may {permission.to}."


def _is(
    who: Who,
    person: str,
    roles: Set[Role],
    command: object,
    benefit: Benefit | None,
    board: Board | None,
) -> bool:
    match who:
        case Role():
            return who in roles
        case Standing.OWNER:
            return benefit is not None and benefit.owner == person
        case Standing.SEAT:
            return board is not None and board.seat_of(person) is not None
        case Standing.CHAIR:
            seat = board.seat_of(person) if board is not None else None
            return seat is not None and seat.kind is commands.SeatKind.CHAIR
        case Standing.CONDITION:
            return _condition_owner(command, benefit) == person
        case _:  # who is to answer a question is looked at in ``may``
            return person == ACTORS.get(who)


def _condition_owner(command: object, benefit: Benefit | None) -> str | None:
    if benefit is None or not isinstance(command, commands.MeetCondition):
        return None
    condition = benefit.conditions.get(command.condition)
    return condition.condition.owner if condition else None


def may_ask(
    context: Context, command: object, thing: Any, table: Mapping[type, Permission] = PERMISSIONS
) -> str | None:
    """``may`` for whoever asks, of the thing (benefit, board, programme...) that is asked about."""
    benefit = thing if isinstance(thing, Benefit) and thing.exists else None
    roles = frozenset() if context.by in RESERVED else roles_concerned(context, command, thing)
    answers = thing.owner if isinstance(thing, Question) else None
    board = _board(context, command, thing)
    return may(context.by, roles, command, benefit, board, table, answers)


def _board(context: Context, command: object, thing: Any) -> Board | None:
    """The board that is asked about: of a case, the one it was put to, whatever came after."""
    if isinstance(thing, Meeting):
        called = command.board if isinstance(command, commands.CallMeeting) else thing.board
        return context.board(called) if called else None
    if not isinstance(command, commands.CastVote | commands.DeclareInterest):
        return None
    if not isinstance(thing, Benefit) or not thing.exists:
        return None
    case = thing.cases.get(command.case)
    if case is None:
        return context.board(context.programme(thing.programme).board)
    return context.board(case.submitted.board)
