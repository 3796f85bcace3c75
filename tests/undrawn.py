"""Reports whose figures are worked out in full and printed as one short page: drawing takes long.

The file is a PDF with all that is attached to a report, so that what reads it finds its figures.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reports import pdf
from reports.attachments import to_csv, to_json
from reports.contents import ReportContents
from reports.drawing import Sheet, draw
from reports.references import check_references

_SHORT = "<html lang=en><title>Report</title>"


@contextmanager
def undrawn() -> Iterator[None]:
    """No report is drawn within."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "render", short)
        yield


def short(contents: ReportContents, _: object, fonts_dir: Path, *__: object) -> bytes:
    """In place of ``pdf.render``."""
    check_references(contents)
    attached = (
        ("figures.csv", to_csv(contents).decode(), "Every figure"),
        ("report.json", to_json(contents).decode(), "All that the report prints"),
    )
    return draw(Sheet(_SHORT, contents.cover.issued_at, attached), fonts_dir)
