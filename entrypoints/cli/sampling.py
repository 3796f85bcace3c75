"""The command that loads the sample council."""

import click

from entrypoints.cli.opening import now, opened, settings
from entrypoints.sample import NotEmpty, load, sign_ins


@click.command()
def sample() -> None:
    """Load the sample council into an empty database, and print a sign-in for each role."""
    chosen = settings()
    with opened(chosen) as realise:
        try:
            load(realise, now(), chosen.var, click.echo)
        except NotEmpty as fault:
            raise click.ClickException(str(fault)) from fault
    for line in sign_ins(chosen.var):
        click.echo(line)


COMMANDS = (sample,)
