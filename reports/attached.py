"""Takes the figures out of a report's PDF again, as anybody could."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any


class NotAReport(ValueError):
    """The file is not a report of Realise, or its figures cannot be read."""


@dataclass(frozen=True, slots=True)
class Attached:
    """The two files in a report's PDF: what it prints, as plain JSON, and the table of figures.

    ``pdf`` is the file itself, for what stands on its pages.
    """

    report: Mapping[str, Any]
    figures: bytes
    pdf: bytes


def attached(pdf: bytes) -> Attached:
    """The attachments of a report. Raises ``NotAReport``, saying what is the matter."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(pdf)) as opened:
            files = {
                name: file.get_file().read_bytes() for name, file in opened.attachments.items()
            }
    except pikepdf.PdfError as fault:
        raise NotAReport("The file is not a PDF that can be read.") from fault
    if not {"report.json", "figures.csv"} <= files.keys():
        raise NotAReport("The PDF carries no figures: it is not a report made by Realise.")
    try:
        whole = json.loads(files["report.json"])
        report = whole["report"]
        known = whole["format"] == "realise monthly report" and isinstance(report, dict)
    except (ValueError, TypeError, KeyError) as fault:
        raise NotAReport("The figures in the PDF cannot be read.") from fault
    if not known:
        raise NotAReport("The figures in the PDF are not those of a monthly report.")
    return Attached(report, files["figures.csv"], pdf)
