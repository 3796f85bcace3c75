"""The command that looks over a set-up."""

import click

from entrypoints.cli.opening import now, settings
from entrypoints.doctor import look_over


@click.command()
def doctor() -> None:
    """Look over this set-up and say in sentences what is wrong. Status 1 when anything is."""
    found = look_over(settings(), now)
    for sentence in found.well:
        click.echo(f"Well: {sentence}")
    for sentence in found.weak:
        click.echo(f"Weak: {sentence}")
    for sentence in found.wrong:
        click.echo(f"Wrong: {sentence}", err=True)
    if found.wrong:
        raise click.exceptions.Exit(1)
    click.echo("Nothing is wrong.")


COMMANDS = (doctor,)
