"""Reports from the command line: drafts, issues, and what cannot be reported."""

from pathlib import Path

import pytest
from sqlalchemy import update

from benefits.commands.programme import CloseMonth, ReviewMonth, StartProgramme
from benefits.periods import FinancialYear, Month
from benefits.register import tables
from reports.contents import ReportStatus
from reports.printed import printed
from tests.command_line import Command
from tests.scenario import Scenario, begin

PASSWORD = "a long enough password"


# Reports.


def _head(council: Scenario) -> tuple[int, str]:
    return council.realise.store.head()


def test_a_draft_is_written_and_leaves_no_trace_in_the_record(
    realise: Command, council: Scenario, quick: None, tmp_path: Path
) -> None:
    before = _head(council)
    output = tmp_path / "draft.pdf"
    assert realise("report", "care closer to HOME", "2024-04", "--output", output) == 0
    assert printed(output.read_bytes()).cover.status is ReportStatus.DRAFT
    assert _head(council) == before
    assert [path.name for path in tmp_path.iterdir() if path.suffix in (".pdf", ".part")] == [
        "draft.pdf"
    ]


def test_an_exempt_draft_with_nothing_exempt_is_refused(
    realise: Command, council: Scenario, quick: None, tmp_path: Path
) -> None:
    output = tmp_path / "draft.pdf"
    words = ("report", "care", "2024-04", "--edition", "exempt", "--output", output)
    assert realise(*words) == 1
    assert "Nothing in the report of April 2024 is exempt: the public edition is" in realise.err
    assert not output.exists()


def test_a_report_is_issued_once_and_afterwards_its_archived_bytes_are_given(
    realise: Command, council: Scenario, quick: None, tmp_path: Path
) -> None:
    first, again, third = (tmp_path / f"{n}.pdf" for n in range(3))
    assert realise("report", "care", "2024-04", "--issue", "--output", first) == 0
    assert "Issued: edition 1" in realise.out
    head = _head(council)
    council.do(CloseMonth("care", Month(2024, 4)))
    council.do(ReviewMonth("care", Month(2024, 4)), by="fay")
    assert realise("report", "care", "2024-04", "--issue", "--output", again) == 0
    assert "issued already" in realise.out
    assert first.read_bytes() == again.read_bytes()
    assert _head(council)[0] == head[0] + 2
    assert realise("report", "care", "2024-04", "--reissue", "--output", third) == 1
    assert "Say why the report is issued again" in realise.err
    assert not third.exists()
    words = ("report", "care", "2024-04", "--reissue", "--reason", "The month was closed.")
    assert realise(*words, "--output", third) == 0
    assert "Issued: edition 2" in realise.out
    assert third.read_bytes() != first.read_bytes()


def test_a_report_as_it_was_known_is_made_from_that_position_of_the_log(
    realise: Command, council: Scenario, quick: None, tmp_path: Path
) -> None:
    output = tmp_path / "draft.pdf"
    position = _head(council)[0]
    council.on("2024-05-22").identified("Later homes", benefit="later")
    words = ("report", "care", "2024-04", "--output", output)
    assert realise(*words, "--as-known", "2024-05-21") == 0
    assert f"from position {position} of the log" in realise.out
    assert realise(*words, "--position", position) == 0
    assert f"from position {position} of the log" in realise.out
    assert realise(*words, "--position", position + 99) == 1
    assert f"The log ends at position {_head(council)[0]}" in realise.err
    assert realise(*words, "--as-known", "2019-01-01") == 1
    assert "no such programme at this position" in realise.err


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("Parks", "2024-04", "--issue"), 1, "There is no programme “Parks”. The programmes are:"),
        (("care", "April", "--issue"), 2, "April"),
        (("care", "2024-13", "--issue"), 2, "2024-13"),
        (("care", "9999-12", "--output", "x.pdf"), 2, "9999-12"),
        (("care", "2098-04", "--issue"), 1, "is not over yet"),
        (("care", "2098-04", "--output", "x.pdf"), 1, "has not begun"),
        (("care", "2024-04"), 2, "Say where to write the draft"),
        (("care", "2024-04", "--issue", "--position", "3"), 2, "as it stands now"),
        (("care", "2024-04", "--output", "x", "--position", "-3"), 2, "-3"),
        (("care", "2024-04", "--output", "x", "--position", "3", "--as-known", "2024-05-01"), 2,
         "not both"),
        (("care", "2024-04", "--output", "x", "--as-known", "yesterday"), 2, "yesterday"),
        (("care", "2024-04", "--reissue", "--reason", "Wrong."), 1, "has not been issued yet"),
        (("care", "2024-04", "--issue", "--reason", "Wrong."), 2, "add --reissue"),
        (("care", "2024-04", "--issue", "--output", "/nowhere/x.pdf"), 1,
         "There is no folder /nowhere"),
        (("care", "2024-04", "--issue", "--output", "/tmp"), 2, "directory"),
    ],
)  # fmt: skip
def test_what_cannot_be_reported_is_refused_in_a_sentence_and_nothing_is_issued(
    words: tuple[str, ...], status: int, said: str, realise: Command,
    migrated_sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("REALISE_DATABASE_URL", migrated_sqlite_url)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "other").mkdir()
    scenario = begin(migrated_sqlite_url, tmp_path / "other")
    before = scenario.realise.store.head()
    assert realise("report", *words) == status
    assert said in realise.err
    assert "Traceback" not in realise.err
    assert scenario.realise.store.head() == before
    scenario.realise.database.close()


def test_two_programmes_of_one_name_are_told_apart_by_their_ids(
    realise: Command, council: Scenario
) -> None:
    council.do(StartProgramme("zzz", "Another", FinancialYear(2024), 4, "main"))
    with council.realise.database.write() as connection:  # as two could at the same moment
        connection.execute(update(tables.programmes).values(title="Care closer to home"))
    assert realise("report", "Care closer to home", "2024-04", "--issue") == 1
    assert "2 programmes are called" in realise.err
    assert "care, zzz" in realise.err


def test_a_full_disk_leaves_no_half_written_file(
    realise: Command, council: Scenario, quick: None, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def full(path: Path, content: bytes) -> int:
        with path.open("wb") as half:
            half.write(content[:10])
        raise OSError(28, "No space left on device")

    output = tmp_path / "out"
    output.mkdir()
    (output / "r.pdf").write_text("The one before.")
    monkeypatch.setattr(Path, "write_bytes", full)
    assert realise("report", "care", "2024-04", "--output", output / "r.pdf") == 1
    assert "cannot be written: No space left on device." in realise.err
    assert [path.name for path in output.iterdir()] == ["r.pdf"]
    assert (output / "r.pdf").read_text() == "The one before."
