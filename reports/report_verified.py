"""Works out every figure of a report again from an exported log, and says which do not hold.

No database and no archive are needed: the figures follow from the events alone.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from benefits.periods import Month, NotAPeriod
from benefits.refusals import Refused
from eventlog.kinds import Kind
from eventlog.read_export import ExportedLog
from reports.archive import Archived
from reports.attached import Attached, NotAReport
from reports.attachments import to_csv, to_json
from reports.composing.from_log import Log
from reports.contents import ReportContents
from reports.figures_compared import Compared, Difference, compare, compare_tables
from reports.issued import PORTFOLIO, Circulation
from reports.lines import PennyLeftOver
from reports.money_tables import DoesNotAddUp
from reports.monthly import Request, contents_of
from reports.visible import altered_figures


@dataclass(frozen=True, slots=True)
class ReportVerdict:
    """What came of it. ``faults`` are sentences about the log or the file as a whole."""

    figures: int
    differences: tuple[Difference, ...]
    faults: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.differences and not self.faults

    def as_json(self) -> dict[str, Any]:
        """The verdict as plain values, for machines."""
        return {
            "holds": self.holds,
            "figures": self.figures,
            "faults": list(self.faults),
            "differences": [
                {"where": one.where, "printed": one.printed, "found": one.found}
                for one in self.differences
            ],
        }


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the report says of itself: enough to make it again."""

    subject: str
    month: Month
    position: int
    hash: str
    at: datetime
    draft: bool
    edition: int
    circulation: Circulation


def verify_report(found: Attached, log: ExportedLog, kinds: Mapping[str, Kind]) -> ReportVerdict:
    """Every figure of the attachments and of the pages against the log.

    Raises ``NotAReport``.
    """
    asked = _asked(found.report)
    faults = list(_of_the_log(asked, log))
    if asked.position > len(log.events):
        return ReportVerdict(0, (), tuple(faults))
    tried = _tried(asked, found, Log(log.events, kinds))
    if isinstance(tried, str):
        return ReportVerdict(0, (), (*faults, tried))
    printed, contents = tried
    lines = compare_tables(found.figures, to_csv(contents))
    return ReportVerdict(
        printed.figures + lines.figures,
        (*printed.differences, *lines.differences, *altered_figures(found.pdf, contents)),
        tuple(faults),
    )


def _asked(report: Mapping[str, Any]) -> _Asked:
    try:
        cover = report["cover"]
        return _Asked(
            str(cover["subject"]),
            Month.parse(cover["month"]),
            int(cover["log_position"]),
            str(cover["log_hash"]),
            datetime.fromisoformat(cover["issued_at"]),
            cover["status"] != "Issued",
            int(cover["edition"]),
            Circulation(cover.get("circulation", Circulation.PUBLIC)),
        )
    except (KeyError, TypeError, ValueError, NotAPeriod) as fault:
        raise NotAReport("The report does not say which month and events it is of.") from fault


def _of_the_log(asked: _Asked, log: ExportedLog) -> list[str]:
    faults = []
    if not log.verdict.sound:
        faults.append(f"The log in the file is not whole. {log.verdict}")
    if asked.position > len(log.events):
        faults.append(
            f"The report was made from the log up to event {asked.position:,}, and the file holds "
            f"{len(log.events):,}: export the whole log."
        )
    elif asked.position > 0 and log.events[asked.position - 1].hash != asked.hash:
        faults.append(
            f"Event {asked.position:,} has another hash in the log than the report prints: it is "
            "not the log that the report was made from."
        )
    return faults


def _tried(asked: _Asked, found: Attached, log: Log) -> tuple[Compared, ReportContents] | str:
    """The best match among the programmes of that name and the reports that may have opened it."""
    best: tuple[Compared, ReportContents] | None = None
    said = f"There is no programme “{asked.subject}” in the log at event {asked.position:,}."
    for programme in (*log.programmes(asked.position), PORTFOLIO):
        record = log.record(programme, asked.month, asked.position, None)
        if record.programme.title != asked.subject:
            continue
        for last in (*log.last_reports(programme, asked.month, asked.position), None):
            try:
                contents = _made(log, asked, programme, last)
            except (PennyLeftOver, DoesNotAddUp, Refused) as fault:
                said = f"The figures cannot be worked out from the log: {fault}"
                continue
            again = json.loads(to_json(contents))["report"]
            compared = compare(found.report, again)
            if best is None or len(compared.differences) < len(best[0].differences):
                best = compared, contents
            if not compared.differences:
                return best
    return best or said


def _made(log: Log, asked: _Asked, programme: str, last: Archived | None) -> ReportContents:
    record = log.record(programme, asked.month, asked.position, last)
    request = Request(
        programme,
        asked.month,
        asked.position,
        "",
        asked.at,
        asked.draft,
        asked.edition,
        "-",
        circulation=asked.circulation,
    )
    return contents_of(record, request)[0]
