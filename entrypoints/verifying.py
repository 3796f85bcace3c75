"""Verification of everything that is kept: the log, the read tables, the reports, the evidence."""

from dataclasses import dataclass, field
from hashlib import sha256

from sqlalchemy import Connection, select

from entrypoints.wiring import Realise, rebuilding
from eventlog import seal
from eventlog.replay import compare
from reports import archive
from reports.issued import STORED_NAMES
from workflows.evidence import evidence_files


@dataclass
class Findings:
    """What was found, as sentences: what holds, and what does not."""

    good: list[str] = field(default_factory=list)
    bad: list[str] = field(default_factory=list)


def verify_everything(realise: Realise) -> Findings:
    """Check what a wrong or changed byte could be in. The log comes first: the rest rests on it."""
    findings = Findings()
    with realise.read() as connection:
        verdict = seal.verify(connection)
        (findings.good if verdict.sound else findings.bad).append(str(verdict))
        if not verdict.sound:
            return findings
        _reports(realise, connection, findings)
        _evidence(connection, findings)
    different = compare(rebuilding(realise.database))
    findings.bad += different
    if not different:
        findings.good.append("The read tables are what the log gives.")
    return findings


def _reports(realise: Realise, connection: Connection, findings: Findings) -> None:
    kept = {
        (row.programme, row.month, row.edition): row
        for row in connection.execute(select(archive.report_archive))
    }
    types = STORED_NAMES.values()
    count = 0
    for recorded in realise.store.read(types=types, connection=connection):
        said = recorded.event
        name = f"The report of {said.programme} for {said.month}, edition {said.edition},"
        row = kept.pop((said.programme, str(said.month), said.edition), None)
        if row is None:
            findings.bad.append(f"{name} issued at position {recorded.position}, is not kept.")
        elif sha256(row.pdf).hexdigest() != said.pdf_sha256:
            findings.bad.append(f"{name} is not the file that was issued: its bytes have changed.")
        elif sha256(row.inputs.encode()).hexdigest() != said.inputs_sha256:
            findings.bad.append(f"{name} has other inputs than those it was issued with.")
        else:
            count += 1
    for programme, month, edition in kept:
        findings.bad.append(
            f"The report of {programme} for {month}, edition {edition}, is kept "
            "but the log does not say that it was issued."
        )
    findings.good.append(f"{count:,} issued reports are the bytes that were issued.")


def _evidence(connection: Connection, findings: Findings) -> None:
    count = 0
    for row in connection.execute(select(evidence_files)):
        if sha256(row.content).hexdigest() == row.sha256:
            count += 1
        else:
            findings.bad.append(f"The evidence file {row.sha256} has changed since it was kept.")
    findings.good.append(f"{count:,} evidence files are as they were kept.")
