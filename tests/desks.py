"""People of the council at their browsers, on one morning in June 2024."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import time_machine
from flask import Flask

from benefits.commands.money import ReportErosion
from benefits.lifecycle import Gate
from benefits.periods import Month
from eventlog import schema
from tests.scenario import Scenario, begin, close, saves
from tests.web import Visitor, give_password, visitor, web_of, web_settings
from workflows.commands import SubmitCase

#: Who may read the record itself.
RECORD = {"ada", "pat", "fay", "aud", "cleo"}
#: Where something can be sent, the page that its form is on, and who may send it.
FORMS: dict[str, tuple[str, set[str]]] = {
    "/benefits/homes/ask/validation": ("", {"pat"}),
    "/cases/k1/vote": ("/cases/k1", {"chris"}),
    "/cases/k1/take-back": ("", {"pat"}),
    "/claims/c1/verify": ("/claims/c1", {"fay"}),
    "/claims/c1/reject": ("", {"fay"}),
    "/claims/c1/loss/l1/dismiss": ("", {"fay"}),
    "/finance/review/care/2024-05": ("", {"fay"}),
    "/reports/draft": ("/reports", {"ada", "pat", "fay"}),
    "/reports/issue": ("/reports", {"pat"}),
    "/boards/new": ("", {"ada"}),
    "/boards/main/rules": ("", {"ada"}),
    "/admin/council": ("", {"ada"}),
    "/admin/verify": ("/admin", {"ada"}),
    "/admin/people/mo/grant": ("/admin/people/mo", {"ada"}),
    "/admin/people/mo/leave": ("/admin/people/mo", {"ada"}),
    "/admin/people/mo/password": ("/admin/people/mo", {"ada"}),
    "/audit/verify": ("/audit", RECORD),
}
MORNING = datetime(2024, 6, 3, 10, tzinfo=UTC)


@dataclass
class Desks:
    """The council's people, each signed in at a browser of their own when first asked for."""

    scenario: Scenario
    app: Flask
    visitors: dict[str, Visitor] = field(default_factory=dict)

    def __getitem__(self, person: str) -> Visitor:
        if person not in self.visitors:
            address = f"{person}@northmere.example"
            give_password(self.scenario.realise.database, person, address)
            self.visitors[person] = visitor(self.app)
            assert self.visitors[person].sign_in(address).status_code == 303
        return self.visitors[person]

    def events(self) -> int:
        """How many events the log holds."""
        return self.scenario.realise.store.head()[0]


@contextmanager
def at_their_desks(scenario: Scenario, folder: Path) -> Iterator[Desks]:
    """The pages on the council's record, on that morning."""
    scenario.on("2024-06-03")
    with time_machine.travel(MORNING):
        yield Desks(scenario, web_of(scenario.realise, web_settings(folder)))


@contextmanager
def busy_council(folder: Path) -> Iterator[Desks]:
    """A council with a case, claims and losses that wait, and its people at their desks."""
    url = f"sqlite:///{folder / 'realise.sqlite'}"
    schema.upgrade(url)
    scenario = begin(url, folder)
    scenario.identified("Fewer homes", saves(120_000, "2024-07"), benefit="homes")
    scenario.described("homes")
    scenario.in_delivery("One desk", saves(80_000, "2024-04"), benefit="desk")
    with at_their_desks(scenario, folder) as found:
        scenario.claimed("desk", 30_000, "2024-05", claim="c0")
        scenario.verified("desk", "c0")
        scenario.claimed("desk", 40_000, "2024-05", claim="c1")
        scenario.do(ReportErosion("desk", "l0", "c0", 1_00, Month(2024, 5), "Lost."))
        scenario.do(ReportErosion("desk", "l1", "c0", 1_00, Month(2024, 5), "Lost."))
        scenario.do(close("care", "2024-05"))
        scenario.do(SubmitCase("homes", "k1", Gate.VALIDATION, "Please decide."))
        yield found


def of_its_claim(address: str) -> str:
    """A loss is of the claim that it was reported of."""
    return address.replace("/c1/loss", "/c0/loss")
