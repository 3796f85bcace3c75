"""A setting that is not given is safe; a wrong one stops the start with a sentence."""

import re
from pathlib import Path

import pytest

from entrypoints import notify
from entrypoints.openid.choices import Given
from entrypoints.settings import BadSetting, Settings, read_settings
from entrypoints.settings_file import with_file
from entrypoints.settings_list import SETTINGS
from workflows.commands import Role

NOTIFY = {
    "REALISE_NOTIFY_API_KEY": f"live-{'1a' * 4}{'-2b3c' * 3}-{'4d' * 6}"
    f"-{'5e' * 4}{'-6f70' * 3}-{'81' * 6}",
    "REALISE_NOTIFY_TEMPLATE": f"{'92' * 4}{'-a3b4' * 3}-{'c5' * 6}",
}
GOOD = "k3Jx9-qLw82_Vn41pTzR6yHbM5sDfGcE"


def _read(folder: Path, **environment: str) -> Settings:
    return read_settings(environment, folder, folder)


def test_nothing_given_listens_to_this_machine_alone_and_makes_its_own_secret(
    tmp_path: Path,
) -> None:
    first, second = _read(tmp_path), _read(tmp_path)
    assert first.host == "127.0.0.1"
    assert first.database_file == tmp_path / "realise.db"
    assert first.owner_database_url == first.database_url
    assert len(first.secret_key) >= 32
    assert first.secret_key == second.secret_key
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


def test_a_secret_is_not_shown_when_settings_are_printed(tmp_path: Path) -> None:
    settings = _read(tmp_path, REALISE_SECRET_KEY=GOOD, REALISE_SMTP_PASSWORD="open sesame")
    assert GOOD not in repr(settings)
    assert "open sesame" not in repr(settings)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"REALISE_SECRET_KEY": "secret"}, "too easy to guess"),
        ({"REALISE_SECRET_KEY": "a" * 60}, "too easy to guess"),
        ({"REALISE_PORT": "eighty"}, "whole number from 1 to 65535"),
        ({"REALISE_PORT": "99999"}, "whole number from 1 to 65535"),
        ({"REALISE_PORT": "9" * 40}, "whole number from 1 to 65535"),
        ({"REALISE_IDLE_MINUTES": "0"}, "whole number from 1 to 720"),
        ({"REALISE_HTTPS": "perhaps"}, "Write on or off"),
        ({"REALISE_HOST": "0.0.0.0"}, "passwords would cross the network"),
        ({"REALISE_HOST": "council.example"}, "passwords would cross the network"),
        ({"REALISE_HTTPS": "on"}, "Set REALISE_TRUSTED_HOSTS"),
        (
            {
                "REALISE_SMTP_USER": "us",
                "REALISE_SMTP_TLS": "off",
                "REALISE_SMTP_HOST": "mail.example",
            },
            "the password would be sent unprotected",
        ),
    ],
)
def test_a_wrong_or_open_setting_stops_the_start_with_a_sentence(
    tmp_path: Path, wrong: dict[str, str], said: str
) -> None:
    with pytest.raises(BadSetting, match=said) as refused:
        _read(tmp_path, **{"REALISE_SECRET_KEY": GOOD, **wrong})
    assert str(refused.value).endswith(".")


def test_a_secret_that_others_can_read_stops_the_start(tmp_path: Path) -> None:
    _read(tmp_path)
    (tmp_path / "secret").chmod(0o644)
    with pytest.raises(BadSetting, match="Other people can read the secret"):
        _read(tmp_path)


def test_settings_may_stand_in_a_file_and_the_environment_goes_first(tmp_path: Path) -> None:
    file = tmp_path / "realise.env"
    file.write_text("# The council’s own.\nREALISE_PORT=8010\n\nREALISE_MAIL_FROM='a@b'\n")
    file.chmod(0o640)
    named = {"REALISE_SETTINGS_FILE": str(file)}
    settings = _read(tmp_path, **with_file(named))
    assert (settings.port, settings.mail_from) == (8010, "a@b")
    assert _read(tmp_path, **with_file({**named, "REALISE_PORT": "8011"})).port == 8011
    assert with_file({"REALISE_PORT": "1"}) == {"REALISE_PORT": "1"}


@pytest.mark.parametrize(
    ("text", "mode", "said"),
    [
        ("REALISE_PORT=8010", 0o644, "Everybody can read .*chmod o="),
        ("REALISE_PORT=8010\nREALISE_HTPS=on", 0o600, "Line 2 of .* is no setting"),
        ("listen here", 0o600, "Line 1 of .* is no setting"),
        (None, 0o600, "cannot be read: No such file"),
    ],
)
def test_a_settings_file_that_is_none_stops_the_start(
    tmp_path: Path, text: str | None, mode: int, said: str
) -> None:
    file = tmp_path / "realise.env"
    if text is not None:
        file.write_text(text)
        file.chmod(mode)
    with pytest.raises(BadSetting, match=said):
        with_file({"REALISE_SETTINGS_FILE": str(file)})


def test_an_account_at_notify_is_read_whole_and_its_key_is_not_shown(tmp_path: Path) -> None:
    settings = _read(tmp_path, **NOTIFY)
    assert settings.notify is not None
    assert settings.notify.url == "https://api.notifications.service.gov.uk"
    assert settings.mail_goes
    assert NOTIFY["REALISE_NOTIFY_API_KEY"] not in repr(settings)
    assert not _read(tmp_path).mail_goes


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"REALISE_SMTP_HOST": "mail.example"}, "not clear which is to send"),
        ({"REALISE_NOTIFY_API_KEY": ""}, "not a whole key"),
        ({"REALISE_NOTIFY_API_KEY": "live-key"}, "not a whole key"),
        ({"REALISE_NOTIFY_TEMPLATE": ""}, "not the id of a template"),
        ({"REALISE_NOTIFY_URL": "http://notify.example"}, "not an https:// address"),
    ],
)
def test_a_notify_that_cannot_send_stops_the_start(
    tmp_path: Path, wrong: dict[str, str], said: str
) -> None:
    with pytest.raises(BadSetting, match=said):
        _read(tmp_path, **{**NOTIFY, **wrong})


def test_without_its_client_notify_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notify, "find_spec", lambda _: None)
    with pytest.raises(BadSetting, match=re.escape("pip install 'realise[notify]'")):
        _read(tmp_path, **NOTIFY)


def test_every_setting_that_is_read_is_on_the_list(tmp_path: Path) -> None:
    source = Path(read_settings.__code__.co_filename).read_text()
    assert set(re.findall(r"\bREALISE_[A-Z_]+", source)) <= SETTINGS.keys()


SIGN_ON = {
    "REALISE_OIDC_ISSUER": "https://login.example/tenant/v2.0",
    "REALISE_OIDC_CLIENT_ID": "realise",
    "REALISE_OIDC_ROLES": "A=pmo; A=finance@care; cn=Clerks,ou=x=scrutiny; B=member",
}


def test_single_sign_on_reads_which_claim_gives_which_role(tmp_path: Path) -> None:
    openid = _read(tmp_path, **SIGN_ON).openid
    assert openid is not None
    assert openid.given({"roles": ["A", "X"]}) == frozenset(
        {Given(Role.PMO), Given(Role.FINANCE, "care")}
    )
    assert openid.given({"roles": "cn=Clerks,ou=x"}) == frozenset({Given(Role.SCRUTINY)})
    assert openid.given({"roles": ["B"]}) == frozenset()
    assert openid.given({"roles": ["X", 3, None]}) is None
    assert openid.given({"groups": ["A"]}) is None
    assert openid.managed == {Given(Role.PMO), Given(Role.FINANCE, "care"), Given(Role.SCRUTINY)}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"REALISE_OIDC_ISSUER": "http://login.example"}, "not an address of an OpenID provider"),
        ({"REALISE_OIDC_CLIENT_ID": ""}, "REALISE_OIDC_CLIENT_ID"),
        ({"REALISE_OIDC_ROLES": ""}, "nobody could come in"),
        ({"REALISE_OIDC_ROLES": "A"}, "Write value=role"),
        ({"REALISE_OIDC_ROLES": "A=king"}, "Write member or one of"),
        ({"REALISE_OIDC_ROLES": "A=administrator@care"}, "nobody is that there"),
        ({"REALISE_PASSWORDS": "nobody"}, "Write everybody or administrators"),
        ({"REALISE_OIDC_ISSUER": "", "REALISE_PASSWORDS": "administrators"}, "nobody else could"),
    ],
)
def test_a_single_sign_on_that_cannot_work_stops_the_start(
    tmp_path: Path, wrong: dict[str, str], said: str
) -> None:
    with pytest.raises(BadSetting, match=said):
        _read(tmp_path, **{**SIGN_ON, **wrong})
