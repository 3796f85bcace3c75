"""A new council finds what to set up first, shows its logo, and sees whether emails arrive."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from entrypoints.joining import add_person
from entrypoints.settings import Settings
from eventlog.schema import upgrade
from reports.logos import LARGEST, NoLogo, looked_at
from tests.scenario import open_realise
from tests.web import PASSWORD, Visitor, visitor, web_of, web_settings
from workflows.commands import Role

#: One white point.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63f8ffff"
    "ff7f0009fb03fd0543e3f60000000049454e44ae426082"
)
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
        (PNG[:16] + (9_000).to_bytes(4) + PNG[20:], "pixels on each side"),
        (b"\xff\xd8\xff", "not a PNG or JPEG"),
        (b"GIF89a", "not a PNG or JPEG"),
    ],
)
def test_what_is_no_logo_is_refused_with_what_to_do(content: bytes, said: str) -> None:
    with pytest.raises(NoLogo, match=said):
        looked_at(content)
