"""The figures that travel with the report are exact, complete and always the same bytes."""

import csv
import io
import json
from dataclasses import replace

from reports.attachments import HEADINGS, to_csv, to_json
from tests.example_report import empty, example


def rows(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_figures_are_exact_pounds_and_name_section_basis_row_and_reference() -> None:
    lines = rows(to_csv(example()))
    assert tuple(lines[0]) == HEADINGS
    found = [
        line["pounds"]
        for line in lines
        if (line["table"], line["row"], line["figure"])
        == ("Plan year 2024/25", "Adult Social Care", "Slipped to later years")
    ]
    assert found == ["640000.00"]
    assert any(line["pounds"] == "-250000.00" and line["reference"] == "F6" for line in lines)


def test_the_rows_of_a_table_still_add_up_when_somebody_adds_the_file() -> None:
    lines = [line for line in rows(to_csv(example())) if line["table"] == "Plan year 2024/25"]
    workstreams = [x for x in lines if x["section"] == "Planned and realised"]
    for figure in ("Current plan", "Verified", "Will not be delivered"):
        column = [line for line in workstreams if line["figure"] == figure]
        by_workstream = [x for x in column if x["row"] == "All workstreams"]
        assert len(by_workstream) == 1
        named = ("Adult Social Care", "Procurement and Contracts", "Estates Rationalisation",
                 "Digital and Customer Access", "Special Educational Needs Transport")  # fmt: skip
        parts = sum(float(x["pounds"]) for x in column if x["row"] in named)
        assert parts == float(by_workstream[0]["pounds"])


def test_words_that_a_spreadsheet_would_run_are_made_harmless() -> None:
    report = example()
    entry = replace(report.appendix.benefits[0], workstream="=HYPERLINK(1)", name="@cmd")
    appendix = replace(report.appendix, benefits=(entry,))
    lines = [
        line
        for line in rows(to_csv(replace(report, appendix=appendix)))
        if line["section"] == "Benefits"
    ]
    assert lines
    assert all(line["table"] == "'=HYPERLINK(1)" for line in lines)
    assert all(line["row"].startswith("'@cmd") for line in lines)


def test_the_json_holds_everything_with_amounts_in_pence_and_instants_in_utc() -> None:
    whole = json.loads(to_json(example()))
    report = whole["report"]
    assert whole["amounts"] == "whole pence"
    assert report["cover"]["issued_at"] == "2024-11-05T08:30:00Z"
    assert report["cover"]["month"] == "2024-10"
    assert report["cover"]["status"] == "Issued"
    assert report["planned"]["year"] == "2024/25"
    assert report["planned"]["by_fund"][0]["total"]["current_plan"] == 889_000_000
    assert report["measures"][0]["baseline"] == "78.4"
    assert report["milestones"]["slipped"][0]["planned"] == "2025-03-31"


def test_the_same_contents_give_the_same_bytes() -> None:
    assert to_json(example()) == to_json(example())
    assert to_csv(example()) == to_csv(example())
    assert to_csv(empty())
    assert to_json(empty()) != to_json(example())
