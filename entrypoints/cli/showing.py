"""The command that shows a read table as it stands, or as it was known then."""

from datetime import date

import click
from sqlalchemy import select

from entrypoints.cli.opening import Day, opened
from entrypoints.cli.reporting import end_of_day
from entrypoints.exported import csv_of
from entrypoints.wiring import rebuilding
from eventlog.as_known import as_known


@click.command()
@click.argument("table")
@click.option("--as-known", "known", type=Day(), help="At the end of a day.")
@click.option("--position", type=click.IntRange(min=0), help="After this position of the log.")
def show(table: str, known: date | None, position: int | None) -> None:
    """Print a read table, such as `register` or `cases`, as CSV: now, or as it was known then.

    It is worked out from the log, so the answer is what the record said at that moment.
    """
    if known is not None and position is not None:
        raise click.UsageError("Give --as-known or --position, not both.")
    with opened() as realise:
        store = rebuilding(realise.database)
        tables = {one.name: one for projection in store.projections for one in projection.tables}
        if table not in tables:
            raise click.UsageError(f"There is no table {table}. There are: {', '.join(tables)}.")
        if known is not None:
            position = realise.position_at(end_of_day(known))
        upto = store.head()[0] if position is None else position
        with as_known(store, upto) as connection:
            chosen = tables[table]
            rows = connection.execute(select(chosen).order_by(*chosen.primary_key)).all()
    click.echo(csv_of([chosen.c.keys(), *map(tuple, rows)]), nl=False)


COMMANDS = (show,)
