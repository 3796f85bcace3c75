"""Why a unit model brings more or less than planned: how many units, what each is worth, when."""

from collections.abc import Iterator

from benefits.driver_variance import DriverVariance, driver_variance
from benefits.money import pounds
from benefits.wording.writing import month as month_words
from reports.composing.book import Account, Book
from reports.side_tables import SideRow, SideTable

_WORDS = (
    (
        "Volume: units that have not come and are not forecast to. Price: what a unit is worth "
        "against plan. Timing: units that came early, or are forecast to come later than planned. "
        "The three sum to the difference."
    ),
)


def drivers(book: Book) -> Iterator[SideTable]:
    """Benefits with a unit model that was read by the month’s end; none, and there is no table."""
    rows = []
    for account in book.accounts:
        found = driver_variance(account.benefit, book.month)
        if found is not None and account.benefit.stage.reconciled:
            rows.append(_row(account, found))
    if rows:
        yield SideTable(
            "What drives the difference",
            "Unit models at their latest reading: planned by then, and as the units came",
            "Annual amounts, gross of recurring investment, before overlaps given up",
            "Benefit",
            ("Planned by then", "As it came", "Difference", "Volume", "Price", "Timing"),
            tuple(rows),
            words=_WORDS,
        )


def _row(account: Account, found: DriverVariance) -> SideRow:
    amounts = (
        found.planned,
        found.actual,
        found.difference,
        found.volume,
        found.price,
        found.timing,
    )
    return SideRow(account.benefit.title, amounts, _note(account, found), account.ref)


def _note(account: Account, found: DriverVariance) -> str:
    profile = account.benefit.profile
    unit = profile.drivers.unit if profile and profile.drivers else "units"
    worth = f"worth {pounds(found.unit_value)} each"
    if found.unit_value != found.unit_value_planned:
        worth += f" where {pounds(found.unit_value_planned)} was planned"
    return (
        f"{month_words(found.month)}: a change of {found.units:,} {unit} of the "
        f"{found.units_planned:,} planned in all, {worth}."
    )
