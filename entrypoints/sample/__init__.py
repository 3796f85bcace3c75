"""The sample council: an invented council whose programmes carry the figures of five papers.

It is loaded through the same commands that people use (docs/sources.md says which figures are
whose). Nothing in it says what the real councils delivered.
"""

import json
import os
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benefits.periods import Month
from entrypoints.sample import (
    best_value,
    council,
    imported,
    ledgers,
    maps,
    meetings,
    months,
    operating_model,
    scrutiny,
)
from entrypoints.sample.diary import Diary
from entrypoints.sample.people import PEOPLE
from entrypoints.settings import Settings
from entrypoints.wiring import Realise
from eventlog.database import Database
from eventlog.schema import upgrade
from eventlog.undisturbed import undisturbed
from workflows import notices

MONTHS_BACK = 7
#: What the sample's people were told longer ago than this they have read, and were emailed.
NEWS = timedelta(days=30)
Say = Callable[[str], None]


class NotEmpty(Exception):
    """The database holds a council already, which the sample would be mixed up with."""


class HalfLoaded(Exception):
    """An earlier loading was interrupted, and its database is not ours to make empty."""


def prepare(settings: Settings, say: Say) -> list[str]:
    """Make the database and, on the first start, load the sample; gives the sign-in lines.

    A first start that was interrupted begins again. Raises ``HalfLoaded`` where it cannot.
    """
    file = settings.database_file
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
    if _marker(settings.var).exists():
        _begin_again(settings, say)
    upgrade(settings.database_url, settings.owner_database_url)
    database = Database.open(settings.database_url)
    try:
        realise = Realise(database, settings)
        if realise.store.head()[0] == 0:
            say("First start: loading the sample council. This takes a minute or two.")
            load(realise, datetime.now(UTC), settings.var, say)
    finally:
        database.close()
    return sign_ins(settings.var)


@undisturbed()  # a fifth of its time, in which nothing to speak of is found
def load(realise: Realise, now: datetime, var: Path, say: Say) -> None:
    """Load the sample into an empty record, as lived by its people up to ``now``.

    Raises ``NotEmpty`` when the record has begun. The passwords are made at random and kept in
    a file that only the owner may read.
    """
    if realise.store.head()[0]:
        raise NotEmpty(
            "The database holds a record already. The sample is for an empty one: "
            "set REALISE_DATABASE_URL to another database."
        )
    var.mkdir(parents=True, exist_ok=True)
    _marker(var).write_text(realise.database.place, encoding="utf-8")
    passwords = {one.person: _password() for one in PEOPLE if one.sign_in_as}
    diary = Diary(realise, Month.of(now.date()).plus(-MONTHS_BACK), now)
    begins = datetime.combine(diary.day(0, 1), datetime.min.time(), UTC).replace(hour=8)
    council.found(realise, passwords, begins)
    _keep_sign_ins(var, passwords)
    say("People, boards and the council are there.")
    council.start_best_value(realise, diary.start.financial_year, begins)
    lives = imported.best_value(diary, begins)
    say(f"The savings table is imported: {len(lives)} benefits.")
    best_value.write(diary, lives)
    operating_model.write(diary)
    scrutiny.write(diary, lives)
    meetings.write(diary, lives)
    ledgers.write(diary)
    maps.write(diary, lives)
    imported.themes(diary)
    months.write(diary, council.BEST_VALUE, 0)
    months.write(diary, operating_model.PROGRAMME, 3, left_open=True)
    last = -1

    def tell(done: int, of: int) -> None:
        nonlocal last
        share = done * 100 // of
        if share >= last + 5 or done == of:
            last = share
            say(f"  {share:3d}% of the council's life so far")

    diary.keep(tell)
    with realise.database.write() as connection:
        notices.settle(connection, now - NEWS)
    _marker(var).unlink()
    say("The sample council is ready.")


def _marker(var: Path) -> Path:
    """The file that is there while a sample is being loaded; it holds where."""
    return var / "sample-being-loaded"


def _begin_again(settings: Settings, say: Say) -> None:
    """Make an end of a sample that was loaded in part: it is of no use to anybody."""
    database = Database.open(settings.database_url)
    place = database.place
    database.close()
    if _marker(settings.var).read_text(encoding="utf-8") != place:
        return
    if settings.database_file is None:
        raise HalfLoaded(
            "Loading the sample was interrupted. Make an empty database in place of "
            f"{place}, remove {_marker(settings.var)}, and start again."
        )
    say("The first start was interrupted: it begins again.")
    for ending in ("", "-wal", "-shm", ".lock"):
        Path(place + ending).unlink(missing_ok=True)
    _marker(settings.var).unlink()


def _password() -> str:
    """Four groups that can be typed from a screen: more than 75 bits."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))


def _keep_sign_ins(var: Path, passwords: dict[str, str]) -> None:
    var.mkdir(parents=True, exist_ok=True)
    handle = os.open(var / "sign-ins.json", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(passwords, file)


def sign_ins(var: Path) -> list[str]:
    """One line a kind of person: whom to sign in as, and with what."""
    file = var / "sign-ins.json"
    if not file.exists():
        return ["This record was not made as a sample: sign in with your own account."]
    passwords = json.loads(file.read_text(encoding="utf-8"))
    rows = [
        f"  {one.sign_in_as:20}  {one.email:42}  {passwords[one.person]}"
        for one in PEOPLE
        if one.person in passwords
    ]
    return ["Sign in as:", *rows]
