"""The command that imports a council's savings table."""

import csv
import io
from pathlib import Path

import click

from benefits.periods import FinancialYear, NotAPeriod
from benefits.refusals import Refused
from benefits.savings_table import Options, Unit
from entrypoints.cli.files import BadFile, is_old_workbook, is_workbook, read_file
from entrypoints.cli.opening import now, opened
from entrypoints.importing import Asked, Imported, NotImported, import_table
from entrypoints.wiring import Realise
from reports.referee.reading import read_printed
from reports.referee.table import NotATable
from workflows import directory
from workflows.people import SETUP

LARGEST_FILE = 5_000_000
UNITS = {unit.name.lower(): unit for unit in Unit}


def _year(
    _context: click.Context, _parameter: click.Parameter, written: str | None
) -> FinancialYear | None:
    try:
        return FinancialYear.parse(written) if written else None
    except NotAPeriod as fault:
        raise click.BadParameter(str(fault)) from fault


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--programme", required=True, help="Its name. A new one is started.")
@click.option("--first-year", callback=_year, help="Which year is year_1, such as 2023/24.")
@click.option(
    "--years",
    type=click.IntRange(1, 30),
    help="How many years a new programme plans for. Unless given, as many as the table has.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be recorded, and write nothing.")
@click.option("--update", is_flag=True, help="Record changed figures as corrections.")
@click.option("--cumulative", is_flag=True, help="Each figure holds those of the years before.")
@click.option("--savings-negative", is_flag=True, help="Savings are printed below nothing.")
@click.option("--unit", type=click.Choice(list(UNITS)), default="pounds", show_default=True)
@click.option("--years-down", is_flag=True, help="Years down the side, a theme in each column.")
@click.option("--workstream", default=Options().workstream, help="Of the themes of --years-down.")
@click.option("--by", "email", help="The e-mail address of the PMO officer who imports.")
@click.option(
    "--confirm-personal-data",
    "confirmed",
    is_flag=True,
    help="Record what looks like personal data: you have looked at it.",
)
def import_command(
    file: Path,
    programme: str,
    first_year: FinancialYear | None,
    years: int | None,
    unit: str,
    workstream: str,
    email: str | None,
    *,
    dry_run: bool,
    update: bool,
    cumulative: bool,
    savings_negative: bool,
    years_down: bool,
    confirmed: bool,
) -> None:
    """Import the savings table FILE (CSV or XLSX): all of it, or nothing and every fault.

    Importing the same file again changes nothing.
    """
    options = Options(
        first_year=first_year,
        years=years,
        unit=UNITS[unit],
        cumulative=cumulative,
        savings_negative=savings_negative,
        years_down=years_down,
        workstream=workstream,
    )
    asked = Asked(_content(file), file.name, programme, options, update)
    with opened() as realise:
        by = _actor(realise, email)
        try:
            done = import_table(
                realise, asked, by=by, at=now(), dry_run=dry_run, confirmed=confirmed
            )
        except NotImported as refused:
            for fault in refused.faults:
                click.echo(fault, err=True)
            raise click.ClickException("Nothing was recorded.") from refused
    for sentence in (*done.account, _end(done, dry_run=dry_run)):
        click.echo(sentence)


def _content(file: Path) -> bytes:
    """The file as CSV; of a workbook, its first sheet that is not hidden."""
    content = read_file(file, LARGEST_FILE)
    if is_old_workbook(content):
        raise BadFile(f"{file} is an XLS of the old kind: save it as XLSX or CSV UTF-8.")
    if not is_workbook(content):
        return content
    try:
        found = read_printed(content)
    except NotATable as fault:
        raise BadFile(f"{file}: {fault}") from fault
    written = io.StringIO()
    csv.writer(written).writerows(found.grid)
    return written.getvalue().encode()


def _actor(realise: Realise, email: str | None) -> str:
    if email is None:
        return SETUP
    with realise.read() as connection:
        found = directory.by_email(connection, email)
    if found is None or not found.active:
        raise Refused(f"Nobody with the address {email} can act here: check the address.")
    return found.person


def _end(done: Imported, *, dry_run: bool) -> str:
    if dry_run:
        return "This was a dry run: nothing was written."
    if done.written:
        return "Recorded."
    if done.changes:
        return "The same was recorded by somebody else just now: nothing was added."
    return "Nothing was written."


COMMANDS = (import_command,)
