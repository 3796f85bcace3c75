"""The people of the invented council. None of them exists."""

from dataclasses import dataclass

from workflows.commands import Role

COUNCIL = "Alderbrook Council"
COMMITTEE = "Overview and Scrutiny Committee"
#: Who of the committee is sent the reports: its chair and its clerk.
RECIPIENTS = ("margaret", "liam")
DOMAIN = "alderbrook.example"


@dataclass(frozen=True, slots=True)
class Invented:
    """A person of the sample: a short id, a name, a post, roles, and a line of the sign-in list."""

    person: str
    name: str
    post: str
    roles: tuple[Role, ...] = ()
    sign_in_as: str = ""

    @property
    def email(self) -> str:
        return self.name.lower().removeprefix("cllr ").replace(" ", ".") + f"@{DOMAIN}"


PEOPLE = (
    Invented("priya", "Priya Nair", "PMO lead", (Role.PMO,), "PMO officer"),
    Invented("tom", "Tom Ashworth", "PMO analyst", (Role.PMO,)),
    Invented("amira", "Amira Hassan", "Head of Adult Social Care", (), "Benefit owner"),
    Invented("gareth", "Gareth Lloyd", "Head of Transport", ()),
    Invented("sue", "Sue Barton", "Head of Customer Services", ()),
    Invented("neil", "Neil Prentice", "Head of Commissioning", ()),
    Invented("daniel", "Daniel Okafor", "Finance business partner", (Role.FINANCE,), "Finance"),
    Invented("helen", "Helen Marsh", "Senior accountant", (Role.FINANCE,)),
    Invented("ruth", "Ruth Calder", "Chief Executive", (), "Board chair"),
    Invented("sanjay", "Sanjay Mehta", "Director of Resources", (), "Board member"),
    Invented("elaine", "Elaine Foster", "Director of Place", (), "Board member"),
    Invented(
        "colin", "Colin Hargreaves", "Section 151 Officer", (Role.FINANCE,), "Board, finance seat"
    ),
    Invented("joanne", "Joanne Pike", "Deputy Section 151 Officer", (Role.FINANCE,)),
    Invented(
        "margaret",
        "Cllr Margaret Dunne",
        "Chair, Overview and Scrutiny Committee",
        (Role.SCRUTINY,),
        "Scrutiny committee",
    ),
    Invented("liam", "Liam Byrne", "Committee clerk", (Role.SCRUTINY,)),
    Invented("fiona", "Fiona Grant", "Internal audit manager", (Role.AUDITOR,), "Auditor"),
    Invented("morag", "Morag Ellison", "Systems officer", (Role.ADMINISTRATOR,), "Administrator"),
    Invented("yates", "Cllr Peter Yates", "Cabinet member, Adults and Transport", ()),
    Invented("rowe", "Cllr Anita Rowe", "Cabinet member, Resources and Customers", ()),
)
