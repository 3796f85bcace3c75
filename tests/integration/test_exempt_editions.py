"""Public and exempt editions of one report: the same totals, and no word of what is exempt."""

import json
import re
import subprocess
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from sqlalchemy import select, update

from benefits.commands import details, money, programme
from benefits.events.gates import Choice
from benefits.lifecycle import Gate
from benefits.periods import Month
from benefits.plans import Condition
from benefits.vocabulary import Cause, Confidence
from entrypoints.verifying import verify_everything
from entrypoints.wiring import KINDS
from eventlog.exported import export_log
from eventlog.read_export import read_export
from eventlog.schema import upgrade
from reports import archive, monthly
from reports.attached import attached
from reports.attachments import to_json
from reports.delivering import NOT_FOR_PUBLICATION
from reports.issued import Circulation
from reports.issuing import Issued
from reports.report_verified import verify_report
from tests.amounts import money_of
from tests.scenario import Scenario, begin, saves
from workflows import commands
from workflows.commands import Role
from workflows.outbox import outbox

SECRET = re.compile(r"acme|zebra|benefit-2|benefit-3", re.IGNORECASE)


@dataclass
class Told:
    """A council with two exempt benefits, and its report of August in both editions."""

    council: Scenario
    issued: Issued

    @property
    def public(self) -> bytes:
        return self.issued.archived.pdf

    @property
    def exempt(self) -> bytes:
        assert self.issued.exempt is not None
        return self.issued.exempt.pdf


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    folder = tmp_path_factory.mktemp("council")
    url = f"sqlite:///{folder / 'realise.db'}"
    upgrade(url, url)
    council = begin(url, folder)
    council.in_delivery("Fewer homes", saves(120_000, "2024-07"))
    acme = council.in_delivery("Leave Acme Ltd", saves(40_000, "2024-07"))
    zebra = council.in_delivery("Project Zebra", saves(20_000.07, "2024-07"))
    council.do(*(details.MakeExempt(one, "Acme’s business affairs.") for one in (acme, zebra)))
    council.do(commands.GrantRole("olu", Role.EXEMPT_READER), by="ada")
    council.do(programme.SetRecipients("care", ("olu", "cal")))
    council.on("2024-05-03").closed("2024-04")
    council.realise.reports.issue("care", Month(2024, 4), by="pat", at=council.at)
    council.on("2024-08-05").verified(acme, council.claimed(acme, 10_000, "2024-07"))
    wrong = council.claimed(zebra, 5_000, "2024-07")
    council.do(money.RejectClaim(zebra, wrong, "Zebra's ledger shows nothing."), by="fay")
    for one, plan in ((acme, 30_000), (zebra, 20_000.07)):
        council.forecast(one, money_of(plan, "2025-04", "2024/25"), reason="Acme asks for more.")
    council.do(
        details.StateConfidence(acme, Confidence.LOW, "Acme may sue."),
        details.AddNote(acme, "Acme's lawyers wrote."),
    )
    council.do(
        money.RecordPressure(acme, "p1", Month(2024, 8), 3_000_00, "Acme's prices."), by="fay"
    )
    asked = {"profile": saves(35_000, "2024-10"), "cause": Cause.PRICE}
    case = council.submitted(acme, Gate.REBASELINE, **asked)
    due = Condition("c1", "Acme must sign.", "olu", council.at.date())
    council.voted(acme, case, "chris", Choice.APPROVE_WITH_CONDITIONS, "Acme it is.", (due,))
    council.voted(acme, case, "sam")
    council.on("2024-09-03").closed("2024-08")
    return Told(
        council,
        council.realise.reports.issue("care", Month(2024, 8), by="pat", at=council.at),
    )


def pages(pdf: bytes) -> list[str]:
    read = subprocess.run(
        ["pdftotext", "-layout", "-", "-"],
        input=pdf, capture_output=True, check=True,
    )  # fmt: skip
    return read.stdout.decode().split("\f")[:-1]


def files(pdf: bytes) -> dict[str, bytes]:
    with pikepdf.open(BytesIO(pdf)) as opened:
        return {name: one.get_file().read_bytes() for name, one in opened.attachments.items()}


def report(pdf: bytes) -> Any:
    return json.loads(next(one for name, one in files(pdf).items() if name.endswith(".json")))[
        "report"
    ]


def test_no_word_of_an_exempt_benefit_is_in_the_public_edition(told: Told) -> None:
    held = {name: one.decode() for name, one in files(told.public).items()}
    for name, text in {**held, "pages": "".join(pages(told.public))}.items():
        assert not SECRET.search(text), (name, SECRET.findall(text))
    for benefit in ("benefit-2", "benefit-3"):
        assert told.council.benefit(benefit).number not in held["report.json"]
    assert "Exempt items" in held["figures.csv"]


def test_the_exempt_edition_tells_all_and_says_on_each_page_that_it_is_exempt(told: Told) -> None:
    printed = pages(told.exempt)
    assert all(NOT_FOR_PUBLICATION in " ".join(page.split()) for page in printed)
    assert "Leave Acme Ltd (exempt)" in " ".join(" ".join(printed).split())
    assert not any("EXEMPT" in page for page in pages(told.public))


def test_both_editions_have_the_same_totals_to_the_penny(told: Told) -> None:
    public, exempt = report(told.public), report(told.exempt)
    assert public["cover"]["circulation"] == "public"
    for section in ("headlines",):
        assert public["summary"][section] == exempt["summary"][section]
    assert public["movements"]["recurring"] == exempt["movements"]["recurring"]
    assert public["movements"]["cash"] == exempt["movements"]["cash"]
    for table in ("bridge", "run_rate", "recurring_by_year", "cash_by_year", "by_workstream"):
        assert public["planned"][table] == exempt["planned"][table]
    assert public["status"]["strip"] == exempt["status"]["strip"]
    for name in ("original_plan", "plan", "forecast", "verified", "claimed"):
        assert _sum(public, name) == _sum(exempt, name)
    assert sum(one["amount"] for one in public["status"]["exceptions"]) == sum(
        one["amount"] for one in exempt["status"]["exceptions"]
    )
    assert len(public["appendix"]["benefits"]) == 2
    assert len(exempt["appendix"]["benefits"]) == 3


def _sum(found: Any, name: str) -> int:
    return sum(year[name] for one in found["appendix"]["benefits"] for year in one["years"])


def test_each_edition_is_sent_to_those_for_whom_it_is_meant(told: Told) -> None:
    query = select(outbox).where(outbox.c.about == "report care 2024-08")
    with told.council.realise.database.read() as connection:
        sent = {row.recipient: row for row in connection.execute(query)}
    assert (sent["cal"].file, sent["olu"].file) == (told.public, told.exempt)
    assert sent["olu"].subject.startswith("EXEMPT: ")
    assert "EXEMPT" not in f"{sent['cal'].subject} {sent['cal'].body} {sent['cal'].file_name}"


@pytest.mark.parametrize("edition", list(Circulation))
def test_every_figure_of_either_edition_is_worked_out_again_from_the_log(
    told: Told, edition: Circulation
) -> None:
    pdf = told.public if edition is Circulation.PUBLIC else told.exempt
    realise = told.council.realise
    with realise.database.read() as connection:
        log = read_export(list(export_log(connection)), realise.store.catalogue)
    verdict = verify_report(attached(pdf), log, KINDS)
    assert verdict.holds, verdict.as_json()


def test_either_edition_is_made_again_from_its_inputs(told: Told) -> None:
    for kept in (told.issued.archived, told.issued.exempt):
        assert kept is not None
        again = monthly.compose_again(told.council.realise.store, KINDS, json.loads(kept.inputs))
        assert json.loads(to_json(again.contents))["report"] == report(kept.pdf)


def test_a_draft_of_an_earlier_day_does_not_show_what_was_made_exempt_since(told: Told) -> None:
    council = told.council
    before = next(
        recorded.position for recorded in council.realise.store.read(types=["benefit-made-exempt"])
    )
    request = monthly.Request("care", Month(2024, 4), before - 1, "pat", council.at, draft=True)
    made = monthly.compose(council.realise.store, KINDS, request)
    assert not SECRET.search(to_json(made.contents).decode())


def test_the_archive_of_exempt_editions_is_verified_too(told: Told) -> None:
    realise = told.council.realise
    assert "4 issued reports are the bytes that were issued." in verify_everything(realise).good
    with realise.database.write() as connection:
        held = connection.execute(select(archive.exempt_archive.c.pdf)).scalars().first()
        connection.execute(update(archive.exempt_archive).values(pdf=b"other"))
    try:
        assert any("The exempt report of care" in one for one in verify_everything(realise).bad)
    finally:
        assert held
        with realise.database.write() as connection:
            table = archive.exempt_archive
            for month, pdf in (("2024-08", told.exempt), ("2024-04", held)):
                connection.execute(update(table).where(table.c.month == month).values(pdf=pdf))
