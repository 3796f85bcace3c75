"""A file between its upload and its end: kept in the database, for one person, for a day."""

import json
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, delete, func, insert, select, update

from benefits.refusals import NotFound, Refused
from entrypoints.taking.tables import column_mappings, uploads

KEPT_FOR = timedelta(hours=24)
LARGEST, MOST_OF_A_PERSON = 5_000_000, 20


@dataclass(frozen=True, slots=True)
class Upload:
    """A kept file. ``columns`` give each known column its heading; ``cells`` are corrections by
    ``row:column``; ``skipped`` are rows left out (both count rows of the sheet from 1).
    """

    upload: str
    person: str
    programme: str
    what: str
    name: str
    content: bytes
    sheet: str = ""
    columns: dict[str, str] | None = None
    cells: dict[str, str] = field(default_factory=dict)
    skipped: tuple[int, ...] = ()

    @property
    def digest(self) -> str:
        return sha256(self.content).hexdigest()


def keep(connection: Connection, one: Upload, at: datetime) -> None:
    """Keep a new upload; whatever is past its day is thrown away. Raises ``Refused``."""
    if not one.content:
        raise Refused("The file is empty. Choose it again.")
    if len(one.content) > LARGEST:
        raise Refused(f"The file is larger than {LARGEST // 1_000_000} MB: save the table alone.")
    connection.execute(delete(uploads).where(uploads.c.ends_at < at.isoformat()))
    mine = select(func.count()).select_from(uploads).where(uploads.c.person == one.person)
    if connection.execute(mine).scalar_one() >= MOST_OF_A_PERSON:
        raise Refused("You have many files that are not finished: finish or discard some first.")
    connection.execute(
        insert(uploads).values(
            upload=one.upload,
            person=one.person,
            programme=one.programme,
            what=one.what,
            name=one.name[:150],
            content=one.content,
            state=_state(one),
            made_at=at.isoformat(),
            ends_at=(at + KEPT_FOR).isoformat(),
        )
    )


def change(connection: Connection, one: Upload) -> None:
    """Keep what the person has settled so far."""
    connection.execute(
        update(uploads).where(uploads.c.upload == one.upload).values(state=_state(one))
    )


def discard(connection: Connection, upload: str) -> None:
    """Throw an upload away: it is taken in, or not wanted."""
    connection.execute(delete(uploads).where(uploads.c.upload == upload))


def fetch(connection: Connection, upload: str, person: str, at: datetime) -> Upload:
    """One's own upload. Raises ``NotFound`` for another's, and once its day is over."""
    row = connection.execute(
        select(uploads).where(
            uploads.c.upload == upload,
            uploads.c.person == person,
            uploads.c.ends_at > at.isoformat(),
        )
    ).first()
    if row is None:
        raise NotFound("This file is no longer kept: it is taken in or a day old. Upload it again.")
    found = Upload(row.upload, row.person, row.programme, row.what, row.name, bytes(row.content))
    held = json.loads(row.state)
    return replace(found, **{**held, "skipped": tuple(held["skipped"])})


def _state(one: Upload) -> str:
    return json.dumps(
        {
            "sheet": one.sheet,
            "columns": one.columns,
            "cells": one.cells,
            "skipped": list(one.skipped),
        }
    )


def mappings(connection: Connection, what: str) -> dict[str, dict[str, str]]:
    """The saved mappings of columns for one sort of file, by name."""
    rows = connection.execute(
        select(column_mappings.c.name, column_mappings.c.columns)
        .where(column_mappings.c.what == what)
        .order_by(column_mappings.c.name)
    )
    return {row.name: json.loads(row.columns) for row in rows}


def save_mapping(
    connection: Connection, what: str, name: str, columns: dict[str, str], by: str, at: datetime
) -> None:
    """Save a mapping under a name, in place of an earlier one of that name."""
    key = (column_mappings.c.what == what) & (column_mappings.c.name == name)
    connection.execute(delete(column_mappings).where(key))
    connection.execute(
        insert(column_mappings).values(
            what=what,
            name=name,
            columns=json.dumps(columns),
            saved_by=by,
            saved_at=at.isoformat(),
        )
    )
