"""Every page of the sample council, found by following its links, in a real Chromium.

``make test`` looks at each kind of page once, and at a few more; ``make soak`` at all kinds of
form as each kind of person, at both widths.
"""

import random

from playwright.sync_api import Browser
from sqlalchemy import select

from benefits.register import tables
from tests.looking import NARROW, WIDE, Looker
from tests.sample import KINDS_OF_PEOPLE, Sample
from tests.walking import Walk, walk

#: Who see between them every page that there is, and how many addresses of each kind they try.
FEW = {"priya": 2, "morag": 1, "daniel": 2, "margaret": 1}
#: What no page links to: what browsers and programs ask for by themselves, what is typed, and
#: what comes only of a file that the sample has not got. (Nor what is exempt, or the way in.)
NOT_LINKED = {
    "/admin/emails", "/benefits", "/brand.css", "/calendars/<secret>.ics", "/f/<code>",
    "/favicon.ico", "/health",
    "/finance/ledger/extracts/<upload>", "/logo", "/metrics", "/ready",
    "/programmes/<programme>/import/<upload>", "/reports/draft/<draft>.pdf", "/static/<path:name>",
    "/benefits/<benefit>/evidence/<file>", "/cases/<case>/conditions/<condition>",
}  # fmt: skip
#: How many forms of the many alike are looked at in ``make test``.
SOME = 6


def _walks(council: Sample, people: dict[str, int]) -> list[Walk]:
    app, cases = council.site(), tables.cases.c
    with council.realise.read() as connection:
        # The cases found first may all be open, or all be decided.
        some = [
            connection.execute(select(cases.case_id).where(kind)).scalars().first()
            for kind in (cases.outcome != "", cases.outcome == "")
        ]
    start = ("/", *(f"/cases/{case}" for case in some))
    return [
        walk(app, council.at(app, person), person, each, start) for person, each in people.items()
    ]


def _once(walks: list[Walk]) -> list[tuple[str, str]]:
    """One address of each kind of page, with a person who sees it; some more of forms alike."""
    first: dict[str, tuple[str, str]] = {}
    others: list[tuple[str, str]] = []
    for found in walks:
        for pattern, addresses in found.reached.items():
            if addresses[0] not in found.pages:
                continue
            if pattern[0] not in first:
                first[pattern[0]] = (found.person, addresses[0])
            else:
                others.append((found.person, addresses[0]))
    return [*first.values(), *random.Random(320).sample(others, min(SOME, len(others)))]


def test_every_link_leads_to_a_page_and_every_page_is_linked_to(
    council: Sample, browser: Browser, address: str, thorough: bool
) -> None:
    head = council.realise.store.head()
    walks = _walks(council, dict.fromkeys(KINDS_OF_PEOPLE, 3) if thorough else FEW)
    faults = [fault for found in walks for fault in found.faults]
    if council.realise.store.head() != head:
        faults.append("a page that is only read wrote to the record")
    rules = {rule.rule for rule in council.site().url_map.iter_rules() if "GET" in rule.methods}  # type: ignore[operator]
    pages = {
        one for one in rules if not one.startswith(("/api/", "/sign")) and "/exempt" not in one
    }
    never = pages - NOT_LINKED - set().union(*(found.rules for found in walks))
    faults += [f"nothing links to {rule}" for rule in sorted(never)]
    every = [
        (found.person, one)
        for found in walks
        for addresses in found.reached.values()
        for one in addresses
        if one in found.pages
    ]
    faults += _looked_at(council, browser, address, every if thorough else _once(walks), NARROW)
    if thorough:
        faults += _looked_at(council, browser, address, every, WIDE)
    assert not faults, "\n".join(faults)


def _looked_at(
    council: Sample,
    browser: Browser,
    address: str,
    pages: list[tuple[str, str]],
    size: dict[str, int],
) -> list[str]:
    """What is wrong with each page, as the person sees it in a window of the size."""
    app, lookers, faults = council.site(), dict[str, Looker](), list[str]()
    for person, page in pages:
        if person not in lookers:
            lookers[person] = Looker(browser, address, council.at(app, person), viewport=size)
        faults += [f"{person}: {fault}" for fault in lookers[person].faults(page)]
    for looker in lookers.values():
        looker.close()
    return faults
