"""The sample's priorities of its council plan, and the benefits maps of two programmes."""

from collections.abc import Mapping

from benefits.commands.mapping import (
    PlaceOnMap,
    RecordEnablingChange,
    RecordObjective,
    RecordOutcome,
)
from entrypoints.sample import operating_model
from entrypoints.sample.council import BEST_VALUE
from entrypoints.sample.diary import Diary
from entrypoints.sample.lives import PMO, Life
from workflows.commands import RecordPriority

PLAN = "Council Plan 2023 to 2027, page {}"
PRIORITIES = (
    RecordPriority("independence", "People live independently for longer", PLAN.format(6)),
    RecordPriority("value", "Every pound is well spent", PLAN.format(9)),
    RecordPriority("easytoreach", "A council that is easy to deal with", PLAN.format(12)),
)
#: Which outcomes each benefit of Best Value serves, and which changes it needs, by its title.
PLACES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "Demand for Homecare": (("athome", "carecosts"), ("reviews",)),
    "Shared Lives in place of independent supported living": (("athome",), ("sharedlives",)),
    "Independent travel": (("travel",), ("trainers",)),
    "Enhanced budgets": (("travel",), ()),
    "Customer (total)": (("onecontact",), ("telephony",)),
    "Category management": (("contracts",), ("framework",)),
    "Spend with Third Parties (total without ICT)": (("contracts",), ("framework",)),
    "Building management": (("contracts",), ()),
    "Cleaning cost model": (("contracts",), ()),
}


def write(diary: Diary, lives: Mapping[str, Life]) -> None:
    """Note the priorities, then both maps. ``lives`` are those of Best Value, by title."""
    diary.asks(diary.day(0, 2), PMO, PRIORITIES, hour=15)
    _best_value(diary)
    for title, (outcomes, changes) in PLACES.items():
        diary.asks(
            diary.day(0, 9), PMO, PlaceOnMap(lives[title].benefit, outcomes, changes), hour=14
        )
    homecare, customer = lives["Demand for Homecare"], lives["Customer (total)"]
    diary.asks(
        diary.day(1, 14),
        PMO,
        [
            RecordEnablingChange(
                BEST_VALUE, "reviews", "Reviews by a reablement team", f"{homecare.benefit}s2"
            ),
            RecordEnablingChange(
                BEST_VALUE, "telephony", "One telephone system", f"{customer.benefit}s2"
            ),
        ],
    )
    _operating_model(diary)


def _best_value(diary: Diary) -> None:
    programme = BEST_VALUE
    diary.asks(
        diary.day(0, 9),
        PMO,
        [
            RecordObjective(
                programme, "prevention", "Help people before they need care", ("independence",)
            ),
            RecordObjective(programme, "buying", "Buy and run services for less", ("value",)),
            RecordObjective(
                programme,
                "oncefirst",
                "Put things right at the first contact",
                ("easytoreach", "value"),
            ),
            RecordOutcome(
                programme, "athome", "More people stay in their own homes", ("prevention",)
            ),
            RecordOutcome(
                programme, "carecosts", "Care fits what a person needs", ("prevention", "buying")
            ),
            RecordOutcome(
                programme, "travel", "Children travel to school by themselves", ("prevention",)
            ),
            RecordOutcome(
                programme, "contracts", "The same services at a lower price", ("buying",)
            ),
            RecordOutcome(
                programme, "onecontact", "Residents ask once and are answered", ("oncefirst",)
            ),
            RecordEnablingChange(programme, "reviews", "Reviews by a reablement team"),
            RecordEnablingChange(programme, "sharedlives", "More Shared Lives carers recruited"),
            RecordEnablingChange(programme, "trainers", "Travel trainers in post"),
            RecordEnablingChange(programme, "framework", "A category for every contract"),
            RecordEnablingChange(programme, "telephony", "One telephone system"),
        ],
        hour=11,
    )


def _operating_model(diary: Diary) -> None:
    programme = operating_model.PROGRAMME
    diary.asks(
        diary.day(3, 5),
        PMO,
        [
            RecordObjective(programme, "leaner", "A leaner, joined-up council", ("value",)),
            RecordObjective(programme, "residents", "Put residents first", ("easytoreach",)),
            RecordOutcome(programme, "support", "Support is done once", ("leaner",)),
            RecordOutcome(
                programme, "online", "Residents serve themselves online", ("residents", "leaner")
            ),
            RecordEnablingChange(programme, "structure", "A new structure in place"),
            RecordEnablingChange(programme, "forms", "Online forms for every service"),
            PlaceOnMap("opmodel", ("support",), ("structure",)),
            PlaceOnMap("residentfocus", ("online",), ("forms", "structure")),
            PlaceOnMap("admissions", ("online",), ("forms",)),
        ],
        hour=16,
    )
