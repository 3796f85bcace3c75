"""The command that works out a report's figures again from an exported log."""

import json
from pathlib import Path

import click

from entrypoints.cli.files import BadFile, read_file
from entrypoints.wiring import KINDS, catalogue
from eventlog.read_export import ExportedLog, NotALog, read_export
from reports.attached import NotAReport, attached
from reports.report_verified import ReportVerdict, verify_report

LARGEST_PDF, LARGEST_LOG = 200_000_000, 4_000_000_000
UNREADABLE = 2


@click.command("verify-report")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--log",
    "log_file",
    required=True,
    type=click.Path(path_type=Path),
    help="The exported log (realise export-log), of the same events or more.",
)
@click.option("--json", "as_json", is_flag=True, help="The verdict for machines.")
def verify_report_command(file: Path, log_file: Path, *, as_json: bool) -> None:
    """Does every figure of the report in FILE (PDF) follow from the log? No database is needed.

    Status 0 when all do, 1 when one does not, 2 when a file cannot be read.
    """
    try:
        verdict = verify_report(
            attached(read_file(file, LARGEST_PDF)), _log(read_file(log_file, LARGEST_LOG)), KINDS
        )
    except (BadFile, NotALog, NotAReport) as fault:
        if as_json:
            click.echo(json.dumps({"holds": None, "sentence": str(fault)}, ensure_ascii=False))
        click.echo(str(fault), err=True)
        raise click.exceptions.Exit(UNREADABLE) from fault
    if as_json:
        click.echo(json.dumps(verdict.as_json(), ensure_ascii=False, indent=2))
    else:
        _say(verdict)
    if not verdict.holds:
        raise click.exceptions.Exit(1)


def _log(content: bytes) -> ExportedLog:
    try:
        lines = content.decode("utf-8").removesuffix("\n").split("\n")
    except UnicodeDecodeError as fault:
        raise NotALog(
            "The file is not a log: it is not text. Export it with: realise export-log"
        ) from fault
    return read_export(lines, catalogue())


def _say(verdict: ReportVerdict) -> None:
    for sentence in verdict.faults:
        click.echo(sentence)
    for one in verdict.differences:
        click.echo(f"Does not hold. {one}")
    if verdict.holds:
        click.echo(f"Every figure holds: {verdict.figures:,} follow from the log.")


COMMANDS = (verify_report_command,)
