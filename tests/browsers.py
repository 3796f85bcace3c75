"""The pages on a council's record, with a browser for each person who signs in."""

import re
from pathlib import Path

from tests.scenario import Scenario
from tests.web import Visitor, give_password, visitor, web_of, web_settings


class Browsers:
    """The web application; ``of`` signs a person in at a browser of their own."""

    def __init__(self, council: Scenario, folder: Path) -> None:
        self.council = council
        self.app = web_of(council.realise, web_settings(folder))

    def of(self, person: str) -> Visitor:
        address = f"{person}@example.gov.uk"
        give_password(self.council.realise.database, person, address)
        somebody = visitor(self.app)
        assert somebody.sign_in(address).status_code == 303
        return somebody


def words(page: str) -> str:
    """What a page says, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())
