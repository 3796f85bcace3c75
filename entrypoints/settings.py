"""The settings that an administrator may give Realise, read from the environment once.

A setting that is not given is safe. One that is wrong, or that would leave the pages open to
others, stops the start with a sentence that says what to write.
"""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from entrypoints.loopback import is_loopback
from entrypoints.notify import Notify, read_notify
from entrypoints.openid.choices import OpenId, read_openid
from entrypoints.private_file import NotPrivate, read_private
from entrypoints.settings_list import SETTINGS, BadSetting
from eventlog.database import Pool

__all__ = ["BadSetting", "Settings", "read_settings"]

SHORTEST_SECRET = 32
_YES, _NO = {"on", "yes", "true", "1"}, {"off", "no", "false", "0"}


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, typed. Minutes, hours and bytes are said in the names."""

    database_url: str
    owner_database_url: str
    report_database_url: str
    pool: Pool
    secret_key: str = field(repr=False)
    host: str
    port: int
    https: bool
    trusted_hosts: tuple[str, ...]
    proxies: int
    address: str
    idle_minutes: int
    session_hours: int
    openid: OpenId | None
    passwords_for_all: bool
    second_factor_asked: bool
    smtp_host: str
    smtp_port: int
    smtp_user: str
    smtp_password: str = field(repr=False)
    smtp_tls: bool
    mail_from: str
    notify: Notify | None
    mail_folder: Path | None
    evidence_bytes: int
    signing_key_file: Path
    witness_email: str
    report_workers: int
    programmes_open: bool
    access_days: int
    api_per_minute: int
    traces_url: str
    sentry_dsn: str = field(repr=False)
    metrics_token: str = field(repr=False)
    static_folder: Path
    var: Path

    @property
    def mail_goes(self) -> bool:
        """Whether there is anything to send emails by."""
        return bool(self.smtp_host or self.notify is not None or self.mail_folder is not None)

    @property
    def database_file(self) -> Path | None:
        """The file of an SQLite database; None when the record is in PostgreSQL."""
        path = self.database_url.removeprefix("sqlite:///")
        return None if path == self.database_url else Path(path)


def read_settings(environment: Mapping[str, str], var: Path, static: Path) -> Settings:
    """Read and check every setting. ``var`` is where Realise keeps its own files.

    Raises ``BadSetting`` for one that cannot be used. Makes the secret file on the first start.
    """
    given = _Given(environment)
    database = given.text("REALISE_DATABASE_URL") or f"sqlite:///{var / 'realise.db'}"
    port = given.number("REALISE_PORT")
    settings = Settings(
        database_url=database,
        owner_database_url=given.text("REALISE_OWNER_DATABASE_URL") or database,
        report_database_url=given.text("REALISE_REPORT_DATABASE_URL"),
        pool=Pool(
            given.number("REALISE_POOL_KEPT"),
            given.number("REALISE_POOL_MORE"),
            given.number("REALISE_POOL_SECONDS"),
        ),
        secret_key=_secret(given, var),
        host=given.text("REALISE_HOST"),
        port=port,
        https=given.switch("REALISE_HTTPS"),
        trusted_hosts=given.words("REALISE_TRUSTED_HOSTS"),
        proxies=given.number("REALISE_PROXIES"),
        address=given.text("REALISE_ADDRESS") or f"http://127.0.0.1:{port}",
        idle_minutes=given.number("REALISE_IDLE_MINUTES"),
        session_hours=given.number("REALISE_SESSION_HOURS"),
        openid=_openid(given),
        passwords_for_all=given.one_of("REALISE_PASSWORDS", "everybody", "administrators"),
        second_factor_asked=given.one_of("REALISE_SECOND_FACTOR", "administrators", "chosen"),
        smtp_host=given.text("REALISE_SMTP_HOST"),
        smtp_port=given.number("REALISE_SMTP_PORT"),
        smtp_user=given.text("REALISE_SMTP_USER"),
        smtp_password=given.text("REALISE_SMTP_PASSWORD"),
        smtp_tls=given.switch("REALISE_SMTP_TLS"),
        mail_from=given.text("REALISE_MAIL_FROM"),
        notify=_notify(given),
        mail_folder=given.folder("REALISE_MAIL_FOLDER"),
        evidence_bytes=given.number("REALISE_EVIDENCE_MB") * 1024 * 1024,
        signing_key_file=Path(given.text("REALISE_SIGNING_KEY_FILE") or var / "signing-key"),
        witness_email=given.address("REALISE_WITNESS_EMAIL"),
        report_workers=given.number("REALISE_REPORT_WORKERS"),
        access_days=given.number("REALISE_ACCESS_DAYS"),
        programmes_open=given.switch("REALISE_PROGRAMMES_OPEN"),
        api_per_minute=given.number("REALISE_API_PER_MINUTE"),
        traces_url=given.web("REALISE_TRACES_URL"),
        sentry_dsn=given.web("REALISE_SENTRY_DSN"),
        metrics_token=given.text("REALISE_METRICS_TOKEN"),
        static_folder=static,
        var=var,
    )
    _check_together(settings)
    return settings


@dataclass(frozen=True, slots=True)
class _Given:
    environment: Mapping[str, str]

    def text(self, name: str) -> str:
        return self.environment.get(name, "").strip() or SETTINGS[name].default

    def folder(self, name: str) -> Path | None:
        written = self.text(name)
        return Path(written) if written else None

    def words(self, name: str) -> tuple[str, ...]:
        return tuple(word for word in re.split(r"[,\s]+", self.text(name)) if word)

    def address(self, name: str) -> str:
        written = self.text(name)
        if written and not re.fullmatch(r"[^@\s,;<>]+@[^@\s,;<>]+", written):
            raise BadSetting(f"{name} is “{written[:40]}”. Write one e-mail address.")
        return written

    def web(self, name: str) -> str:
        """An address of the web: by HTTPS, or on this machine."""
        written = self.text(name)
        try:
            parts = urlsplit(written)
            safe = parts.scheme == "https" or (parts.scheme, is_loopback(parts.hostname or "")) == (
                "http",
                True,
            )
        except ValueError:
            safe = False
        if written and not safe:
            raise BadSetting(
                f"{name} is no https:// address. Write one, or http:// to this machine alone."
            )
        return written

    def number(self, name: str) -> int:
        written, (least, most) = self.text(name), SETTINGS[name].bounds
        if not re.fullmatch(r"[0-9]{1,7}", written) or not least <= int(written) <= most:
            raise BadSetting(
                f"{name} is “{written[:40]}”. Write a whole number from {least} to {most}."
            )
        return int(written)

    def one_of(self, name: str, first: str, second: str) -> bool:
        """Whether it is the first of two words."""
        written = self.text(name).lower()
        if written not in (first, second):
            raise BadSetting(f"{name} is “{written[:40]}”. Write {first} or {second}.")
        return written == first

    def switch(self, name: str) -> bool:
        written = self.text(name).lower()
        if written not in _YES | _NO:
            raise BadSetting(f"{name} is “{written[:40]}”. Write on or off.")
        return written in _YES


def _notify(given: _Given) -> Notify | None:
    """The account at GOV.UK Notify, when there is one."""
    return read_notify(
        given.text("REALISE_NOTIFY_API_KEY"),
        given.text("REALISE_NOTIFY_TEMPLATE"),
        given.text("REALISE_NOTIFY_URL"),
        smtp=bool(given.text("REALISE_SMTP_HOST")),
    )


def _openid(given: _Given) -> OpenId | None:
    """The single sign-on, when there is one."""
    return read_openid(
        given.text("REALISE_OIDC_ISSUER"),
        given.text("REALISE_OIDC_CLIENT_ID"),
        given.text("REALISE_OIDC_CLIENT_SECRET"),
        given.text("REALISE_OIDC_ROLE_CLAIM"),
        given.text("REALISE_OIDC_ROLES"),
        given.text("REALISE_OIDC_NAME"),
    )


def _secret(given: _Given, var: Path) -> str:
    """The secret that signs cookies: as given, or from its file, made at random when not there."""
    secret = given.text("REALISE_SECRET_KEY")
    file = Path(given.text("REALISE_SECRET_FILE") or var / "secret")
    if not secret:
        secret = _secret_of(file)
    if len(secret) < SHORTEST_SECRET or len(set(secret)) < SHORTEST_SECRET // 4:
        raise BadSetting(
            f"The secret key is too easy to guess. Set REALISE_SECRET_KEY to at least "
            f"{SHORTEST_SECRET} random characters, or unset it and one is made in {file.name}."
        )
    return secret


def _secret_of(file: Path) -> str:
    try:
        return read_private(file, lambda: secrets.token_urlsafe(48)) or ""
    except NotPrivate as fault:
        raise BadSetting(str(fault)) from fault


def _check_together(settings: Settings) -> None:
    if not settings.https and not is_loopback(settings.host):
        raise BadSetting(
            f"REALISE_HOST is {settings.host}, which others can reach, and REALISE_HTTPS is off: "
            "passwords would cross the network unprotected. Put a proxy with HTTPS in front and "
            "set REALISE_HTTPS=on, or leave REALISE_HOST at 127.0.0.1."
        )
    if settings.https and not settings.trusted_hosts:
        raise BadSetting(
            "REALISE_HTTPS is on, so Realise is for others to reach. "
            "Set REALISE_TRUSTED_HOSTS to the names that they reach it by."
        )
    if settings.report_database_url and settings.database_file is not None:
        raise BadSetting(
            "REALISE_REPORT_DATABASE_URL is for a copy of a PostgreSQL database, and the record is "
            "in an SQLite file. Unset it."
        )
    if settings.metrics_token and len(settings.metrics_token) < SHORTEST_SECRET:
        raise BadSetting(
            f"REALISE_METRICS_TOKEN is too easy to guess. Give it at least {SHORTEST_SECRET} "
            "random characters, or unset it: the metrics are then for this machine only."
        )
    if not settings.passwords_for_all and settings.openid is None:
        raise BadSetting(
            "REALISE_PASSWORDS is administrators and there is no single sign-on, so nobody else "
            "could come in. Set REALISE_OIDC_ISSUER, or unset REALISE_PASSWORDS."
        )
    if settings.smtp_user and not settings.smtp_tls and not is_loopback(settings.smtp_host):
        raise BadSetting(
            "REALISE_SMTP_USER is set and REALISE_SMTP_TLS is off: the password would be sent "
            "unprotected. Set REALISE_SMTP_TLS=on."
        )
