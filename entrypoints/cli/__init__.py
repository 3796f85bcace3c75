"""The command line: ``realise``. It ends with status 0 only when what was asked was done."""

import sys

import click

from benefits.refusals import Refused
from entrypoints import logs
from entrypoints.cli import (
    checking,
    data,
    database,
    doctoring,
    emails,
    importing,
    keeping,
    ledger,
    papers,
    people,
    proving,
    reporting,
    running,
    sampling,
    showing,
    tables,
    tokens,
)
from entrypoints.settings import BadSetting
from eventlog.catalogue import UnknownEvent
from eventlog.database import DatabaseFault


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="realise")
def realise() -> None:
    """Realise: benefits realisation for councils.

    REALISE_DATABASE_URL names the database; unset, it is the file var/realise.db.
    """
    logs.configure(quiet=True)


for command in (
    *database.COMMANDS,
    *keeping.COMMANDS,
    *proving.COMMANDS,
    *showing.COMMANDS,
    *data.COMMANDS,
    *people.COMMANDS,
    *tokens.COMMANDS,
    *doctoring.COMMANDS,
    *emails.COMMANDS,
    *sampling.COMMANDS,
    *importing.COMMANDS,
    *ledger.COMMANDS,
    *reporting.COMMANDS,
    *papers.COMMANDS,
    *tables.COMMANDS,
    *checking.COMMANDS,
    *running.COMMANDS,
):
    realise.add_command(command)


def main() -> None:
    """Run a command. What cannot be done is said in a sentence, with status 1 (2 for misuse)."""
    try:
        # Not standing alone, click gives the status of an ``Exit`` back instead of ending with it.
        sys.exit(realise.main(standalone_mode=False) or 0)
    except click.ClickException as fault:
        fault.show()
        sys.exit(fault.exit_code)
    except click.Abort:
        sys.exit("Stopped.")
    except (Refused, DatabaseFault, BadSetting, UnknownEvent) as fault:
        sys.exit(str(fault))
    except BrokenPipeError:
        sys.exit(1)
    except OSError as fault:
        sys.exit(f"{fault.filename or 'The machine'}: {fault.strerror or fault}.")
