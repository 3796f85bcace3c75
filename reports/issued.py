"""A month's report as the record knows it: issued once, and perhaps again with a reason."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from benefits.periods import Month
from benefits.refusals import Refused, require
from benefits.rules import Answer, Context, Rule
from benefits.wording.writing import month
from eventlog.recorded import Recorded

#: In place of a programme's id: the report of all programmes. No id can be like this.
PORTFOLIO = "~portfolio"


class Circulation(StrEnum):
    """Who may read a report. The value is how an edition is called."""

    PUBLIC = "public"
    EXEMPT = "exempt"


class NothingExempt(Refused):
    """An exempt edition was asked for of a month in which nothing is. Issuing makes none either."""

    def __init__(self, of: Month) -> None:
        super().__init__(
            f"Nothing in the report of {month(of)} is exempt: the public edition is the whole of "
            "it. Choose that one."
        )


@dataclass(frozen=True, slots=True)
class IssueReport:
    """Issue the report of a programme's month, made from the log up to ``position``.

    ``report`` is the programme's id, a colon and the month. ``edition`` is 1, or one more than
    the edition that it supersedes, for which a reason is needed. The hashes are SHA-256.
    ``exempt`` is the same report for those who may read what is exempt, where anything is: the
    hashes of its file and of its inputs.
    """

    report: str
    programme: str
    month: Month
    edition: int
    position: int
    pdf_sha256: str
    inputs_sha256: str
    closing: str
    reason: str = ""
    exempt: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ReportIssued:
    """The report was issued: its bytes and its inputs are in the archive under these hashes."""

    programme: str
    month: Month
    edition: int
    position: int
    pdf_sha256: str
    inputs_sha256: str
    closing: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ExemptReportIssued:
    """With it the same report was issued for those who may read what is exempt."""

    programme: str
    month: Month
    edition: int
    position: int
    pdf_sha256: str
    inputs_sha256: str
    closing: str
    reason: str = ""


@dataclass(slots=True)
class IssuedReport:
    """The editions of one month's report so far."""

    report: str
    version: int = 0
    latest: ReportIssued | None = None

    @property
    def exists(self) -> bool:
        return self.version > 0

    @property
    def edition(self) -> int:
        return self.latest.edition if self.latest else 0


def report_of(programme: str, month: Month) -> str:
    """The key of a report's stream."""
    return f"{programme}:{month}"


def apply_to_report(report: IssuedReport, recorded: Recorded[Any]) -> None:
    """Add one event to a report."""
    report.version = recorded.version
    if isinstance(recorded.event, ReportIssued):
        report.latest = recorded.event


def _issue(report: IssuedReport, command: IssueReport, context: Context) -> Answer:
    if command.programme != PORTFOLIO:
        context.programme(command.programme)
    require(
        command.month < Month.of(context.today),
        f"{month(command.month)} is not over yet. Issue its report afterwards.",
    )
    require(
        command.edition == report.edition + 1,
        f"The report of {month(command.month)} was issued already, as edition {report.edition}. "
        "Open it, or reissue it with a reason.",
    )
    require(
        command.edition == 1 or command.reason.strip(),
        "Say why the report is issued again: the reason is printed on its cover.",
    )
    return [
        ReportIssued(*_said(command, command.pdf_sha256, command.inputs_sha256)),
        *([ExemptReportIssued(*_said(command, *command.exempt))] if command.exempt else []),
    ]


def _said(command: IssueReport, pdf: str, inputs: str) -> tuple[Any, ...]:
    upto = (command.edition, command.position, pdf, inputs)
    return (command.programme, command.month, *upto, command.closing, command.reason.strip())


STORED_NAMES: dict[type, str] = {
    ReportIssued: "report-issued",
    ExemptReportIssued: "exempt-report-issued",
}
RULES: dict[type, Rule] = {IssueReport: Rule(_issue, "report", "report")}
