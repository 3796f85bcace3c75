"""What the committee's recipients are sent when a report is issued, and what its file is called."""

from benefits.periods import Month
from benefits.programme import Programme
from benefits.wording.writing import month as month_words
from reports.archive import Archived
from reports.issued import Circulation
from workflows import outbox
from workflows.outbox import Message

#: Above this size (bytes) the PDF is not attached to the email, which says where it is instead.
LARGEST_ATTACHED = 8_000_000
#: What every page of an exempt edition says, and the email that brings it.
NOT_FOR_PUBLICATION = "EXEMPT: not for publication (paragraph 3 of Schedule 12A)"


def message(
    person: str,
    report: Archived,
    programme: Programme,
    address: str,
    largest: int = LARGEST_ATTACHED,
) -> Message:
    """The email to one recipient. ``address`` is where the site is, without a slash at its end.

    A file of more than ``largest`` bytes stays where people sign in.
    """
    month = month_words(report.month)
    attached = len(report.pdf) <= largest
    exempt = report.circulation is Circulation.EXEMPT
    again = (
        f" This edition {report.edition} replaces the one before: {report.reason}"
        if (report.edition > 1)
        else ""
    )
    body = (
        f"{NOT_FOR_PUBLICATION}. You get this edition because you may read what is exempt: do "
        "not pass it on.\n\n"
        if exempt
        else ""
    ) + (
        f"The benefits realisation report of {programme.title} for {month} "
        f"{'comes with this email' if attached else 'is ready'}.{again}\n\n"
        f"You can {'also ' if attached else ''}read it, and see what stands behind each figure, "
        "after you have signed in at:\n"
        f"{address}/reports/{report.programme}/{report.month}\n\n"
        f"It has {report.pages} pages. Its SHA-256 is {report.pdf_sha256}.\n"
    )
    subject = f"Benefits realisation report, {programme.title}, {month}"
    return Message(
        f"report-{report.programme}-{report.month}-{report.edition}-{person}",
        person,
        f"report {report.programme} {report.month}",
        outbox.one_line(f"EXEMPT: {subject}" if exempt else subject),
        body,
        file_name(programme.title, report.month, circulation=report.circulation)
        if attached
        else "",
        report.pdf if attached else None,
    )


def file_name(
    title: str,
    month: Month,
    *,
    draft: bool = False,
    circulation: Circulation = Circulation.PUBLIC,
) -> str:
    """What a report's file is called: plain letters, digits and hyphens."""
    plain = "".join(letter if letter.isalnum() and letter.isascii() else "-" for letter in title)
    words = "-".join(word for word in plain.lower().split("-") if word)[:60] or "programme"
    exempt = "-EXEMPT" if circulation is Circulation.EXEMPT else ""
    return f"benefits-report-{words}-{month}{exempt}{'-DRAFT' if draft else ''}.pdf"
