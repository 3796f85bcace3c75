"""Commands that make papers for the board: a case's gate pack, a decision's certificate."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import click

from entrypoints.cli.opening import now, opened
from entrypoints.cli.reporting import can_write, write
from entrypoints.here import Realise
from entrypoints.papers import certificate_of, gate_pack
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


def _make(
    compose: Callable[[Realise, str, str, datetime], Paper], about: str, output: Path
) -> None:
    from reports.pdf import render_paper

    can_write(output)
    with opened() as realise:
        paper = compose(realise, about, SETUP, now())
        fonts = realise.settings.static_folder.parent / "fonts"
        write(output, render_paper(paper, fonts))


COMMANDS = (pack_command, certificate_command)
