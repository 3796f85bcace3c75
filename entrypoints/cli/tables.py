"""The command that asks of a printed table whether it adds up."""

import json
from dataclasses import replace
from pathlib import Path

import click

from entrypoints.cli.files import BadFile, read_file
from reports.referee import check
from reports.referee.reading import read_printed
from reports.referee.table import NotATable

LARGEST_FILE = 20_000_000
UNITS = {"pounds": 1, "thousands": 1_000, "millions": 1_000_000}
UNREADABLE = 2


@click.command("check-table")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--unit", type=click.Choice(list(UNITS)), help="What one stands for, where no heading says so."
)
@click.option("--sheet", default="", help="Which sheet of a workbook; the first unless named.")
@click.option("--allow-rounding", is_flag=True, help="What rounding explains counts as adding up.")
@click.option("--json", "as_json", is_flag=True, help="The verdict for machines.")
def check_table(
    file: Path, unit: str | None, sheet: str, *, allow_rounding: bool, as_json: bool
) -> None:
    """Does the table in FILE (CSV or XLSX) add up?

    Status 0 when it does, 1 when it does not, 2 when it cannot be read or has no total.
    """
    try:
        printed = read_printed(read_file(file, LARGEST_FILE), sheet)
    except (BadFile, NotATable) as fault:
        if as_json:
            click.echo(json.dumps({"verdict": "cannot be read", "sentence": str(fault)}))
        else:
            click.echo(str(fault), err=True)
        raise click.exceptions.Exit(UNREADABLE) from fault
    verdict = check(printed.grid, unit=UNITS[unit] if unit else None)
    verdict = replace(verdict, inferred=(*printed.inferred, *verdict.inferred))
    if as_json:
        click.echo(json.dumps(verdict.as_json(), ensure_ascii=False, indent=2))
    else:
        click.echo(verdict.as_text())
    raise click.exceptions.Exit(verdict.exit_status(allow_rounding=allow_rounding))


COMMANDS = (check_table,)
