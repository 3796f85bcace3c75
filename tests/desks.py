"""People of the council at their browsers, on one morning in June 2024."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import time_machine
from flask import Flask

from tests.scenario import Scenario
from tests.web import Visitor, give_password, visitor, web_of, web_settings

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
