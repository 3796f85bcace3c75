"""Commands for the first people of a new council; later ones are added on the pages."""

import json

import click

from benefits.refusals import NotFound
from entrypoints import access_record, personal, second_factor, sessions
from entrypoints.access_record import What
from entrypoints.cli.opening import now, opened
from entrypoints.exported import csv_of
from entrypoints.joining import add_person
from workflows import directory
from workflows.commands import Role
from workflows.people import SETUP


@click.command("add-person")
@click.argument("name")
@click.argument("email")
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice([role.name.lower() for role in Role]),
    help="May be given several times.",
)
@click.option("--post", default="", help="Their job, as people know it.")
@click.password_option(help="Asked for when it is not given.")
def add(name: str, email: str, roles: tuple[str, ...], post: str, password: str) -> None:
    """Add a person who can sign in."""
    chosen = [Role[role.upper()] for role in roles]
    with opened() as realise:
        add_person(realise, name, email, post, password, chosen, now())
    click.echo(f"{name} can sign in as {email}.")


@click.command("subject-access")
@click.argument("email")
@click.option("--csv", "as_csv", is_flag=True, help="As CSV, for people; else as JSON.")
def subject_access(email: str, as_csv: bool) -> None:
    """Everything that the record holds of the person with this EMAIL address."""
    with opened() as realise, realise.read() as connection:
        entry = directory.by_email(connection, email)
        if entry is None:
            raise NotFound("There is nobody with this address in the directory.")
        found = personal.held_of(connection, entry.person)
    if as_csv:
        click.echo(
            csv_of([personal.HEADINGS, *personal.lines(found)]).removeprefix("\ufeff"), nl=False
        )
    else:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1, default=str))


@click.command("erase-person")
@click.argument("email")
@click.confirmation_option(prompt="The name and address are gone for good. Go on?")
def erase(email: str) -> None:
    """Erase the person with this EMAIL address from all but the log and issued reports."""
    with opened() as realise:
        with realise.read() as connection:
            entry = directory.by_email(connection, email)
        if entry is None:
            raise NotFound("There is nobody with this address in the directory.")
        personal.erase(realise, entry.person, by=SETUP)
    click.echo("Erased. The story says “a former member of staff” from now on.")


@click.command("reset-second-factor")
@click.argument("email")
def reset_second_factor(email: str) -> None:
    """Take away the second factor of the person with this EMAIL address, who lost it."""
    with opened() as realise, realise.database.write() as connection:
        entry = directory.by_email(connection, email)
        if entry is None:
            raise NotFound("There is nobody with this address in the directory.")
        second_factor.remove(connection, entry.person)
        sessions.end_all(connection, entry.person, now())
        access_record.add(connection, now(), What.FACTOR_RESET, SETUP, entry.person)
    click.echo(f"{entry.name} signs in by the password alone, and can set up another.")


COMMANDS = (add, subject_access, erase, reset_second_factor)
