"""What an address asks of the register: the filter, the order and the page, and what is unknown.

What cannot be understood is left out and said in a sentence; it never stops the page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from benefits.lifecycle import Stage
from benefits.periods import FinancialYear, NotAPeriod
from benefits.register.filters import SORTS, Filter, Needs
from benefits.register.queries import Choices
from benefits.vocabulary import Fund, Kind, Status

FIRST, LONGEST = "reference", 200
#: The parts of an address, in the order in which they are written.
PARTS = (
    "q", "programme", "workstream", "stage", "status", "kind", "fund", "owner", "year", "needs",
    "sort",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A view of the register. ``faults`` are sentences about what the address had beside it."""

    filter: Filter = field(default_factory=Filter)
    sort: str = FIRST
    page: int = 1
    faults: tuple[str, ...] = ()

    @property
    def parts(self) -> dict[str, Sequence[str]]:
        """The filter by the names that an address has for it; only what narrows."""
        f = self.filter
        said = {
            "q": [f.words],
            "programme": [f.programme],
            "workstream": [f.workstream],
            "stage": f.stages,
            "status": f.statuses,
            "kind": f.kinds,
            "fund": f.funds,
            "owner": [f.owner],
            "year": [f.year],
            "needs": [f.needs],
        }
        return {name: values for name, values in said.items() if any(values)}

    def address(self, path: str = "/register", *, page: int = 1, sort: str = "") -> str:
        """The address of this view with another page or order."""
        return _address(path, self.parts, sort or self.sort, page)

    def without(self, name: str, value: str) -> str:
        """The address of this view with one filter less."""
        parts = {
            key: [each for each in values if (key, each) != (name, value)]
            for key, values in self.parts.items()
        }
        left = _address("/register", parts, self.sort, 1)
        # An address that asks nothing opens the person's first view: this one asks for everything.
        return left if "?" in left else f"{left}?sort={FIRST}"


def _address(path: str, parts: Mapping[str, Sequence[str]], sort: str, page: int) -> str:
    pairs = [(name, value) for name, values in parts.items() for value in values if value]
    pairs += [("sort", sort)] if sort != FIRST else []
    pairs += [("page", str(page))] if page > 1 else []
    return f"{path}?{urlencode(pairs)}" if pairs else path


@dataclass
class _Reader:
    """Reads the parts of an address, gathering a sentence for each that it does not know."""

    args: "MultiDict[str, str]"
    faults: list[str] = field(default_factory=list)

    def several(self, name: str, called: str, known: Sequence[str]) -> tuple[str, ...]:
        """The values that are known, each once, in the order of the list that they are from."""
        wanted = {value.strip() for value in self.args.getlist(name)} - {""}
        for value in sorted(wanted.difference(known))[:3]:
            self.faults.append(f"There is no {called} “{value[:40]}”, so it was left out.")
        return tuple(value for value in known if value in wanted)

    def one(self, name: str, called: str, known: Sequence[str]) -> str:
        return next(iter(self.several(name, called, known)), "")

    def year(self, known: Sequence[str]) -> str:
        typed = self.args.get("year", "").strip()
        try:
            year = str(FinancialYear.parse(typed)) if typed else ""
        except NotAPeriod as fault:
            self.faults.append(f"{fault} It was left out.")
            return ""
        if year and year not in known:
            self.faults.append(f"Nothing on the register is planned for {year}.")
        return year

    def page(self) -> int:
        typed = self.args.get("page", "1").strip()
        if typed.isascii() and typed.isdigit() and len(typed) <= 6 and int(typed):
            return int(typed)
        self.faults.append(f"“{typed[:20]}” is not a page of the register: this is the first.")
        return 1

    def sort(self) -> str:
        typed = self.args.get("sort", FIRST)
        if typed.removeprefix("-") in SORTS:
            return typed
        self.faults.append(f"The register cannot be sorted by “{typed[:40]}”.")
        return FIRST


def read(args: "MultiDict[str, str]", choices: Choices) -> Asked:
    """What an address asks, as far as it can be understood."""
    reader = _Reader(args)
    for name in sorted(set(args).difference(PARTS, ("page",)))[:3]:
        reader.faults.append(f"The register has no filter “{name[:40]}”, so it was left out.")
    asked = Filter(
        programme=reader.one("programme", "programme", [key for key, _ in choices.programmes]),
        words=" ".join(args.get("q", "").replace("\0", " ").split())[:LONGEST],
        stages=reader.several("stage", "stage", [stage.value for stage in Stage]),
        statuses=reader.several("status", "status", [status.value for status in Status]),
        kinds=reader.several("kind", "kind", [kind.value for kind in Kind]),
        funds=reader.several("fund", "fund", [fund.value for fund in Fund]),
        workstream=reader.one("workstream", "workstream", choices.workstreams),
        owner=reader.one("owner", "owner", choices.owners),
        year=reader.year(choices.years),
        needs=reader.one("needs", "such need", [need.value for need in Needs]),
    )
    return Asked(asked, reader.sort(), reader.page(), tuple(reader.faults))


def on_page(asked: Asked, pages: int) -> Asked:
    """The same view, on its last page when it has no such page."""
    if asked.page <= pages:
        return asked
    said = f"There is no page {asked.page:,}: this is the last."
    return replace(asked, page=pages, faults=(*asked.faults, said))
