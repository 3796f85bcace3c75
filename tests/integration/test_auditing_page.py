"""An auditor takes the record's files from a page, and verifies them on a computer of their own."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from benefits.commands.details import AddNote
from eventlog import schema
from tests.desks import Desks, at_their_desks
from tests.scenario import begin, saves
from tests.verifier import VERIFIER, run_verifier

PAGE = "/audit/check"


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    folder = tmp_path_factory.mktemp("audited")
    url = f"sqlite:///{folder / 'realise.sqlite'}"
    schema.upgrade(url)
    council = begin(url, folder)
    council.identified("Fewer homes", saves(120_000, "2024-07"), benefit="homes")
    council.realise.checkpoint_now(council.at)
    council.do(AddNote("homes", "Since then."), by="pat")
    council.realise.checkpoint_now(council.at)
    with at_their_desks(council, folder) as found:
        yield found


def taken(desks: Desks, folder: Path) -> dict[str, Path]:
    """Every file that the auditor's page leads to, by how its name begins."""
    page = desks["aud"].get(PAGE)
    assert page.status_code == 200
    files = {}
    for address in re.findall(rf'href="({PAGE}/[^"]+)"', page.text):
        answer = desks["aud"].get(address)
        assert answer.status_code == 200, address
        assert answer.headers["Content-Disposition"].startswith("attachment")
        name = address.rsplit("/", 1)[1]
        files[name] = folder / name
        files[name].write_bytes(answer.data)
    return files


def test_the_files_of_the_page_verify_elsewhere(desks: Desks, tmp_path: Path) -> None:
    files = taken(desks, tmp_path)
    assert files["realise_verify.py"].read_bytes() == VERIFIER.read_bytes()
    older = min((f for n, f in files.items() if n.startswith("checkpoint")), key=lambda f: f.name)
    key, log = files["key-1.txt"], files["log.jsonl"]
    found = run_verifier(tmp_path, log, "--key", key, "--checkpoint", older)
    assert (found.status, found.bad) == (0, "")
    assert len([n for n in files if n.startswith("checkpoint")]) == 2


def test_a_changed_byte_in_the_file_is_found(desks: Desks, tmp_path: Path) -> None:
    files = taken(desks, tmp_path)
    log = files["log.jsonl"]
    log.write_text(log.read_text().replace("Fewer homes", "Fewer hopes", 1))
    assert run_verifier(tmp_path, log, "--key", files["key-1.txt"]).status == 1


def test_the_export_is_for_those_alone_who_may_read_the_whole_record(desks: Desks) -> None:
    """Administrators and scrutiny do not read what is exempt; the rest of the files they may."""
    statuses = {
        who: desks[who].get(f"{PAGE}/log.jsonl").status_code
        for who in ("aud", "pat", "fay", "ada", "cleo", "olu")
    }
    assert statuses == {"aud": 200, "pat": 200, "fay": 200, "ada": 403, "cleo": 403, "olu": 403}
    assert "cannot be verified" in desks["ada"].get(PAGE).text
    assert desks["ada"].get(f"{PAGE}/key-1.txt").status_code == 200
    assert desks["olu"].get(PAGE).status_code == 403


def test_taking_the_export_is_recorded_as_reading_what_is_exempt(desks: Desks) -> None:
    desks["aud"].get(f"{PAGE}/log.jsonl")
    assert f"{PAGE}/log.jsonl" in desks["ada"].get("/audit/access").text


def test_what_is_not_there_is_not_found(desks: Desks) -> None:
    for name in ("checkpoint-1.txt", "key-9.txt", "key-0.txt"):
        assert desks["aud"].get(f"{PAGE}/{name}").status_code == 404


def test_the_page_without_a_checkpoint_says_how_one_is_made(
    migrated_sqlite_url: str, tmp_path: Path
) -> None:
    with at_their_desks(begin(migrated_sqlite_url, tmp_path), tmp_path) as desks:
        assert "No checkpoint has been signed yet" in desks["aud"].get(PAGE).text
