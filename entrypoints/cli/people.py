"""Commands for the first people of a new council; later ones are added on the pages."""

import click

from entrypoints.cli.opening import now, opened
from entrypoints.joining import add_person
from workflows.commands import Role


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


COMMANDS = (add,)
