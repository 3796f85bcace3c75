"""Scrutiny asks on its pages, is answered, and the next report says so; the PMO's own words too."""

import json
from collections.abc import Iterator

import pytest

from benefits.periods import Month
from eventlog import schema
from eventlog.exported import export_log
from eventlog.read_export import read_export
from reports.attached import attached
from reports.printed import contents_of, printed
from reports.report_verified import verify_report
from tests.desks import Desks, at_their_desks
from tests.scenario import begin, saves
from tests.undrawn import undrawn

ASK = "/scrutiny/ask?benefit=desk&month=2024-04&figure=F2"
TYPED = {"sort": "question", "text": "Why has it slipped?", "month": "2024-04", "figure": "F2"}


@pytest.fixture
def desks(migrated_sqlite_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    folder = tmp_path_factory.mktemp("council")
    council = begin(migrated_sqlite_url, folder)
    council.in_delivery("One reception desk", saves(80_000, "2024-05"), benefit="desk")
    with undrawn(), at_their_desks(council, folder) as found:
        yield found


def asked(desks: Desks, **typed: str) -> str:
    """Cleo of scrutiny asks; the address of the question."""
    answer = desks["cleo"].send(ASK, {**TYPED, **typed}, desks["cleo"].hidden(ASK))
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def test_a_question_is_asked_answered_by_the_owner_followed_up_and_closed(desks: Desks) -> None:
    page = asked(desks)
    for where in ("/scrutiny", "/", "/benefits/desk"):
        assert "Why has it slipped?" in desks["cleo"].get(where).text, where
    assert "Why has it slipped?" in desks["pat"].get("/").text, "on the PMO's first page"
    assert "Why has it slipped?" in desks["olu"].get("/").text, "and on the owner's"
    for person, deed, typed in (
        ("olu", "answer", {"text": "The lift is late."}),
        ("cleo", "follow-up", {"text": "Until when?"}),
        ("pat", "answer", {"text": "Until May."}),
        ("cleo", "close", {"note": "We are content."}),
    ):
        form = f"{page}/{deed}"
        done = desks[person].send(form, typed, desks[person].hidden(form))
        assert done.status_code == 303, done.text
    told = desks["aud"].get(page).text
    for words in ("The lift is late.", "Until when?", "Until May.", "We are content.", "Closed"):
        assert words in told


def test_the_form_says_about_what_it_asks_as_it_opens_and_when_it_is_refused(desks: Desks) -> None:
    of_a_programme = "/scrutiny/ask?programme=care&month=2024-04&figure=F3"
    for address, about in ((ASK, "One reception desk"), (of_a_programme, "Care closer to home")):
        caption = f'<span class="govuk-caption-l">{about}</span>'
        assert caption in desks["cleo"].get(address).text
        refused = desks["cleo"].send(address, {}, desks["cleo"].hidden(address))
        assert refused.status_code == 422
        assert caption in refused.text


def test_who_is_not_of_scrutiny_asks_nothing_and_only_who_is_to_answer_answers(
    desks: Desks,
) -> None:
    page = asked(desks)
    assert desks["pat"].get("/scrutiny/ask").status_code == 403
    for person in ("fay", "ada", "cleo", "aud"):
        assert desks[person].get(f"{page}/answer").status_code == 403
    assert desks["pat"].get(f"{page}/close").status_code == 403
    assert "/answer" not in desks["aud"].get(page).text


@pytest.mark.parametrize(
    "path",
    ["/scrutiny/none", "/scrutiny/none/answer", "/scrutiny/ask?benefit=none",
     "/scrutiny/ask?programme=none"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(desks: Desks, path: str) -> None:
    assert desks["cleo"].get(path).status_code == 404


def test_the_form_says_what_is_missing_and_keeps_what_was_typed(desks: Desks) -> None:
    sent = {**TYPED, "text": "", "figure": "F2"}
    again = desks["cleo"].send(ASK, sent, desks["cleo"].hidden(ASK))
    assert again.status_code == 422
    assert "There is a problem" in again.text


def test_the_next_report_holds_what_is_asked_then_its_answer_and_the_pmos_words(
    desks: Desks,
) -> None:
    page, council = asked(desks), desks.scenario
    write = "/programmes/care/record/write-narrative"
    words = {"month": "2024-05", "section": "status", "text": "Two posts.\n\nBoth are filled."}
    assert desks["pat"].send(write, words, desks["pat"].hidden(write)).status_code == 303
    council.on("2024-06-03", 11)
    reports = council.realise.reports
    draft = printed(reports.draft("care", Month(2024, 5), by="pat", at=council.at).pdf)
    first = reports.issue("care", Month(2024, 5), by="pat", at=council.at).archived.pdf
    for report in (draft, printed(first)):
        (question,) = report.questions
        assert (question.text, question.outstanding) == ("Why has it slipped?", True)
        (told,) = report.narratives
        assert told.paragraphs == ("Two posts.", "Both are filled.")
        assert (told.section.value, told.by) == ("status", "Pat Reeve")
    web = desks["cleo"].get("/reports/care/2024-05/1").text
    assert "In the PMO’s words" in web
    assert "Why has it slipped?" in web

    form = f"{page}/answer"
    desks["olu"].send(form, {"text": "The lift is late."}, desks["olu"].hidden(form))
    council.on("2024-07-03")
    second = reports.issue("care", Month(2024, 6), by="pat", at=council.at).archived.pdf
    (question,) = printed(second).questions
    assert (question.answer, question.outstanding) == ("The lift is late.", False)
    assert not printed(second).narratives, "they were of another month"
    council.on("2024-08-05")
    third = reports.issue("care", Month(2024, 7), by="pat", at=council.at).archived.pdf
    assert not printed(third).questions, "answered before the last report"
    _holds(desks, second)


def _holds(desks: Desks, pdf: bytes) -> None:
    """The report's figures, those in questions' words included, follow from the log alone."""
    from entrypoints.wiring import KINDS, catalogue

    with desks.scenario.realise.read() as connection:
        lines = [f"{line}\n" for line in export_log(connection)]
    log = read_export(lines, catalogue())
    found = verify_report(attached(pdf), log, KINDS)
    assert found.holds, json.dumps(found.as_json())[:2_000]
    assert contents_of(attached(pdf).report).questions


def test_the_portfolio_report_holds_the_questions_of_every_programme(desks: Desks) -> None:
    from reports.issued import PORTFOLIO

    asked(desks)
    council = desks.scenario.on("2024-06-03", 11)
    made = council.realise.reports.draft(PORTFOLIO, Month(2024, 5), by="pat", at=council.at)
    assert [one.text for one in printed(made.pdf).questions] == ["Why has it slipped?"]


def test_the_read_table_is_what_the_log_gives(desks: Desks) -> None:
    from entrypoints.wiring import rebuilding
    from eventlog.replay import compare

    asked(desks)
    assert schema is not None
    assert not compare(rebuilding(desks.scenario.realise.database))
