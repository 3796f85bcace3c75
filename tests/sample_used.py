"""What the sample council lacks so that each kind of page has something to show, done by hand."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from io import BytesIO

from sqlalchemy import select

from benefits.register import tables
from tests.sample import EMAILS, ONA, ONLY_PROGRAMME, Sample
from tests.web import Visitor
from workflows import directory
from workflows.commands import GrantProgrammeRole, RegisterPerson, Role

EXTRACT = 'Cost centre,Period,Net amount,Narrative\n4711,2026-05,"-40,000",Post deleted\n'
TABLE = (
    "Project,Benefit,Kind,2027/28 (£)\nRoutes,Shorter routes,saving,10000\nRoutes,Fares,saving,x\n"
)


def use(sample: Sample) -> None:
    """A meeting, a file, a saved view, an extract, an import that waits, and somebody new."""
    app = sample.site()
    pmo, finance = sample.at(app, "priya"), sample.at(app, "daniel")
    _somebody_for_one_programme(sample)
    _meeting(sample, pmo)
    done = pmo.send("/register/views", {"name": "At risk"}, pmo.hidden("/register?status=At+risk"))
    assert done.status_code == 303
    with sample.realise.read() as connection:
        claim = connection.execute(select(tables.claims.c.benefit).limit(1)).scalar_one()
    attaching = f"/benefits/{claim}/attach"
    _brings(pmo, attaching, {"title": "Ledger", "about": "The claim"}, b"%PDF-1.7", "ledger.pdf")
    here = "/programmes/bestvalue/import"
    _brings(pmo, here, {"what": "register"}, TABLE.encode(), "ours.csv")
    page = _brings(finance, "/finance/ledger", {}, EXTRACT.encode(), "ledger.csv")
    shown = finance.get(page).text
    carried = {n: unescape(v) for n, v in re.findall(r'name="(\w+)" value="([^"]*)"', shown)}
    carried.pop("discard", None)
    assert finance.client.post(page, data={**carried, "import": "yes"}).status_code == 303


def _brings(who: Visitor, page: str, typed: dict[str, str], content: bytes, name: str) -> str:
    """Send a file by a form; gives where the person is sent."""
    data = {**who.hidden(page), **typed, "file": (BytesIO(content), name)}
    answer = who.client.post(page, data=data, buffered=True)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def _meeting(sample: Sample, pmo: Visitor) -> None:
    with sample.realise.read() as connection:
        case = connection.execute(
            select(tables.cases.c.case_id, tables.cases.c.board).where(tables.cases.c.outcome == "")
        ).first()
    assert case is not None
    soon = datetime.now(UTC) + timedelta(days=3)
    day = {"day-day": f"{soon.day}", "day-month": f"{soon.month}", "day-year": f"{soon.year}"}
    typed = {**day, "starts": "10:00", "place": "Room 1", "cases": case.case_id}
    assert pmo.send(f"/boards/{case.board}/meetings/new", typed).status_code == 303


def _somebody_for_one_programme(sample: Sample) -> None:
    realise, at = sample.realise, datetime.now(UTC)
    with realise.database.write() as connection:
        entry = directory.Entry(ONA, "Ona Reid", EMAILS[ONA], "PMO", "", active=True)
        directory.add(connection, entry)
        kept = directory.people
        same = select(kept.c.password).where(kept.c.person == "priya")
        password = connection.execute(same).scalar_one()
        connection.execute(kept.update().where(kept.c.person == ONA).values(password=password))
    asked = [RegisterPerson(ONA), GrantProgrammeRole(ONA, Role.PMO, ONLY_PROGRAMME)]
    realise.handle(asked, by="morag", at=at)
