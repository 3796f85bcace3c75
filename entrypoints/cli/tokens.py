"""Commands for tokens: what programs come in with, for people and for services."""

import click

from benefits.refusals import NotFound, Refused
from benefits.wording.writing import instant
from entrypoints import tokens
from entrypoints.cli.opening import now, opened
from entrypoints.joining import add_person
from entrypoints.tokens import LONGEST_DAYS, Scope, Token
from entrypoints.wiring import Realise
from workflows import directory
from workflows.commands import Role
from workflows.people import SETUP

SERVICE = "Service account"


@click.group()
def token() -> None:
    """Tokens by which programs come in."""


@token.command()
@click.option("--person", "email", help="The e-mail address of the person that it acts as.")
@click.option("--service", help="The name of the service account; made when it is not there.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice([role.name.lower() for role in Role]),
    help="Of a new service account. May be given several times.",
)
@click.option("--name", required=True, help="What it is for.")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    required=True,
    type=click.Choice([scope.value for scope in Scope]),
    help="May be given several times.",
)
@click.option("--days", default=90, show_default=True, type=click.IntRange(1, LONGEST_DAYS))
def add(
    email: str | None,
    service: str | None,
    roles: tuple[str, ...],
    name: str,
    scopes: tuple[str, ...],
    days: int,
) -> None:
    """Make a token and show it, this once."""
    if (email is None) == (service is None):
        raise click.UsageError("Say --person or --service: whom the token acts as.")
    with opened() as realise:
        if email is not None:
            person = _person(realise, email)
        else:
            person = _service(realise, str(service), [Role[role.upper()] for role in roles])
        chosen = {Scope(scope) for scope in scopes}
        with realise.database.write() as connection:
            secret, made = tokens.make(connection, person, name, chosen, days, SETUP, now())
    click.echo(secret)
    click.echo(f"It is not shown again. It ends {instant(made.ends_at)}.", err=True)


def _person(realise: Realise, email: str) -> str:
    with realise.read() as connection:
        found = directory.by_email(connection, email)
    if found is None or not found.active:
        raise NotFound(f"Nobody with the address {email} can act here: check the address.")
    return found.person


def _service(realise: Realise, name: str, roles: list[Role]) -> str:
    """The service account of this name: somebody without an address, who cannot sign in."""
    with realise.read() as connection:
        known = [each for each in directory.everybody(connection) if each.name == name.strip()]
    services = [each for each in known if each.email is None and each.post == SERVICE]
    if services and roles:
        raise Refused(f"“{name}” is there already. Its roles are changed on the people page.")
    if services:
        return services[0].person
    if known:
        raise Refused(f"“{name}” is a person's name. Give the service account another.")
    return add_person(realise, name, None, SERVICE, None, roles, now())


@token.command("list")
def listed() -> None:
    """Every token, the newest first: whom it acts as, what it may do and when it ends."""
    with opened() as realise, realise.read() as connection:
        names = directory.names(connection)
        for each in tokens.listed(connection):
            click.echo(_line(each, names.get(each.person, directory.FORMER)))


def _line(each: Token, person: str) -> str:
    scopes = ", ".join(scope.value for scope in Scope if scope in each.scopes)
    used = f"last used {instant(each.last_used_at)}" if each.last_used_at else "not used yet"
    if each.revoked_at:
        ends = f"ended by hand {instant(each.revoked_at)}"
    else:
        ends = f"{'ends' if each.lives(now()) else 'ended'} {instant(each.ends_at)}"
    return f"{each.token}  {each.prefix}…  {person}  “{each.name}”  {scopes}  {ends}  {used}"


@token.command()
@click.argument("token")
def revoke(token: str) -> None:
    """End a token, by its id or by how it begins, as `token list` shows them."""
    with opened() as realise:
        with realise.read() as connection:
            wanted = token.rstrip("…")
            found = [
                each
                for each in tokens.listed(connection)
                if wanted in (each.token, each.prefix) and each.revoked_at is None
            ]
        if len(found) != 1:
            raise NotFound("No one living token is called that. `realise token list` lists them.")
        with realise.database.write() as connection:
            tokens.revoke(connection, found[0].token, now())
    click.echo(f"“{found[0].name}” is ended: programs that use it are refused from now on.")


COMMANDS = (token,)
