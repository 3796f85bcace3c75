"""The sample's savings tables, read by the same import that a council would use."""

from datetime import datetime
from importlib.resources import files

from sqlalchemy import select

from benefits.commands.programme import ChangeProgramme, SetRecipients
from benefits.periods import FinancialYear
from benefits.register import tables
from benefits.savings_table import Options, Unit
from entrypoints.importing import Asked, import_table
from entrypoints.sample.diary import Diary
from entrypoints.sample.lives import PMO, Life
from entrypoints.sample.people import COMMITTEE, RECIPIENTS

#: Who answers for the benefits of a group or workstream; everybody else's go to the first.
_OWNERS = {
    "Adult Social Care": "amira",
    "Communities First": "amira",
    "Home to School Transport": "gareth",
    "Local Services": "gareth",
    "Customer": "sue",
}
_ANYONE_ELSE = "neil"
#: The board that decides about the benefits of the themes.
_BOARD = "transformation"


def best_value(diary: Diary, at: datetime) -> dict[str, Life]:
    """Import Northumberland's printed lines; gives the benefits' lives by title."""
    name = "northumberland_savings.csv"
    options = Options(first_year=diary.start.financial_year)
    asked = Asked(_content(name), name, "Best Value", options)
    import_table(diary.realise, asked, by=PMO, at=at)
    with diary.realise.read() as connection:
        rows = connection.execute(
            select(tables.register.c.benefit, tables.register.c.title, tables.register.c.group_name)
        ).all()
    owners = {row.title: _OWNERS.get(row.group_name, _ANYONE_ELSE) for row in rows}
    return {row.title: Life(diary, row.benefit, row.title, owners[row.title]) for row in rows}


def themes(diary: Diary) -> None:
    """Note the import of Leicestershire's cumulative table, late in the record."""
    name = "leicestershire_savings_by_theme_millions_cumulative.csv"
    options = Options(
        first_year=FinancialYear(2020),
        unit=Unit.MILLIONS,
        cumulative=True,
        savings_negative=True,
        years_down=True,
    )
    asked = Asked(_content(name), name, "Savings by theme", options)

    def act(at: datetime) -> None:
        import_table(diary.realise, asked, by=PMO, at=at)
        with diary.realise.read() as connection:
            known = tables.programmes.c
            query = select(known.programme).where(known.title == asked.programme)
            programme = connection.execute(query).scalar_one()
        named = ChangeProgramme(programme, sponsor="ruth", board=_BOARD, committee=COMMITTEE)
        diary.realise.handle([named, SetRecipients(programme, RECIPIENTS)], by=PMO, at=at)

    diary.on(diary.ago(2), act)


def _content(name: str) -> bytes:
    return (files("entrypoints") / "sample_data" / name).read_bytes()
