"""The people of an invented council, for tests that go through the real doors."""

from typing import TYPE_CHECKING

from workflows import commands, directory
from workflows.commands import Role
from workflows.people import SETUP

if TYPE_CHECKING:
    from tests.scenario import Scenario

#: Everybody of the council: id, name, post and role (none for owners and members of the board).
PEOPLE = (
    ("ada", "Ada Moss", "Systems administrator", Role.ADMINISTRATOR),
    ("pat", "Pat Reeve", "PMO officer", Role.PMO),
    ("quin", "Quin Hale", "PMO officer", Role.PMO),
    ("fay", "Fay Okoro", "Finance business partner", Role.FINANCE),
    ("gil", "Gil Stone", "Finance business partner", Role.FINANCE),
    ("aud", "Aud Lund", "Internal auditor", Role.AUDITOR),
    ("cleo", "Cleo Park", "Scrutiny clerk", Role.SCRUTINY),
    ("olu", "Olu Bright", "Director of Children’s Services", None),
    ("ola", "Ola Marsh", "Head of Property", None),
    ("chris", "Chris Vane", "Chief Executive", None),
    ("mo", "Mo Amin", "Director of Adult Services", None),
    ("dee", "Dee Frost", "Deputy Director of Adult Services", None),
    ("sam", "Sam Tully", "Section 151 officer", None),
    ("cal", "Cllr Cal Dunn", "Cabinet member", None),
)


def arrive(scenario: "Scenario") -> None:
    """Everybody is in the directory and on record, and the council has its name."""
    with scenario.realise.database.write() as connection:
        for person, name, post, _ in PEOPLE:
            address = f"{person}@northmere.example"
            entry = directory.Entry(person, name, address, post, "", active=True)
            directory.add(connection, entry)
    asked: list[object] = [commands.NameCouncil("Northmere Borough Council", "#12436d")]
    for person, _, _, role in PEOPLE:
        asked.append(commands.RegisterPerson(person))
        if role is not None:
            asked.append(commands.GrantRole(person, role))
    scenario.do(*asked, by=SETUP)
