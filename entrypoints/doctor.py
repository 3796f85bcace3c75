"""Looks over a set-up and says in sentences what is wrong with it, and what is weak."""

import os
import shutil
import smtplib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, text

from benefits.wording.writing import count, instant
from entrypoints import notify
from entrypoints.assets import NotBuilt, require_built
from entrypoints.openid.looked_at import look_at_provider
from entrypoints.settings import Settings
from eventlog.database import Database
from eventlog.faults import DatabaseFault
from eventlog.grants import application_is_owner
from eventlog.replica import caught_up
from eventlog.schema import check_current
from reports.drawing import ReportNotMade, check_fonts
from workflows import ledger, outbox

#: Less than this on the disk of the record stops work soon.
LEAST_BYTES = 1024**3
#: How far this machine's clock may be from the database's.
LEEWAY = timedelta(seconds=30)
#: The scheduler looks every minute and has something to write down every day.
QUIET = timedelta(hours=26)
PATIENCE = 5


@dataclass
class Looked:
    """What was found: what is well, what could be better, and what is wrong."""

    well: list[str] = field(default_factory=list)
    weak: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def look_over(settings: Settings, now: Callable[[], datetime]) -> Looked:
    """Look at everything that Realise needs. Nothing is changed."""
    found = Looked()
    _pages(settings, found)
    _disk(settings, found)
    _mail(settings, found)
    _openness(settings, found)
    if settings.openid is not None:
        look_at_provider(settings.openid, found.well, found.wrong, now())
    database = Database.open(settings.database_url)
    try:
        with database.read() as connection:
            check_current(connection)
            found.well.append(f"The database {database.place} answers and is current.")
            _clock(connection, found, now())
            _roles(connection, found)
            _work(connection, settings, found, now())
        if settings.report_database_url:
            _copy(database, settings.report_database_url, found)
    except DatabaseFault as fault:
        found.wrong.append(f"The database {database.place}: {fault}")
    finally:
        database.close()
    return found


def _pages(settings: Settings, found: Looked) -> None:
    try:
        require_built(settings.static_folder)
        found.well.append("The page assets are built.")
    except NotBuilt as fault:
        found.wrong.append(str(fault))
    try:
        check_fonts(settings.static_folder.parent / "fonts")
        found.well.append("The fonts of the report are there.")
    except ReportNotMade as fault:
        found.wrong.append(str(fault))


def _disk(settings: Settings, found: Looked) -> None:
    file = settings.database_file
    for folder in {settings.var.absolute(), *([file.absolute().parent] if file else [])}:
        there = next(parent for parent in (folder, *folder.parents) if parent.exists())
        free = shutil.disk_usage(there).free
        said = f"{folder} has {free / 1024**3:,.1f} GB free"
        if free < LEAST_BYTES:
            found.wrong.append(f"{said}: make room, or nothing can be recorded soon.")
        else:
            found.well.append(f"{said}.")
    if file is not None and os.name == "posix" and file.exists() and file.stat().st_mode & 0o007:
        found.wrong.append(
            f"Everybody on this machine may read {file}, which holds names and the hashes of "
            f"passwords. Run: chmod o= {file}*"
        )


def _mail(settings: Settings, found: Looked) -> None:
    if settings.mail_folder is not None:
        found.weak.append(
            f"Emails are written to {settings.mail_folder} and not sent. For real work unset "
            "REALISE_MAIL_FOLDER and set REALISE_SMTP_HOST."
        )
    elif settings.notify is not None:
        fault = notify.looked_at(settings.notify, PATIENCE)
        (found.wrong if fault else found.well).append(
            fault or "GOV.UK Notify answers, and its template has what emails need."
        )
    elif not settings.smtp_host:
        found.wrong.append("No mail server is set, so no report is sent: set REALISE_SMTP_HOST.")
    else:
        _mail_server(settings, found)


def _mail_server(settings: Settings, found: Looked) -> None:
    where = f"{settings.smtp_host}:{settings.smtp_port}"
    try:
        with smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=PATIENCE) as server:
            server.ehlo()
            takes_tls = server.has_extn("starttls")
    except (OSError, smtplib.SMTPException) as fault:
        found.wrong.append(f"The mail server {where} does not answer: {fault}.")
        return
    if settings.smtp_tls and not takes_tls:
        found.wrong.append(
            f"The mail server {where} does not offer STARTTLS and REALISE_SMTP_TLS is on: "
            "nothing can be sent."
        )
    else:
        found.well.append(f"The mail server {where} answers.")


def _openness(settings: Settings, found: Looked) -> None:
    if not settings.https:
        found.weak.append("REALISE_HTTPS is off: right for a first look on this machine only.")
    if settings.https and not settings.proxies:
        found.weak.append(
            "REALISE_PROXIES is 0 with REALISE_HTTPS on. Behind a proxy, set it to 1: sign-ins "
            "are otherwise all counted as the proxy's."
        )
    if settings.https and not settings.address.startswith("https://"):
        found.wrong.append("REALISE_ADDRESS does not begin with https://: links in emails fail.")


def _clock(connection: Connection, found: Looked, now: datetime) -> None:
    if connection.dialect.name != "postgresql":
        return
    theirs: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    apart = abs(now - theirs)
    if apart > LEEWAY:
        found.wrong.append(
            f"This machine's clock and the database's are {apart.total_seconds():,.0f} seconds "
            "apart. Set both by the same time server."
        )
    else:
        found.well.append("This machine's clock agrees with the database's.")


def _roles(connection: Connection, found: Looked) -> None:
    if connection.dialect.name == "sqlite":
        found.weak.append(
            "The record is a file: whoever can write to it could change it, and `realise verify` "
            "finds it. On PostgreSQL the database itself refuses."
        )
    elif application_is_owner(connection):
        found.weak.append(
            "The application's role owns the tables, so the database's refusal to change the "
            "record is weaker. Give REALISE_OWNER_DATABASE_URL a role of its own."
        )
    else:
        found.well.append("The application's role can only read the log and append to it.")


def _work(connection: Connection, settings: Settings, found: Looked, now: datetime) -> None:
    runs = ledger.latest(connection)
    last = max((_at(row.started_at) for row in runs), default=None)
    if last is None:
        found.wrong.append("No scheduler has done anything yet. Start one: realise schedule")
    elif now - last > QUIET:
        found.wrong.append(
            f"The scheduler was last seen {instant(last)}. Start it again: realise schedule"
        )
    else:
        found.well.append(f"The scheduler was last seen {instant(last)}.")
    found.wrong += _failed(runs)
    waiting = outbox.waiting(connection)
    if waiting and settings.mail_goes:
        found.weak.append(f"{waiting:,} emails wait to be sent.")
    if given_up := len(outbox.given_up(connection)):
        found.weak.append(
            f"{count(given_up, 'email')} could not be sent: see why, and send again, with "
            "realise send-again."
        )


def _copy(database: Database, address: str, found: Looked) -> None:
    copy = Database.open(address, PATIENCE)
    try:
        if caught_up(database, copy):
            found.well.append(f"The copy {copy.place}, for reports, has caught up.")
        else:
            found.wrong.append(
                f"The copy {copy.place} does not follow the database, so no report is read from "
                "it. Look at its replication, or unset REALISE_REPORT_DATABASE_URL."
            )
    except DatabaseFault as fault:
        found.wrong.append(f"The copy {copy.place}, for reports: {fault}")
    finally:
        copy.close()


def _failed(runs: list[Any]) -> Iterator[str]:
    seen: set[str] = set()
    for row in runs:
        if row.state == ledger.FAILED and row.job not in seen:
            yield f"“{row.job}”, due {row.due}, failed: {row.said[:300]}"
        seen.add(row.job)


def _at(written: str) -> datetime:
    return datetime.fromisoformat(written)
