"""What the sample's people say of a benefit: invented words around the papers' figures."""

from dataclasses import dataclass

from benefits.vocabulary import Confidence, Direction


@dataclass(frozen=True, slots=True)
class Described:
    """What the service says of a benefit when it is made ready for Validation."""

    description: str
    outcome: str
    measure: str
    unit: str
    baseline: str
    target: str
    direction: Direction = Direction.DOWN
    confidence: Confidence = Confidence.MEDIUM
    why: str = "Two other councils of our size have done it; our volumes are checked to the ledger."
    cabinet: str = "yates"


#: Best Value, by the title of the benefit.
DESCRIBED: dict[str, Described] = {
    "Demand for Homecare": Described(
        "Reviews and reablement so that fewer people need long packages of care at home.",
        "Fewer people with a long-term package, and more people doing well without one.",
        "People with a package of homecare",
        "people",
        "450",
        "207",
    ),
    "Shared Lives in place of independent supported living": Described(
        "People who can live with a Shared Lives family move from supported living.",
        "Ten people live with a family who lived in a scheme before.",
        "Placements moved to Shared Lives",
        "placements",
        "0",
        "10",
        Direction.UP,
        Confidence.HIGH,
    ),
    "Pick up points": Described(
        "Pupils join shared transport at a safe place near home.",
        "More pupils travel on fewer vehicles.",
        "Vehicles on contract for school runs",
        "vehicles",
        "186",
        "164",
        confidence=Confidence.HIGH,
    ),
    "Personal budgets": Described(
        "Families who prefer it are paid to bring their child to school themselves.",
        "Families choose, and fewer single-pupil taxis run.",
        "Single-pupil taxis",
        "taxis",
        "74",
        "45",
    ),
    "Enhanced budgets": Described(
        "A larger budget for families whose child needs support on the way to school.",
        "Families with complex needs have a choice that costs less.",
        "Families on an enhanced budget",
        "families",
        "0",
        "28",
        Direction.UP,
    ),
    "Route mapping": Described(
        "Routes are planned again each term with software in place of by hand.",
        "Shorter routes, with fewer empty seats.",
        "Empty seats on the morning runs",
        "seats",
        "412",
        "250",
        confidence=Confidence.HIGH,
    ),
    "Independent travel": Described(
        "Young people learn to travel to school or college by themselves.",
        "More young people travel by bus, with confidence.",
        "Young people trained",
        "people",
        "0",
        "60",
        Direction.UP,
        Confidence.LOW,
        "Families must agree, one by one; the pilot had mixed results.",
    ),
    "Category management": Described(
        "Contracts are bought by category, with one plan for each market.",
        "Lower prices for the same goods, seen in the contract register.",
        "Contracts let on a category plan",
        "contracts",
        "3",
        "40",
        Direction.UP,
        cabinet="rowe",
    ),
    "Customer (total)": Described(
        "One front door for customers: seven lines of the business case under one profile.",
        "Fewer repeat calls, and more done online at the first try.",
        "Repeat calls a month",
        "calls",
        "4276",
        "1333",
        confidence=Confidence.LOW,
        why="The seven lines are not split by year, and the call data is from one service.",
        cabinet="rowe",
    ),
    "Building management": Described(
        "One team manages all buildings.",
        "One contract and one help desk for buildings.",
        "Buildings managed by the one team",
        "buildings",
        "0",
        "61",
        Direction.UP,
        Confidence.HIGH,
        cabinet="rowe",
    ),
    "Cleaning cost model": Described(
        "Cleaning is charged by area and use.",
        "The same standard of cleaning at a lower price a square metre.",
        "Cleaning cost a square metre",
        "pounds",
        "21.40",
        "18.10",
        confidence=Confidence.HIGH,
        cabinet="rowe",
    ),
    "Corporate business support": Described(
        "Business support moves into one centre with common ways of working.",
        "One team answers for business support, with shorter waits.",
        "Business support teams",
        "teams",
        "23",
        "1",
        cabinet="rowe",
    ),
    "Other professional specialisms": Described(
        "Small specialist teams join into centres of excellence.",
        "Fewer, stronger teams with cover for absence.",
        "Specialist teams of fewer than three",
        "teams",
        "14",
        "4",
        cabinet="rowe",
    ),
    "Employee service centre and transactions hub": Described(
        "Payroll, HR and invoice work is done in one place.",
        "Staff ask once and are answered the same day.",
        "Days to pay an invoice",
        "days",
        "31",
        "12",
        cabinet="rowe",
    ),
    "Spend with Third Parties (total without ICT)": Described(
        "Seven categories of spend with third parties are bought again.",
        "Lower prices in the contract register.",
        "Categories bought again",
        "categories",
        "0",
        "7",
        Direction.UP,
        cabinet="rowe",
    ),
}
