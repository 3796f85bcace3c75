"""Commands that carry the record elsewhere and back: backups, and the log as lines of text."""

import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

import click
from sqlalchemy import Connection

from entrypoints.cli.database import say
from entrypoints.cli.opening import now, opened, settings
from entrypoints.signing_key import go_on_from
from entrypoints.verifying import (
    Findings,
    LogFault,
    Verifiers,
    check_log_within,
    verify_read_tables,
    verify_stored,
)
from entrypoints.wiring import Realise, rebuilding
from eventlog.audit import Audit
from eventlog.backup import Manifest, back_up
from eventlog.database import Database
from eventlog.exported import export_log, import_log
from eventlog.recorded import instant_text
from eventlog.restoring import restore_backup
from eventlog.schema import owning
from eventlog.signed_note import Verifier

_FILE = click.Path(path_type=Path)
_NOT_SOUND = (
    "The backup is not sound, so nothing was restored: the database is as empty as it was. Restore "
    "another backup. To look at this one, restore it with --unsound into a database that nobody "
    "works with."
)
_ALL_THE_SAME = (
    "The backup is not sound, and stands in the database all the same, as you asked. Let nobody "
    "work with it: its daily check will say the same."
)


@click.command()
@click.argument("where", type=_FILE)
def backup(where: Path) -> None:
    """Write everything that is kept to WHERE: a new file, or a file with a name of its own there.

    People may go on working: it is all of one moment. The signing key is not in it.
    """
    at = instant_text(now())
    file = where / f"realise-backup-{at[:19].replace(':', '')}Z.zip" if where.is_dir() else where
    with opened() as realise:
        keys = realise.keys()
        public = [str(one) for one in keys.verifiers] if keys else []
        made = back_up(rebuilding(realise.database), file, at, public)
    lines = sum(member.lines for member in made.members.values())
    click.echo(f"{made.position:,} events, and {lines:,} lines in all, are in {file}.")
    click.echo("It holds names, passwords’ hashes and evidence: only you may read it. Keep it so.")


@click.command()
@click.argument("file", type=_FILE)
@click.option(
    "--unsound", is_flag=True, help="Put it back although it is not sound, to be looked at."
)
def restore(file: Path, *, unsound: bool) -> None:
    """Put the backup FILE back into an empty database; all of it, or nothing.

    Everything that `realise verify` checks is checked before it stays. What is not sound is told,
    with status 1, and nothing is put back.
    """
    chosen = settings()
    if chosen.database_file is not None:
        chosen.database_file.parent.mkdir(parents=True, exist_ok=True)
    application = Database.open(chosen.database_url)
    owner = Database.open(chosen.owner_database_url)
    realise, found = Realise(application, chosen), Findings()

    def check(connection: Connection, manifest: Manifest) -> None:
        nonlocal found
        keys = realise.keys()
        known = keys.verifiers if keys else [Verifier.read(one) for one in manifest.keys]
        found = verify_stored(realise, connection, known or None)
        if found.bad and not unsound:
            found.bad.append(_NOT_SOUND)
            say(found)

    try:
        made, done = restore_backup(rebuilding(application), owner, file, check)
        click.echo(
            f"{done.events:,} events and {done.checkpoints:,} checkpoints of {made.made_at} are "
            "back, with everything beside them."
        )
        if made.keys and go_on_from(chosen.signing_key_file, made.keys):
            click.echo(
                "The signing key was not here, so there is a new one. Give its public key to those "
                "who keep checkpoints: realise checkpoint --public-key"
            )
        click.echo("Emails that waited then will be sent when the scheduler next runs.")
        if found.bad:
            found.bad.append(_ALL_THE_SAME)
        else:
            verify_read_tables(realise, found)
        say(found)
    finally:
        application.close()
        owner.close()


@click.command("export-log")
@click.argument("file", type=_FILE)
def export_command(file: Path) -> None:
    """Write the log and its checkpoints to FILE, a JSON line each.

    People, evidence and reports are not in it: `realise backup` has those.
    """
    with opened() as realise, realise.read() as connection:
        count = _write(file, export_log(connection))
    click.echo(f"{count:,} lines are in {file}. Names, evidence and reports are not in it.")


@click.command("import-log")
@click.argument("file", type=_FILE)
def import_command(file: Path) -> None:
    """Take the log of FILE into a database that was just made, with the same positions and hashes.

    People, evidence and reports are not in such a file: `realise backup` and `restore` bring those.
    """
    chosen = settings()
    with opened(chosen) as realise:
        keys = realise.keys()
        known = None if keys is None else keys.verifiers
        owner = Database.open(chosen.owner_database_url)
        try:
            with _read(file) as lines, owning(owner) as connection:
                done = import_log(rebuilding(realise.database), connection, lines, known)
                checked = _checked(connection, known)
        except UnicodeDecodeError as fault:
            raise click.ClickException(f"{file} is not text: nothing was written.") from fault
        finally:
            owner.close()
        click.echo(
            f"{done.events:,} events and {done.checkpoints:,} checkpoints, ending with {done.hash}."
        )
        click.echo(str(checked.chain))
        if not done.end_was_told:
            click.echo(
                "The file is of an older Realise and does not say how many events it holds: "
                "whether some are missing at its end cannot be told. Compare the last hash with "
                "that of the record that it was taken from."
            )
        if known is None and done.checkpoints:
            click.echo("No key is known here, so who signed the checkpoints was not looked at.")
    click.echo("People, evidence and reports were not in the file and are not here.")


def _checked(connection: Connection, known: Verifiers) -> Audit:
    """What was taken in, read again from the database before it stays there."""
    try:
        return check_log_within(connection, known)
    except LogFault as fault:
        raise LogFault(f"{fault} Nothing was written.") from fault


def _read(file: Path) -> TextIO:
    try:
        return file.open(encoding="utf-8", newline="\n")
    except OSError as fault:
        raise click.ClickException(f"{file} cannot be read: {fault.strerror}.") from fault


def _write(file: Path, lines: Iterable[str]) -> int:
    """Written whole beside its place, for its owner's eyes only; gives how many lines."""
    fresh = file.with_name(f".{file.name}.{secrets.token_hex(4)}.part")
    count = 0
    try:
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as written:
            for line in lines:
                written.write(f"{line}\n")
                count += 1
        fresh.replace(file)
    except OSError as fault:
        raise click.ClickException(f"{file} cannot be written: {fault.strerror}.") from fault
    finally:
        fresh.unlink(missing_ok=True)
    return count


COMMANDS = (backup, restore, export_command, import_command)
