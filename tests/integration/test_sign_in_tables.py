"""Sessions and counted sign-ins behave alike on both databases, and as the migrations made them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from entrypoints import attempts, sessions
from eventlog.database import Database

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    found = Database.open(database_url)
    yield found
    found.close()


def test_a_session_is_the_persons_until_it_ends_or_is_ended(database: Database) -> None:
    with database.write() as connection:
        first = sessions.start(connection, "pat", AT, 12)
        second = sessions.start(connection, "pat", AT, 12)
    with database.write() as connection:
        sessions.end(connection, first, AT)
    with database.read() as connection:
        assert sessions.person_of(connection, first, AT) is None
        assert sessions.person_of(connection, second, AT) == "pat"
        assert sessions.person_of(connection, second, AT + timedelta(hours=12)) is None
        assert sessions.person_of(connection, "guessed", AT) is None
    with database.write() as connection:
        sessions.end_all(connection, "pat", AT)
        assert sessions.person_of(connection, second, AT) is None


def test_old_sessions_are_not_kept(database: Database) -> None:
    with database.write() as connection:
        sessions.start(connection, "pat", AT - timedelta(days=2), 12)
        sessions.start(connection, "olu", AT, 12)
        kept = connection.execute(sessions.sessions.select()).all()
    assert [row.person for row in kept] == ["olu"]


def test_an_account_and_an_address_are_each_counted(database: Database) -> None:
    with database.write() as connection:
        for number in range(attempts.MOST_PER_ACCOUNT):
            assert attempts.count_one(connection, "pat@x.uk", f"10.0.0.{number}", AT)
        assert not attempts.count_one(connection, "PAT@x.uk ", "10.0.1.1", AT)
        later = AT + attempts.WINDOW + timedelta(seconds=1)
        assert attempts.count_one(connection, "pat@x.uk", "10.0.1.1", later)
        for number in range(attempts.MOST_PER_ADDRESS):
            assert attempts.count_one(connection, f"p{number}@x.uk", "10.9.9.9", later)
        assert not attempts.count_one(connection, "one-more@x.uk", "10.9.9.9", later)


def test_a_right_password_forgets_the_wrong_ones_before_it(database: Database) -> None:
    with database.write() as connection:
        for _ in range(attempts.MOST_PER_ACCOUNT):
            attempts.count_one(connection, "pat@x.uk", "10.0.0.1", AT)
        attempts.forget(connection, "pat@x.uk")
        assert attempts.count_one(connection, "pat@x.uk", "10.0.0.1", AT)
