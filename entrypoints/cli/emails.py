"""The commands that look after emails: which could not be sent, and sending them again."""

import click

from benefits.wording.writing import count
from entrypoints.cli.opening import now, opened
from workflows import directory, outbox


@click.command("send-again")
@click.argument("emails", nargs=-1)
@click.option("--all", "every", is_flag=True, help="All that could not be sent.")
def send_again(emails: tuple[str, ...], *, every: bool) -> None:
    """Queue EMAILS (their ids) that were given up anew; without any, list those that were.

    The scheduler sends them with its next round. What was sent stays as it is.
    """
    with opened() as realise, realise.database.write() as connection:
        found = outbox.given_up(connection)
        if every or emails:
            asked = [row.message for row in found] if every else list(emails)
            unknown = sorted(set(asked) - {row.message for row in found})
            if unknown:
                raise click.ClickException(
                    f"“{unknown[0]}” is not an email that was given up: none was queued. "
                    "Without ids the command lists those that were."
                )
            queued = outbox.again(connection, asked, now())
            click.echo(f"{count(queued, 'email is', 'emails are')} queued again.")
            return
        for row in found:
            entry = directory.by_id(connection, row.recipient)
            to = entry.name if entry else directory.FORMER
            click.echo(f"{row.message}: “{row.subject}” to {to}. {row.fault}")
        if not found:
            click.echo("No email was given up.")


COMMANDS = (send_again,)
