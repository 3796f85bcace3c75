"""The command that makes a month's report."""

import os
import secrets
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path

import click

from benefits.periods import Month, NotAPeriod
from benefits.wording.writing import month as month_words
from entrypoints.cli.opening import Day, now, opened, programme_named
from entrypoints.flagged import in_text
from entrypoints.wiring import Realise
from reports.calendar import LONDON
from reports.issued import Circulation
from workflows.people import SETUP


def month_given(
    _context: click.Context | None, _parameter: click.Parameter | None, written: str
) -> Month:
    """A month as it is written on the command line, such as ``2024-10``."""
    try:
        return Month.parse(written)
    except NotAPeriod as fault:
        raise click.BadParameter(str(fault)) from fault


@click.command()
@click.argument("programme")
@click.argument("month", callback=month_given)
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="Where to write it."
)
@click.option("--issue", is_flag=True, help="Issue it: archive it and queue the emails.")
@click.option("--reissue", is_flag=True, help="Replace the issued one. Needs --reason.")
@click.option("--reason", default="", help="Why it is issued again.")
@click.option(
    "--confirm-personal-data",
    "confirmed",
    is_flag=True,
    help="Print the reason although it looks like personal data.",
)
@click.option("--as-known", "known", type=Day(), help="At the end of a day.")
@click.option(
    "--edition",
    type=click.Choice([one.value for one in Circulation]),
    default=Circulation.PUBLIC.value,
    show_default=True,
    help="For the public, or with what is exempt. Issuing makes both where anything is.",
)
@click.option("--position", type=click.IntRange(min=0), help="A position of the log.")
def report(
    programme: str,
    month: Month,
    output: Path | None,
    issue: bool,
    reissue: bool,
    reason: str,
    confirmed: bool,
    known: date | None,
    edition: str,
    position: int | None,
) -> None:
    """Make the report of PROGRAMME (its name) for MONTH (such as 2024-10).

    Without --issue it is a DRAFT from the log as it stands, and nothing is written to the log.
    """
    issuing = issue or reissue
    _sort_out(output, known, position, reason, issuing=issuing, reissue=reissue)
    if reason and not confirmed and (personal := in_text(reason)):
        raise click.ClickException(f"{personal} Or add --confirm-personal-data.")
    with opened() as realise:
        chosen = programme_named(realise, programme)
        if issuing:
            pdf = _issue(realise, chosen, month, reason, reissue, Circulation(edition))
        else:
            if known is not None:
                position = _position_at(realise, known)
            made = realise.reports.draft(
                chosen,
                month,
                by=SETUP,
                at=now(),
                position=position,
                progress=_tell,
                circulation=Circulation(edition),
            )
            click.echo(f"A draft of {made.pages} pages, from position {made.position} of the log.")
            pdf = made.pdf
    if output is not None:
        write(output, pdf)


def _sort_out(
    output: Path | None,
    known: date | None,
    position: int | None,
    reason: str,
    *,
    issuing: bool,
    reissue: bool,
) -> None:
    """Refuse what does not go together, and a place that could not be written to afterwards."""
    if issuing and not (known is None and position is None):
        raise click.UsageError("A report is issued from the log as it stands now.")
    if known is not None and position is not None:
        raise click.UsageError("Give --as-known or --position, not both.")
    if reason and not reissue:
        raise click.UsageError("A reason is for a report that is issued again: add --reissue.")
    if output is not None:
        can_write(output)
    elif not issuing:
        raise click.UsageError("Say where to write the draft: --output FILE.")


def _issue(
    realise: Realise,
    programme: str,
    month: Month,
    reason: str,
    reissue: bool,
    edition: Circulation,
) -> bytes:
    done = realise.reports.issue(
        programme, month, by=SETUP, at=now(), reason=reason, reissue=reissue, progress=_tell
    )
    kept = done.archived if edition is Circulation.PUBLIC else done.exempt
    if kept is None:
        raise click.ClickException(
            f"The report was issued for the public only: nothing in {month_words(month)} is exempt."
        )
    if done.fresh:
        click.echo(
            f"Issued: edition {kept.edition}, {kept.pages} pages, SHA-256 {kept.pdf_sha256}."
        )
    else:
        click.echo(
            f"It was issued already, at {kept.issued_at:%Y-%m-%d %H:%M} UTC, as edition "
            f"{kept.edition}. This is the archived file; --reissue with --reason replaces it."
        )
    return kept.pdf


def _tell(step: str) -> None:
    click.echo(step, err=True)


def _position_at(realise: Realise, day: date) -> int:
    """The last position of the log recorded by the end of a day in London."""
    return realise.position_at(end_of_day(day))


def end_of_day(day: date) -> datetime:
    """The instant at which a day in London is over."""
    return datetime.combine(day + timedelta(days=1), time(), LONDON)


def can_write(output: Path) -> None:
    """Refuse before a report is made, or even issued, that could then not be written."""
    folder = output.absolute().parent
    if not folder.is_dir():
        raise click.ClickException(f"There is no folder {folder}: make it, or name another.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise click.ClickException(f"You may not write to the folder {folder}: name another.")


def write(output: Path, pdf: bytes) -> None:
    """Written whole beside its place first, so that nobody finds half a file."""
    fresh = output.with_name(f".{secrets.token_hex(8)}.part")
    try:
        fresh.write_bytes(pdf)
        fresh.replace(output)
    except OSError as fault:
        raise click.ClickException(f"{output} cannot be written: {fault.strerror}.") from fault
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
    click.echo(f"Written to {output}.")


COMMANDS = (report,)
