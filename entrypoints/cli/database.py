"""Commands that make, check and rebuild the database."""

import click

from entrypoints.cli.opening import opened, settings
from entrypoints.verifying import Findings, verify_everything
from entrypoints.wiring import rebuilding
from eventlog.database import Database, NotInitialised
from eventlog.replay import rebuild
from eventlog.schema import revision_of, upgrade


@click.command()
def init() -> None:
    """Make the database, or bring it up to date."""
    chosen = settings()
    if chosen.database_file is not None:
        chosen.database_file.parent.mkdir(parents=True, exist_ok=True)
    before = _revision(chosen.database_url)
    upgrade(chosen.database_url, chosen.owner_database_url)
    if before not in (None, _revision(chosen.database_url)):
        # A change to the read tables leaves them to be filled from the log.
        with opened(chosen) as realise:
            rebuild(rebuilding(realise.database))
        click.echo("The read tables are made again from the log.")
    click.echo("The database is ready.")


def _revision(url: str) -> str | None:
    """Which version the tables are of; None when there are none."""
    database = Database.open(url)
    try:
        with database.read() as connection:
            return revision_of(connection)
    except NotInitialised:
        return None
    finally:
        database.close()


@click.command()
def verify() -> None:
    """Check every row of the log, its checkpoints, the read tables, the reports and the evidence.

    Names the first row that fails. Status 1 when anything does.
    """
    with opened() as realise:
        findings = verify_everything(realise)
    say(findings)


def say(findings: Findings) -> None:
    """Tell what holds and what does not; status 1 when anything does not."""
    for sentence in findings.good:
        click.echo(sentence)
    for sentence in findings.bad:
        click.echo(sentence, err=True)
    if findings.bad:
        raise click.exceptions.Exit(1)


@click.command("rebuild")
def rebuild_command() -> None:
    """Make the read tables again from the log, while people go on working."""
    with opened() as realise:
        last = -1

        def tell(done: int, of: int) -> None:
            nonlocal last
            share = 100 * done // of if of else 100
            if share >= last + 10 or done == of:
                click.echo(f"{done:,} of {of:,} events")
                last = share

        position = rebuild(rebuilding(realise.database), tell)
    click.echo(f"The read tables stand at position {position:,} of the log.")


COMMANDS = (init, verify, rebuild_command)
