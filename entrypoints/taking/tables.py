"""Kept tables of what is being taken in: uploads, named columns, and finance's ledger extracts."""

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, Table, Text

from eventlog.database import metadata

#: A file between its upload and its end. ``state`` is JSON: sheet, columns, corrections, skips.
uploads = Table(
    "uploads",
    metadata,
    Column("upload", Text, primary_key=True),
    Column("person", Text, nullable=False, index=True),
    Column("programme", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("state", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("ends_at", Text, nullable=False, index=True),
)

#: Which heading of the council's own files is which column, by what is taken in and a name.
column_mappings = Table(
    "column_mappings",
    metadata,
    Column("what", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("columns", Text, nullable=False),
    Column("saved_by", Text, nullable=False),
    Column("saved_at", Text, nullable=False),
)

#: A ledger extract as finance loaded it.
ledger_extracts = Table(
    "ledger_extracts",
    metadata,
    Column("extract", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("sha256", Text, nullable=False, unique=True),
    Column("loaded_by", Text, nullable=False),
    Column("loaded_at", Text, nullable=False),
)

#: A line of the ledger: what was taken out of a budget line in a month, in pence.
ledger_lines = Table(
    "ledger_lines",
    metadata,
    Column("line", Text, primary_key=True),
    Column("extract", Text, nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("budget_line", Text, nullable=False, index=True),
    Column("month", Text, nullable=False, index=True),
    Column("amount", BigInteger, nullable=False),
    Column("words", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("noted_by", Text, nullable=False),
)
