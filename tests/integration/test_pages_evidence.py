"""Files kept as evidence, and the events of the log to which references lead."""

from io import BytesIO
from pathlib import Path

import pytest

from tests.browsers import Browsers
from tests.scenario import Scenario, begin, saves
from tests.web import Visitor


@pytest.fixture
def council(migrated_sqlite_url: str, tmp_path: Path) -> Scenario:
    return begin(migrated_sqlite_url, tmp_path)


@pytest.fixture
def pages(council: Scenario, tmp_path: Path) -> Browsers:
    return Browsers(council, tmp_path)


@pytest.fixture
def homes(council: Scenario) -> str:
    return council.in_delivery("Fewer homes", saves(120_000, "2024-07"))


def attach(reader: Visitor, benefit: str, name: str, content: bytes, title: str = "Ledger") -> int:
    carried = reader.hidden(f"/benefits/{benefit}/attach")
    typed = {**carried, "title": title, "about": "The claim", "file": (BytesIO(content), name)}
    answer = reader.client.post(
        f"/benefits/{benefit}/attach", data=typed, content_type="multipart/form-data"
    )
    return answer.status_code


def test_a_file_is_attached_and_given_back_as_a_download_that_cannot_run(
    council: Scenario, pages: Browsers, homes: str
) -> None:
    officer = pages.of("pat")
    assert attach(officer, homes, "ledger.pdf", b"%PDF-1.7 figures") == 303
    (kept,) = council.benefit(homes).evidence.values()
    reader = pages.of("aud")
    assert "Ledger" in reader.get(f"/benefits/{homes}/evidence").text
    given = reader.get(f"/benefits/{homes}/evidence/{kept.evidence}")
    assert given.data == b"%PDF-1.7 figures"
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert given.headers["Content-Disposition"] == "attachment; filename=Ledger.pdf"
    assert "default-src 'none'" in given.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("name", "content"), [("page.html", b"<script>"), ("empty.pdf", b""), ("nothing", b"x")]
)
def test_a_file_that_may_not_be_kept_is_refused_and_nothing_is_written(
    council: Scenario, pages: Browsers, homes: str, name: str, content: bytes
) -> None:
    before = council.benefit(homes).version
    assert attach(pages.of("pat"), homes, name, content) == 409
    assert council.benefit(homes).version == before


def test_a_form_without_its_file_comes_back_with_what_was_typed(
    pages: Browsers, homes: str
) -> None:
    officer = pages.of("pat")
    sent = officer.send(f"/benefits/{homes}/attach", {"title": "Ledger of July"})
    assert sent.status_code == 422
    assert "Choose the file to attach." in sent.text
    assert 'value="Ledger of July"' in sent.text or "Ledger of July</textarea>" in sent.text


def test_only_those_who_may_attach_get_the_form(pages: Browsers, homes: str) -> None:
    assert pages.of("aud").get(f"/benefits/{homes}/attach").status_code == 403
    assert pages.of("olu").get(f"/benefits/{homes}/attach").status_code == 200


def test_a_reference_leads_to_the_event_exactly_as_the_log_keeps_it(
    council: Scenario, pages: Browsers, homes: str
) -> None:
    events = council.realise.store.load(f"benefit-{homes}")
    first = events[0]
    page = pages.of("cleo").get(f"/events/{first.position}").text
    assert first.hash in page
    assert "Pat Reeve" in page
    assert "&#34;title&#34;: &#34;Fewer homes&#34;" in page
    assert f"/benefits/{homes}" in page


def test_every_event_of_the_record_has_its_page(
    council: Scenario, pages: Browsers, homes: str
) -> None:
    assert council.benefit(homes).exists
    reader = pages.of("aud")
    head, _ = council.realise.store.head()
    answers = {
        position: reader.get(f"/events/{position}").status_code for position in range(1, head + 1)
    }
    assert set(answers.values()) == {200}


def test_a_position_where_nothing_is_leads_to_a_page_that_says_so(pages: Browsers) -> None:
    reader = pages.of("aud")
    for position in ("0", "999999", "9223372036854775808", "9" * 40, "x", "-1"):
        assert reader.get(f"/events/{position}").status_code == 404, position
