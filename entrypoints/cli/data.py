"""The command that writes everything on the record as files for other programs."""

from collections.abc import Iterable
from pathlib import Path

import click

from entrypoints.cli.opening import opened
from entrypoints.data_out.editions import Data, Edition, dictionary, sets
from entrypoints.exported import csv_lines, workbook


@click.command("data-out")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--open", "public", is_flag=True, help="The open edition, which may be published.")
def data_out(folder: Path, *, public: bool) -> None:
    """Write everything into DIR, as CSV, JSON and one workbook, with the data dictionary.

    Unless you say --open, people, free text and exempt benefits are in it.
    """
    edition = Edition.OPEN if public else Edition.FULL
    folder.mkdir(parents=True, exist_ok=True)
    with opened() as realise, realise.read() as connection:
        data = Data(realise.store, connection, edition)
        for of in sets(edition):
            _write(folder / f"{of.name}.csv", csv_lines(data.table(of)))
            _write(folder / f"{of.name}.json", data.json(of))
        _write(folder / "data-dictionary.csv", csv_lines(dictionary(edition)))
        with (folder / "everything.xlsx").open("wb") as stream:
            workbook(stream, data.sheets())
    click.echo(f"The {edition} edition is in {folder}: {len(sets(edition))} data sets.")


def _write(path: Path, pieces: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(pieces)


COMMANDS = (data_out,)
