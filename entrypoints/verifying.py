"""Verification of everything that is kept: the log, the read tables, the reports, the evidence."""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, select

from benefits.events import STORED_NAMES
from benefits.events.details import EvidenceAttached
from entrypoints.wiring import Realise, rebuilding
from eventlog.audit import Audit, audit
from eventlog.checkpoints import every
from eventlog.faults import DatabaseFault
from eventlog.guards import guard_faults
from eventlog.recorded import Recorded
from eventlog.replay import compare
from reports import archive
from reports.issued import STORED_NAMES as REPORTS
from reports.issued import ExemptReportIssued, ReportIssued
from workflows.evidence import evidence_files

#: The stored name of the event that names an evidence file.
_WITH_A_FILE = (STORED_NAMES[EvidenceAttached],)


@dataclass
class Findings:
    """What was found, as sentences: what holds, and what does not."""

    good: list[str] = field(default_factory=list)
    bad: list[str] = field(default_factory=list)


def verify_everything(realise: Realise) -> Findings:
    """Check what a wrong or changed byte could be in. The log comes first: the rest rests on it."""
    findings = Findings()
    with realise.read() as connection:
        found = _log(realise, connection)
        if found.sound:
            findings.good += [str(found.chain), _signed(realise, found)]
        else:
            findings.bad += _faults(found)
        if found.damage or not found.chain.sound:
            return findings
        _guards(connection, findings)
        _reports(realise, connection, findings)
        _evidence(realise, connection, findings)
    different = compare(rebuilding(realise.database))
    findings.bad += different
    if not different:
        findings.good.append("The read tables are what the log gives.")
    return findings


def _guards(connection: Connection, findings: Findings) -> None:
    faults = guard_faults(connection)
    findings.bad += faults
    if not faults:
        findings.good.append("The guards of the log stand as they were made.")


class LogFault(DatabaseFault):
    """The log is not what was written, or not what was signed. ``str()`` names the first row."""


def check_log(realise: Realise) -> Audit:
    """Check the chain and the checkpoints alone. Raises ``LogFault``."""
    with realise.read() as connection:
        found = _log(realise, connection)
    if not found.sound:
        raise LogFault(" ".join(_faults(found)))
    return found


def _faults(found: Audit) -> list[str]:
    chain = [] if found.chain.sound and found.damage else [str(found.chain)]
    return [*found.damage, *chain, *found.faults]


def _log(realise: Realise, connection: Connection) -> Audit:
    keys = realise.keys()
    return audit(connection, keys.verifiers if keys else None)


def _signed(realise: Realise, found: Audit) -> str:
    if not found.checkpoints:
        return "There is no signed checkpoint yet: a cut tail could not be seen."
    said = f"It is what its {found.checkpoints:,} checkpoints say"
    if realise.keys() is None:
        return f"{said}; who signed them was not checked, as there is no signing key here."
    return f"{said}, and they are signed with the key of this place."


def _reports(realise: Realise, connection: Connection, findings: Findings) -> None:
    kept = (
        (ReportIssued, archive.report_archive, ""),
        (ExemptReportIssued, archive.exempt_archive, "exempt "),
    )
    count, signed = 0, {one.note for one in every(connection)}
    for event, table, exempt in kept:
        issued = {
            (one.event.programme, str(one.event.month), one.event.edition): one
            for one in realise.store.read(types=[REPORTS[event]], connection=connection)
        }
        for row in connection.execute(select(table).execution_options(yield_per=5)):
            name = f"The {exempt}report of {row.programme} for {row.month}, edition {row.edition},"
            fault = _report_fault(row, issued.pop((row.programme, row.month, row.edition), None))
            fault = fault or _signature_fault(row, signed)
            count += not fault
            findings.bad.extend([f"{name} {fault}"] if fault else [])
        findings.bad.extend(
            f"The {exempt}report of {programme} for {month}, edition {edition}, issued at position "
            f"{one.position}, is not kept."
            for (programme, month, edition), one in issued.items()
        )
    findings.good.append(f"{count:,} issued reports are the bytes that were issued.")


def _report_fault(row: Any, one: Recorded[Any] | None) -> str:
    if one is None:
        return "is kept but the log does not say that it was issued."
    if sha256(row.pdf).hexdigest() != one.event.pdf_sha256:
        return "is not the file that was issued: its bytes have changed."
    if sha256(row.inputs.encode()).hexdigest() != one.event.inputs_sha256:
        return "has other inputs than those it was issued with."
    return ""


def _signature_fault(row: Any, signed: set[str]) -> str:
    """Whether the checkpoint that the report printed is still kept. Its inputs are sound by now."""
    printed = json.loads(row.inputs).get("checkpoint", "")
    if printed and printed not in signed:
        return "prints a signed checkpoint that is not kept any more: it was taken out."
    return ""


def _evidence(realise: Realise, connection: Connection, findings: Findings) -> None:
    named = {
        one.event.sha256: one
        for one in realise.store.read(types=_WITH_A_FILE, connection=connection)
    }
    count = 0
    for row in connection.execute(select(evidence_files).execution_options(yield_per=5)):
        named.pop(row.sha256, None)
        if sha256(row.content).hexdigest() == row.sha256:
            count += 1
        else:
            findings.bad.append(f"The evidence file {row.sha256} has changed since it was kept.")
    for digest, one in named.items():
        findings.bad.append(
            f"The evidence file {digest}, attached at position {one.position}, is not kept."
        )
    findings.good.append(f"{count:,} evidence files are as they were kept.")
