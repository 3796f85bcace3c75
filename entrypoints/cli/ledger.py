"""The command that loads a ledger extract, for those who send it by a program."""

from pathlib import Path

import click

from benefits.refusals import Refused
from benefits.wording.writing import count
from entrypoints.cli.files import read_file
from entrypoints.cli.opening import now, opened
from entrypoints.taking import uploads
from entrypoints.taking.loading import LedgerNotLoaded, load_ledger
from workflows import directory


@click.command("load-ledger")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--by", "email", required=True, help="The e-mail address of who loads it (finance).")
@click.option("--sheet", default="", help="Which sheet of a workbook; the first unless named.")
@click.option("--dry-run", is_flag=True, help="Say what would be loaded, and keep nothing.")
def load_ledger_command(file: Path, email: str, sheet: str, *, dry_run: bool) -> None:
    """Load the ledger extract FILE (CSV or XLSX): all of it, or nothing and every fault.

    Its columns are budget line, month, amount and, if there is one, description, under those
    names or the ones saved on the ledger's page. A line that is loaded already is not loaded twice.
    """
    content = read_file(file, uploads.LARGEST)
    with opened() as realise:
        with realise.read() as connection:
            found = directory.by_email(connection, email)
        if found is None or not found.active:
            raise Refused(f"Nobody with the address {email} can act here: check the address.")
        try:
            done = load_ledger(
                realise, content, file.name, found.person, now(), sheet=sheet, dry_run=dry_run
            )
        except LedgerNotLoaded as refused:
            for fault in refused.faults:
                click.echo(fault, err=True)
            raise click.ClickException("Nothing was loaded.") from refused
    click.echo(f"{count(done.new, 'line')} new, {done.known} loaded already.")
    if dry_run:
        click.echo("This was a dry run: nothing was kept.")


COMMANDS = (load_ledger_command,)
