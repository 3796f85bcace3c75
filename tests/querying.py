"""How many statements a piece of work sends to the database."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from eventlog.driver import Driver


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement that this process sends meanwhile, by an engine or by the driver itself."""
    sent: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        sent.append(statement)

    straight = Driver.rows

    def rows(driver: Driver, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        if not statement.startswith(("BEGIN", "COMMIT")):
            sent.append(statement)
        return straight(driver, statement, values)

    straight_run = Driver.run

    def run(driver: Driver, statement: str, many: Sequence[Sequence[Any]] = ((),)) -> None:
        sent.append(statement)
        straight_run(driver, statement, many)

    event.listen(Engine, "before_cursor_execute", note)
    Driver.run = run  # type: ignore[assignment, method-assign]
    Driver.rows = rows  # type: ignore[assignment, method-assign]
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)
        Driver.rows, Driver.run = straight, straight_run  # type: ignore[method-assign]
