"""A new council finds what to set up first, shows its logo, and sees whether emails arrive."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from PIL import ImageFile

from entrypoints.joining import add_person
from entrypoints.settings import Settings
from eventlog.schema import upgrade
from reports.logos import LARGEST, NoLogo, looked_at
from tests.report_files import picture
from tests.scenario import open_realise
from tests.web import PASSWORD, Visitor, visitor, web_of, web_settings
from workflows.commands import Role

PNG, JPEG = picture(), picture("JPEG", "RGB")
ADA = "ada@northmere.example"


def _opened(app: Flask) -> Visitor:
    ada = visitor(app)
    assert ada.sign_in(ADA).status_code == 303
    return ada


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return web_settings(tmp_path, REALISE_MAIL_FOLDER=str(tmp_path / "mail"))


@pytest.fixture
def app(migrated_sqlite_url: str, tmp_path: Path, settings: Settings) -> Iterator[Flask]:
    upgrade(migrated_sqlite_url, migrated_sqlite_url)
    realise = open_realise(migrated_sqlite_url, tmp_path)
    at = datetime(2024, 4, 2, 9, tzinfo=UTC)
    add_person(realise, "Ada Moss", ADA, "", PASSWORD, [Role.ADMINISTRATOR], at)
    yield web_of(realise, settings)
    realise.database.close()


def test_the_first_administrator_sees_the_steps_which_tick_by_what_is_so(app: Flask) -> None:
    ada = _opened(app)
    assert "0 of 9 are done" in ada.get("/").text
    ada.send("/admin/council", {"name": "Northmere", "colour": "#12436d"})
    assert "1 of 9 are done" in ada.get("/").text
    ada.send("/admin/first-steps", {"away": "yes"}, ada.hidden("/"))
    assert "First steps" not in ada.get("/").text
    steps = ada.get("/admin/first-steps").text
    assert "1 of 9 are done" in steps
    assert "Show them on my home page" in steps


def test_a_test_email_goes_to_ones_own_address_and_ticks_its_step(
    app: Flask, settings: Settings
) -> None:
    ada = _opened(app)
    answer = ada.send("/admin/test-email", {}, ada.hidden("/admin"))
    assert f"took the email to {ADA}" in answer.text
    assert settings.mail_folder is not None
    (mail,) = settings.mail_folder.iterdir()
    assert f"To: {ADA}" in mail.read_text()
    assert "1 of 9 are done" in ada.get("/").text


def test_without_a_mail_server_the_test_says_so(migrated_sqlite_url: str, tmp_path: Path) -> None:
    upgrade(migrated_sqlite_url, migrated_sqlite_url)
    realise = open_realise(migrated_sqlite_url, tmp_path)
    at = datetime(2024, 4, 2, 9, tzinfo=UTC)
    add_person(realise, "Ada Moss", ADA, "", PASSWORD, [Role.ADMINISTRATOR], at)
    ada = _opened(web_of(realise, web_settings(tmp_path)))
    answer = ada.send("/admin/test-email", {}, ada.hidden("/admin"))
    realise.database.close()
    assert "No mail server is set" in answer.text
    assert "did not go" in answer.text


def test_a_logo_stands_on_every_page_as_a_picture_and_nothing_else(app: Flask) -> None:
    ada = _opened(app)
    assert visitor(app).get("/logo").status_code == 404
    carried = ada.hidden("/admin/logo")
    sent = ada.client.post("/admin/logo", data={**carried, "logo": (io.BytesIO(PNG), "x.svg")})
    assert sent.status_code == 303
    picture = visitor(app).get("/logo")
    assert (picture.data, picture.mimetype) == (PNG, "image/png")
    assert picture.headers["X-Content-Type-Options"] == "nosniff"
    assert "app-header__logo" in visitor(app).get("/sign-in").text
    drawn = b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"
    refused = ada.client.post("/admin/logo", data={**carried, "logo": (io.BytesIO(drawn), "x.png")})
    assert refused.status_code == 422
    assert "not a PNG or JPEG" in refused.text
    ada.client.post("/admin/logo", data={**carried, "remove": "yes"})
    assert visitor(app).get("/logo").status_code == 404


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Choose a picture"),
        (PNG + b"\0" * LARGEST, "Save it smaller"),
        (picture("PNG", "L", 2_400), "pixels on each side"),
        (picture("JPEG", "L", 2_400), "pixels on each side"),
        (b"\xff\xd8\xff", "damaged or cut off"),
        (PNG[:-12], "damaged or cut off"),
        (PNG[:60] + b"damaged" + PNG[67:], "damaged or cut off"),
        (JPEG[: len(JPEG) // 2], "damaged or cut off"),
        (b"GIF89a", "not a PNG or JPEG"),
    ],
)
def test_what_is_no_logo_is_refused_with_what_to_do(
    content: bytes, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As it is in a process that has drawn a report: WeasyPrint has pictures drawn that are cut off.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    with pytest.raises(NoLogo, match=said):
        looked_at(content)
    assert ImageFile.LOAD_TRUNCATED_IMAGES
