"""The data sets as they are handed out: the full edition, and the open one for the public.

The open edition has no person, no text that people wrote but titles, and nothing that names an
exempt benefit. Things are read some at a time, so that no set is ever held whole.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any

from sqlalchemy import Column, Connection, select

from benefits.benefit import Benefit
from benefits.programme import (
    MtfsLine,
    Overlap,
    Programme,
    apply_to_mtfs_line,
    apply_to_overlap,
    apply_to_programme,
)
from benefits.refusals import NotFound
from benefits.register import tables
from benefits.standing import apply as apply_to_benefit
from entrypoints.data_out import of_benefits, of_deciding, of_programmes
from entrypoints.data_out.tables import DataSet, Field, Of
from entrypoints.exported import Sheet, Values
from eventlog.kinds import Kind
from eventlog.store import Store
from workflows import directory
from workflows.commands import Role

SETS: tuple[DataSet, ...] = (*of_benefits.SETS, *of_deciding.SETS, *of_programmes.SETS)
#: Who may take the full edition; the open one is for everybody who is signed in.
FULL = (Role.AUDITOR, Role.FINANCE, Role.PMO, Role.ADMINISTRATOR)
#: The headings of the data dictionary.
DICTIONARY = ("set", "field", "holds", "meaning")
#: How many things are read and held at a time.
_SOME = 200
_KINDS: Mapping[str, tuple[Kind, Column[Any], Column[Any]]] = {
    kind.name: (kind, table.c[key], table.c.position)
    for kind, table, key in (
        (Kind("benefit", Benefit, apply_to_benefit), tables.register, "benefit"),
        (Kind("programme", Programme, apply_to_programme), tables.programmes, "programme"),
        (Kind("overlap", Overlap, apply_to_overlap), tables.overlaps, "overlap"),
        (Kind("mtfs-line", MtfsLine, apply_to_mtfs_line), tables.mtfs_lines, "line"),
    )
}


class Edition(StrEnum):
    """Which of the two is taken."""

    FULL = "full"
    OPEN = "open"


@dataclass(frozen=True)
class Data:
    """One edition of everything, read from one moment of the database."""

    store: Store
    connection: Connection
    edition: Edition

    def rows(self, of: DataSet) -> Iterator[list[object]]:
        """The rows of a set in the order of its ``shown`` fields."""
        fields = shown(of, self.edition)
        places = [of.fields.index(field) for field in fields]
        naming = [place for place, field in enumerate(of.fields) if field.name in of.benefits]
        hidden = self._exempt() if self.edition is Edition.OPEN else frozenset()
        for thing in self._things(of.kind):
            for row in of.rows(thing):
                if not any(row[place] in hidden for place in naming):
                    yield [_value(of.fields[place], row[place]) for place in places]

    def _exempt(self) -> frozenset[str]:
        held = tables.register.c
        query = select(held.benefit).where(held.exempt)
        return frozenset(self.connection.execute(query).scalars())

    def _things(self, of: str) -> Iterator[Any]:
        if of == "people":
            yield from directory.everybody(self.connection)
            return
        kind, key, position = _KINDS[of]
        ids = list(self.connection.execute(select(key).order_by(position)).scalars())
        for start in range(0, len(ids), _SOME):
            some = ids[start : start + _SOME]
            streams = self.store.load_many(
                [f"{of}-{one}" for one in some], connection=self.connection
            )
            for one in some:
                yield kind.stand(one, streams[f"{of}-{one}"])

    def table(self, of: DataSet) -> Iterator[Values]:
        """The set with its headings first."""
        yield [field.name for field in shown(of, self.edition)]
        yield from self.rows(of)

    def json(self, of: DataSet) -> Iterator[str]:
        """The set as a JSON list of objects, in pieces: money as text with two decimals."""
        names = [field.name for field in shown(of, self.edition)]
        before = "[\n"
        for row in self.rows(of):
            said = dict(zip(names, map(_json, row), strict=True))
            yield before + json.dumps(said, ensure_ascii=False)
            before = ",\n"
        yield "]\n" if before.startswith(",") else "[]\n"

    def all_json(self) -> Iterator[str]:
        """Every set under its name, with the dictionary before them."""
        yield '{"dictionary": ' + json.dumps(list(_entries(self.edition)), ensure_ascii=False)
        for of in sets(self.edition):
            yield f",\n{json.dumps(of.name)}: "
            yield from self.json(of)
        yield "}\n"

    def sheets(self) -> Iterator[Sheet]:
        """A workbook of every set, with the dictionary on its last sheet."""
        for of in sets(self.edition):
            heads = [field.name for field in shown(of, self.edition)]
            above = (of.name, f"{of.about} Edition: {self.edition}.")
            yield Sheet(of.name, heads, self.rows(of), above)
        yield Sheet("dictionary", DICTIONARY, _meanings(self.edition), ("dictionary",))


def sets(edition: Edition) -> list[DataSet]:
    """The sets of an edition, in their order."""
    return [of for of in SETS if of.open or edition is Edition.FULL]


def named(name: str, edition: Edition) -> DataSet:
    """A set by its name. Raises ``NotFound``."""
    for of in sets(edition):
        if of.name == name:
            return of
    raise NotFound("There is no such data set in this edition.")


def shown(of: DataSet, edition: Edition) -> list[Field]:
    """The fields that an edition has."""
    return [field for field in of.fields if field.open or edition is Edition.FULL]


def dictionary(edition: Edition) -> Iterator[Values]:
    """The data dictionary as a table, a row a field, its headings first."""
    yield DICTIONARY
    yield from _meanings(edition)


def _meanings(edition: Edition) -> Iterator[list[str]]:
    for of in sets(edition):
        for field in shown(of, edition):
            yield [of.name, field.name, field.of.value, field.about]


def _entries(edition: Edition) -> Iterator[dict[str, object]]:
    return (dict(zip(DICTIONARY, row, strict=True)) for row in _meanings(edition))


def _value(field: Field, value: Any) -> object:
    """A value as a file has it: money as pounds, words for lists, nothing for what is not known."""
    match value:
        case None | "":
            return None
        case Enum():
            return str(value.value)
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        case _ if field.of is Of.POUNDS:
            return Decimal(value).scaleb(-2)
    return value


def _json(value: object) -> object:
    match value:
        case Decimal():
            return f"{value:.2f}"
        case date():
            return value.isoformat()
    return value
