"""Commands for whoever wants proof: sign the log now, and prove what is in it."""

import json
from typing import Any

import click
from sqlalchemy import Connection

from benefits.periods import Month
from entrypoints.cli.opening import now, opened, programme_named, settings
from entrypoints.cli.reporting import month_given
from entrypoints.signing_key import signing_keys
from entrypoints.verifying import check_log
from entrypoints.wiring import Realise
from eventlog.checkpoints import Checkpoint, latest
from eventlog.proving import prove_event, prove_growth
from reports.issued import report_of


@click.command()
@click.option("--public-key", is_flag=True, help="Show the key to check it with, and make none.")
@click.option("--last", is_flag=True, help="Show the last one and make none.")
def checkpoint(public_key: bool, last: bool) -> None:
    """Check the log, sign it as it stands, and print the checkpoint.

    Whoever keeps one can tell later whether the log was changed or cut.
    """
    chosen = settings()
    if public_key:
        for verifier in signing_keys(chosen.signing_key_file).verifiers:
            click.echo(str(verifier))
        return
    with opened(chosen) as realise:
        if last:
            with realise.read() as connection:
                made = _latest(connection)
        else:
            check_log(realise)
            made = realise.checkpoint_now(now())
        click.echo(made.note, nl=False)


def _latest(connection: Connection) -> Checkpoint:
    found = latest(connection)
    if found is None:
        raise click.ClickException("There is no checkpoint yet. Run: realise checkpoint")
    return found


@click.command()
@click.argument("position", type=click.IntRange(1, 2**63 - 1), required=False)
@click.option(
    "--report",
    nargs=2,
    metavar="PROGRAMME MONTH",
    help="The last edition of a month's report, and that the log has only grown since.",
)
def prove(position: int | None, report: tuple[str, str] | None) -> None:
    """Prove, as JSON, that the event at POSITION is in the log: no other event is needed for it.

    `realise_verify.py --proof FILE --key PUBLIC-KEY` checks it, on any machine.
    """
    if (position is None) == (report is None):
        raise click.UsageError("Give a POSITION, or --report PROGRAMME MONTH.")
    with opened() as realise:
        key = None if report is None else _report_key(realise, *report)
        with realise.read() as connection:
            last = _latest(connection)
            if key is not None:
                found = _of_report(realise, connection, key, last)
            else:
                assert position is not None
                found = prove_event(connection, position, last)
    click.echo(json.dumps(found, ensure_ascii=False, indent=1))


def _report_key(realise: Realise, programme: str, month: str) -> str:
    chosen: Month = month_given(None, None, month)
    return report_of(programme_named(realise, programme), chosen)


def _of_report(
    realise: Realise, connection: Connection, key: str, last: Checkpoint
) -> dict[str, Any]:
    editions = realise.store.load(f"report-{key}", connection=connection)
    if not editions:
        raise click.ClickException("That report has not been issued: there is nothing to prove.")
    found = prove_event(connection, editions[-1].position, last)
    made_from = latest(connection, editions[-1].event.position)
    if made_from is not None:
        found.update(prove_growth(connection, made_from, last))
    return found


COMMANDS = (checkpoint, prove)
