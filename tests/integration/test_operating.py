"""What docs/operate.md tells an administrator to do works as it is written."""

import re
from pathlib import Path

import psycopg
import pytest

from entrypoints import cli
from entrypoints.settings_list import SETTINGS
from tests.command_line import Command
from tests.postgres import Postgres
from tests.scenario import ROOT

PAGE = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")


def test_every_command_and_every_setting_of_the_page_is_one() -> None:
    commands = set(
        re.findall(
            r"(?:bin/realise|`realise|^run|`run|realise run) ([a-z][a-z-]+)", PAGE, re.MULTILINE
        )
    )
    assert {"serve", "schedule", "init", "add-person", "doctor", "backup", "verify"} <= commands
    assert commands <= set(cli.realise.commands)
    named = set(re.findall(r"REALISE_[A-Z_]+", PAGE))
    assert named <= set(SETTINGS)


def test_the_two_roles_of_the_page_are_enough_and_the_second_cannot_change_the_log(
    postgres_server: Postgres, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str], tmp_path: Path,
) -> None:  # fmt: skip
    (asked,) = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
    roles = ("realise_owner", "realise_app")
    with psycopg.connect(postgres_server.url("postgres"), autocommit=True) as admin:
        try:
            for statement in filter(str.strip, asked.split(";")):
                admin.execute(statement)
            owner, app = (postgres_server.url("realise", role) for role in roles)
            monkeypatch.setenv("REALISE_VAR", str(tmp_path))
            monkeypatch.setenv("REALISE_DATABASE_URL", app)
            realise = Command(monkeypatch, capsys)
            assert realise("init") == 1
            assert "The role realise_app may not change the tables" in realise.err
            assert "REALISE_OWNER_DATABASE_URL" in realise.err
            monkeypatch.setenv("REALISE_OWNER_DATABASE_URL", owner)
            assert realise("init") == 0
            monkeypatch.delenv("REALISE_OWNER_DATABASE_URL")
            words = ("add-person", "Ada Moss", "ada@council.gov.uk", "--role", "administrator")
            assert realise(*words, "--password", "a long enough password") == 0
            assert realise("verify") == 0
            with psycopg.connect(app) as connection, pytest.raises(psycopg.Error):
                connection.execute("UPDATE events SET actor_id = 'x'")
        finally:
            admin.execute("DROP DATABASE IF EXISTS realise WITH (FORCE)")
            for role in roles:
                admin.execute(f"DROP ROLE IF EXISTS {role}")
