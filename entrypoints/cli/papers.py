"""Commands that make papers for the board: gate packs, certificates, papers and minutes."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import click

from entrypoints.cli.opening import now, opened
from entrypoints.cli.reporting import can_write, write
from entrypoints.here import Realise
from entrypoints.meeting_papers import meeting_pack, minutes
from entrypoints.papers import certificate_of, gate_pack, printed
from reports.papers import Paper
from workflows.people import SETUP

_OUTPUT = click.option(
    "--output", required=True, type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write the PDF.",
)  # fmt: skip


@click.command("gate-pack")
@click.argument("case")
@_OUTPUT
def pack_command(case: str, output: Path) -> None:
    """Make the gate pack of CASE, with the votes so far, as a PDF."""
    _make(gate_pack, case, output)


@click.command("certificate")
@click.argument("case")
@_OUTPUT
def certificate_command(case: str, output: Path) -> None:
    """Make the certificate of the board's decision on CASE as a PDF."""
    _make(certificate_of, case, output)


@click.command("meeting-papers")
@click.argument("meeting")
@_OUTPUT
def meeting_papers_command(meeting: str, output: Path) -> None:
    """Make the papers of MEETING: its agenda, and the gate pack of each case in order."""
    _make(meeting_pack, meeting, output)


@click.command("minutes")
@click.argument("meeting")
@_OUTPUT
def minutes_command(meeting: str, output: Path) -> None:
    """Make the draft minutes of MEETING as a PDF."""
    _make(minutes, meeting, output)


def _make(
    compose: Callable[[Realise, str, str, datetime], Paper], about: str, output: Path
) -> None:
    can_write(output)
    with opened() as realise:
        paper = compose(realise, about, SETUP, now())
        write(output, printed(paper, realise.settings))


COMMANDS = (pack_command, certificate_command, meeting_papers_command, minutes_command)
