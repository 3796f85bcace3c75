"""Verification of everything that is kept: the log, the read tables, the reports, the evidence.

Each check is done by itself. One that cannot be done because of what is stored is a finding.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sqlalchemy import Connection, Table

from benefits.events import STORED_NAMES
from benefits.events.details import EvidenceAttached
from entrypoints.wiring import Realise, rebuilding
from eventlog.audit import Audit, audit
from eventlog.catalogue import UnknownEvent
from eventlog.checkpoints import checkpoints
from eventlog.faults import DamagedRecord, DatabaseFault, NotAsWritten
from eventlog.guards import look_at_guards
from eventlog.recorded import Recorded
from eventlog.replay import compare
from eventlog.signed_note import Verifier
from eventlog.stored import as_stored, stored
from reports import archive
from reports.archive_checked import fault_of
from reports.issued import STORED_NAMES as REPORTS
from reports.issued import ExemptReportIssued, ReportIssued
from workflows import evidence, repeats, witness

#: The stored name of the event that names an evidence file.
_WITH_A_FILE = (STORED_NAMES[EvidenceAttached],)
#: Rows with a file in them are read so many at a time.
_FEW = 5
#: The public keys whose signatures count; with None no signature is looked at.
Verifiers: TypeAlias = Sequence[Verifier] | None


@dataclass
class Findings:
    """What was found, as sentences: what holds, and what does not."""

    good: list[str] = field(default_factory=list)
    bad: list[str] = field(default_factory=list)
    #: Whether the log can be read from end to end, so that more can be compared with it.
    log_holds: bool = False


def verify_everything(realise: Realise) -> Findings:
    """Check what a wrong or changed byte could be in. The log comes first: the rest rests on it."""
    keys = realise.keys()
    with realise.read() as connection:
        findings = verify_stored(realise, connection, keys.verifiers if keys else None)
    if findings.log_holds:
        verify_read_tables(realise, findings)
    return findings


def verify_stored(realise: Realise, connection: Connection, verifiers: Verifiers) -> Findings:
    """The same but for the read tables, as one transaction sees it, by these public keys.

    With None no signature is looked at.
    """
    findings = Findings()
    with as_stored(connection):
        found = audit(connection, verifiers)
        if found.sound:
            findings.good += [str(found.chain), _signed(found, verifiers)]
        else:
            findings.bad += _faults(found)
        _guards(connection, findings)
        findings.log_holds = found.chain.sound and not found.damage
        if findings.log_holds:
            for what, check in _KEPT:
                with _by_itself(what, findings):
                    check(realise, connection, findings)
    return findings


def verify_read_tables(realise: Realise, findings: Findings) -> None:
    """Compare the read tables with what the log gives, and add what is found."""
    with _by_itself("read tables", findings):
        different = compare(rebuilding(realise.database))
        findings.bad += different
        if not different:
            findings.good.append("The read tables are what the log gives.")


@contextmanager
def _by_itself(what: str, findings: Findings) -> Iterator[None]:
    """A check that may meet what it cannot read; those after it are still done."""
    try:
        yield
    except (UnknownEvent, NotAsWritten, DamagedRecord) as fault:
        findings.bad.append(f"The {what} cannot be compared with the log. {fault}")


def _guards(connection: Connection, findings: Findings) -> None:
    guards = look_at_guards(connection)
    findings.bad += guards.faults
    if not guards.faults:
        findings.good.append("The guards of the log stand as they were made.")
    if guards.newer:
        findings.good.append(
            "The tables are of a newer Realise. Only that one can judge what it added to the log: "
            f"{', '.join(guards.newer)}."
        )


class LogFault(DatabaseFault):
    """The log is not what was written, or not what was signed. ``str()`` names the first row."""


def check_log(realise: Realise) -> Audit:
    """Check the chain and the checkpoints alone. Raises ``LogFault``."""
    keys = realise.keys()
    with realise.read() as connection:
        return check_log_within(connection, keys.verifiers if keys else None)


def check_log_within(connection: Connection, verifiers: Verifiers) -> Audit:
    """The same as one transaction sees it, by these public keys. Raises ``LogFault``."""
    found = audit(connection, verifiers)
    if not found.sound:
        raise LogFault(" ".join(_faults(found)))
    return found


def _faults(found: Audit) -> list[str]:
    chain = [] if found.chain.sound and found.damage else [str(found.chain)]
    return [*found.damage, *chain, *found.faults]


def _signed(found: Audit, verifiers: Verifiers) -> str:
    if not found.checkpoints:
        return "There is no signed checkpoint yet: a cut tail could not be seen."
    said = f"It is what its {found.checkpoints:,} checkpoints say"
    if verifiers is None:
        return f"{said}; who signed them was not checked, as there is no signing key here."
    return f"{said}, and they are signed with the key of this place."


def _reports(realise: Realise, connection: Connection, findings: Findings) -> None:
    kept: tuple[tuple[type, Table, str], ...] = (
        (ReportIssued, archive.report_archive, ""),
        (ExemptReportIssued, archive.exempt_archive, "exempt "),
    )
    count, signed = 0, {one.note for one in stored(connection, checkpoints)}
    for event, table, exempt in kept:
        issued = {
            (one.event.programme, str(one.event.month), one.event.edition): one
            for one in realise.store.read(types=[REPORTS[event]], connection=connection)
        }
        for row in stored(connection, table, _FEW):
            name = f"The {exempt}report of {row.programme} for {row.month}, edition {row.edition},"
            one = issued.pop((row.programme, row.month, row.edition), None)
            fault = fault_of(row, one, signed)
            count += not fault
            findings.bad.extend([f"{name} {fault}"] if fault else [])
        findings.bad.extend(
            f"The {exempt}report of {programme} for {month}, edition {edition}, issued at position "
            f"{one.position}, is not kept."
            for (programme, month, edition), one in issued.items()
        )
    findings.good.append(f"{count:,} issued reports are the bytes that were issued.")


def _evidence(realise: Realise, connection: Connection, findings: Findings) -> None:
    named: dict[object, list[Recorded[Any]]] = {}
    for one in realise.store.read(types=_WITH_A_FILE, connection=connection):
        named.setdefault(one.event.sha256, []).append(one)
    count = 0
    for row in stored(connection, evidence.evidence_files, _FEW):
        fault = evidence.fault_of(connection, row, named.pop(row.sha256, []))
        count += not fault
        findings.bad.extend([f"The evidence file {row.sha256} {fault}"] if fault else [])
    for digest, attached in named.items():
        findings.bad.append(
            f"The evidence file {digest}, attached at position {attached[0].position}, is not kept."
        )
    findings.good.append(f"{count:,} evidence files are as they were kept.")


def _answers(_: Realise, connection: Connection, findings: Findings) -> None:
    wrong = list(repeats.faults_in(connection))
    findings.bad += wrong
    if not wrong:
        findings.good.append("The answers that are kept for repeated acts name what the log holds.")


def _witnessed(_: Realise, connection: Connection, findings: Findings) -> None:
    findings.bad += witness.taken_out(connection)


_KEPT = (
    ("reports", _reports),
    ("evidence files", _evidence),
    ("answers", _answers),
    ("emails to a witness", _witnessed),
)
