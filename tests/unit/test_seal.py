"""The hash of a row, for ever: golden rows, and the rule read from docs/log-format.md."""

import json
from hashlib import sha256
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from eventlog.seal import BEGINNING, HASHED, Row, hash_of, verify_rows

GOLDEN = Path(__file__).parents[1] / "recorded" / "event_rows.json"
_COLUMNS = (*HASHED, "prev_hash", "hash")
_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
_VALUES = st.lists(st.none() | st.integers() | _TEXT, max_size=6)


def golden() -> list[Row]:
    """Rows that a released version has written. They are never changed, only added to."""
    return [tuple(row[name] for name in _COLUMNS) for row in json.loads(GOLDEN.read_text())]


def test_the_golden_rows_verify_as_on_the_day_they_were_written() -> None:
    verdict = verify_rows(golden())
    assert verdict.sound, verdict
    assert verdict.events == len(golden()) == 4
    assert verdict.hash == "966ebb78fe9ade6fec671fc8eb554c20d476dda4c925003c575e4320189bb28d"


def test_the_first_golden_row_hashes_by_hand() -> None:
    row = dict(zip(_COLUMNS, golden()[0], strict=True))
    written = f"64:{'0' * 64}1:1" + "".join(
        "-" if row[name] is None else f"{len(str(row[name]).encode())}:{row[name]}"
        for name in HASHED[1:]
    )
    assert sha256(written.encode()).hexdigest() == row["hash"]


def test_a_log_without_rows_is_sound() -> None:
    verdict = verify_rows([])
    assert (verdict.sound, verdict.events, verdict.hash) == (True, 0, BEGINNING)


@given(_VALUES, _VALUES)
def test_rows_with_other_values_have_other_hashes(
    one: list[int | str | None], other: list[int | str | None]
) -> None:
    # A number and its digits are the same text in the log, by design.
    same = [None if v is None else str(v) for v in one] == [
        None if v is None else str(v) for v in other
    ]
    assert (hash_of(BEGINNING, one) == hash_of(BEGINNING, other)) is same


def test_an_absent_value_is_not_a_dash() -> None:
    assert hash_of(BEGINNING, [None]) != hash_of(BEGINNING, ["-"])


def test_bytes_in_place_of_text_are_found() -> None:
    row = golden()[0]
    verdict = verify_rows([(*row[:10], b"{}", *row[11:])])  # type: ignore[arg-type]
    assert "stored as bytes" in str(verdict)
