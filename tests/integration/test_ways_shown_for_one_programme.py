"""Who has a role for one programme, in a council whose programmes are open, meets no dead end."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from benefits.register import tables
from tests.conftest import RUN_DIRECTORY
from tests.sample import EMAILS, ONLY_PROGRAMME, Sample, copied
from tests.walking import walk
from workflows import directory
from workflows.commands import GrantProgrammeRole, RegisterPerson, Role

#: The rest of what can be held for one programme; the sample's Ona is its PMO officer.
PEOPLE = {"ona": Role.PMO, "finn": Role.FINANCE, "scott": Role.SCRUTINY}


@pytest.fixture(scope="module")
def council(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Sample]:
    folder = tmp_path_factory.mktemp("sample")
    with copied(request.config.stash[RUN_DIRECTORY], folder) as found:
        for person in ("finn", "scott"):
            _known(found, person)
            found.passwords[person] = found.passwords["ona"]
        yield found


@pytest.fixture(scope="module", autouse=True)
def _their_emails() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for person in ("finn", "scott"):
            patch.setitem(EMAILS, person, f"{person}@alderbrook.example")
        yield


def _known(council: Sample, person: str) -> None:
    """Somebody new, with a role for the one programme and Ona's password."""
    realise, kept = council.realise, directory.people
    with realise.database.write() as connection:
        email = f"{person}@alderbrook.example"
        directory.add(
            connection, directory.Entry(person, person.title(), email, "", "", active=True)
        )
        same = select(kept.c.password).where(kept.c.person == "ona")
        password = connection.execute(same).scalar_one()
        connection.execute(kept.update().where(kept.c.person == person).values(password=password))
    asked = [RegisterPerson(person), GrantProgrammeRole(person, PEOPLE[person], ONLY_PROGRAMME)]
    realise.handle(asked, by="morag", at=datetime.now(UTC))


@pytest.fixture(scope="module")
def app(council: Sample) -> Flask:
    return council.site()


def _elsewhere(council: Sample) -> tuple[str, ...]:
    """Where the walk begins: at home, and at each kind of thing of another programme."""
    held, claims, cases = tables.register.c, tables.claims.c, tables.cases.c
    lost, programmes = tables.erosions.c, tables.programmes.c
    with council.realise.read() as connection:
        others = [
            *connection.execute(
                select(programmes.programme).where(programmes.programme != ONLY_PROGRAMME)
            ).scalars()
        ]
        found = ["/", *(f"/programmes/{one}" for one in others)]
        stages = connection.execute(
            select(held.stage, held.benefit).where(held.programme != ONLY_PROGRAMME)
        )
        found += [
            f"/benefits/{benefit}"
            for benefit in {row.stage: row.benefit for row in stages}.values()
        ]
        standings = connection.execute(
            select(claims.standing, claims.claim).where(claims.programme != ONLY_PROGRAMME)
        )
        found += [
            f"/claims/{claim}" for claim in {row.standing: row.claim for row in standings}.values()
        ]
        found += [
            f"/claims/{one}"
            for one in connection.execute(
                select(lost.claim).where(lost.programme != ONLY_PROGRAMME)
            ).scalars()
        ]
        found += [
            f"/cases/{one}"
            for one in connection.execute(
                select(cases.case_id).where(cases.outcome == "").limit(3)
            ).scalars()
        ]
    assert len(found) > 8
    return tuple(found)


@pytest.mark.parametrize("person", PEOPLE)
def test_no_link_shown_to_people_of_one_programme_is_refused(
    council: Sample, app: Flask, person: str
) -> None:
    found = walk(app, council.at(app, person), person, 3, _elsewhere(council))
    assert not found.faults, "\n".join(found.faults)
    assert len(found.pages) > 60


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("/programmes/operatingmodel/mtfs", "Record an MTFS line"),
        ("/finance/ledger", "Load an extract"),
    ],
)
def test_what_is_the_councils_is_not_offered_for_one_programme(
    council: Sample, app: Flask, address: str, word: str
) -> None:
    ours, theirs = (council.at(app, who).get(address).text for who in ("finn", "daniel"))
    assert word in theirs
    assert word not in ours


def test_finance_of_one_programme_admits_its_money_and_records_no_line(
    council: Sample, app: Flask
) -> None:
    here, home = council.at(app, "finn"), f"/programmes/{ONLY_PROGRAMME}/record"
    assert here.get(f"{home}/admit-to-mtfs").status_code == 200
    refused = here.get(f"{home}/record-mtfs-line")
    assert refused.status_code == 403
    assert "Only finance may record an MTFS line. This is for the whole council" in refused.text
    elsewhere = here.get("/programmes/bestvalue/record/admit-to-mtfs")
    assert elsewhere.status_code == 403
    assert "You have that role for another programme, not for this one." in elsewhere.text


@pytest.mark.parametrize("part", ["enter/claims", "import"])
def test_the_pmo_of_one_programme_opens_no_grid_or_import_of_another(
    council: Sample, app: Flask, part: str
) -> None:
    here = council.at(app, "ona")
    assert here.get(f"/programmes/{ONLY_PROGRAMME}/{part}").status_code == 200
    assert here.get(f"/programmes/bestvalue/{part}").status_code == 403
