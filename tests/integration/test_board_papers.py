"""Papers for the board: what they say, and that they are accessible and archivable."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from benefits.lifecycle import Gate
from entrypoints.cli import realise as command
from eventlog import schema
from tests.desks import Desks, at_their_desks
from tests.report_files import text_of
from tests.scenario import begin, saves
from tests.verapdf import verdicts
from workflows.commands import CallMeeting


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    folder = tmp_path_factory.mktemp("papers")
    schema.upgrade(f"sqlite:///{folder / 'realise.db'}")
    scenario = begin(f"sqlite:///{folder / 'realise.db'}", folder)
    scenario.identified("Fewer homes", saves(120_000, "2024-07"), benefit="homes")
    scenario.validated("homes").prepared("homes")
    with at_their_desks(scenario, folder) as found:
        case = scenario.submitted("homes", Gate.DELIVERY)
        scenario.voted("homes", case, "chris", statement="The carers are found.")
        yield found


def _saved(desks: Desks, person: str, address: str, path: Path) -> Path:
    answer = desks[person].get(address)
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/pdf"
    path.write_bytes(BytesIO(answer.data).getvalue())
    return path


def test_a_pack_and_a_certificate_say_all_and_are_valid(desks: Desks, tmp_path: Path) -> None:
    pack = _saved(desks, "mo", "/cases/case-2/pack.pdf", tmp_path / "pack.pdf")
    certificate = _saved(desks, "aud", "/cases/case-1/certificate.pdf", tmp_path / "cert.pdf")
    assert not any(verdicts([pack, certificate]).values())
    words = " ".join(" ".join(text_of(pack)).split())
    binds = desks.scenario.benefit("homes").cases["case-2"].submitted.binds_to
    for said in (
        f"version {binds} of",
        "The tests of the gate",
        "£120,000",
        "The last decision was Validation: approved",
        "Too few carers",
        "No harm found.",
        "The carers are found.",
        "1 vote of 3 seats",
    ):
        assert said in words
    events = desks.scenario.realise.store.load("benefit-homes")
    decided = next(one for one in events if one.type == "case-decided")
    words = "".join(text_of(certificate))
    assert decided.hash in words.replace(" ", "").replace("\n", "")
    assert f"realise prove {decided.position}" in words


def test_there_is_no_certificate_before_the_decision(desks: Desks) -> None:
    refused = desks["pat"].get("/cases/case-2/certificate.pdf")
    assert refused.status_code == 409
    assert "once the board has decided" in refused.text
    assert desks["pat"].get("/cases/none/pack.pdf").status_code == 404
    assert "certificate.pdf" not in desks["pat"].get("/cases/case-2").text
    assert "certificate.pdf" in desks["pat"].get("/cases/case-1").text


def test_the_command_line_makes_them_too(desks: Desks, tmp_path: Path) -> None:
    url = desks.scenario.realise.settings.database_url
    day = desks.scenario.at.date()
    desks.scenario.do(CallMeeting("meeting1", "main", day, "14:00", "", ("case-2",)))
    for name, case in (
        ("gate-pack", "case-2"),
        ("certificate", "case-1"),
        ("meeting-papers", "meeting1"),
        ("minutes", "meeting1"),
    ):
        output = tmp_path / f"{name}.pdf"
        done = CliRunner().invoke(
            command, [name, case, "--output", str(output)], env={"REALISE_DATABASE_URL": url}
        )
        assert done.exit_code == 0, done.output
        assert output.read_bytes().startswith(b"%PDF-1.7")
