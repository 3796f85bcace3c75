"""Events go into the log as canonical JSON and come back as they were, also those of old."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.periods import FinancialYear, Month
from eventlog.catalogue import Catalogue, CatalogueFault, Hook, NotStorable, UnknownEvent

HOOKS = {Month: Hook(str, Month.parse), FinancialYear: Hook(str, FinancialYear.parse)}


class Colour(StrEnum):
    """A choice."""

    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class Part:
    """A part inside an event."""

    pence: int
    month: Month
    colour: Colour | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """An event with everything that one may hold."""

    name: str
    parts: tuple[Part, ...]
    years: tuple[FinancialYear, ...] = ()
    first: Month | None = None
    day: date | None = None
    at: datetime | None = None
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Renamed:
    """An event whose shape has changed twice."""

    title: str
    count: int


@dataclass(frozen=True, slots=True)
class Weighed:
    """An event with a float, which none may hold."""

    parts: tuple[float, ...]


def made() -> Catalogue:
    """The catalogue of this test."""
    catalogue = Catalogue(HOOKS)
    catalogue.register("Planned", Planned)
    catalogue.register(
        "Renamed",
        Renamed,
        version=3,
        upgrades={
            1: lambda old: {"label": old["name"]},
            2: lambda old: {"title": old["label"], "count": 1},
        },
    )
    return catalogue


TEXT = st.text(st.characters(exclude_categories=["Cs"]))
PENCE = st.integers(-(2**63), 2**63 - 1)
MONTHS = st.builds(Month, st.integers(1990, 2150), st.integers(1, 12))
PARTS = st.builds(Part, PENCE, MONTHS, st.none() | st.sampled_from(Colour))
PLANNED = st.builds(
    Planned,
    TEXT,
    st.lists(PARTS, max_size=4).map(tuple),
    st.lists(st.builds(FinancialYear, st.integers(1990, 2149)), max_size=2).map(tuple),
    st.none() | MONTHS,
    st.none() | st.dates(),
    st.none() | st.datetimes(timezones=st.just(UTC)),
    st.booleans(),
)


@given(PLANNED)
def test_an_event_comes_back_as_it_went_in_and_its_text_is_canonical(event: Planned) -> None:
    catalogue = made()
    name, version, payload = catalogue.encode(event)
    assert catalogue.decode(name, version, payload) == event
    again = json.dumps(
        json.loads(payload), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    assert json.loads(again) == json.loads(payload)
    assert again.replace("\x7f", "") == payload.replace("\x7f", "")
    assert "\0" not in payload


def test_months_and_years_are_kept_as_people_write_them() -> None:
    event = Planned("é", (Part(-5, Month(2024, 7), Colour.RED),), (FinancialYear(2023),))
    assert made().encode(event) == (
        "Planned",
        1,
        (
            '{"at":null,"day":null,"first":null,"name":"é",'
            '"parts":[{"colour":"red","month":"2024-07","pence":-5}],'
            '"sure":false,"years":["2023/24"]}'
        ),
    )


def test_an_old_shape_is_brought_up_to_date_step_by_step() -> None:
    catalogue = made()
    assert catalogue.decode("Renamed", 1, '{"name":"a"}') == Renamed("a", 1)
    assert catalogue.decode("Renamed", 2, '{"label":"a"}') == Renamed("a", 1)
    assert catalogue.decode("Renamed", 3, '{"count":7,"title":"a"}') == Renamed("a", 7)


@pytest.mark.parametrize(
    ("name", "version", "payload"),
    [
        ("Unheard", 1, "{}"),
        ("Renamed", 4, "{}"),
        ("Renamed", 0, '{"name":"a"}'),
        ("Renamed", 1, '{"other":"a"}'),
        ("Renamed", 3, '{"title":"a"}'),
        ("Renamed", 3, '{"title":"a","count":1.5}'),
        ("Planned", 1, '{"name":"a","parts":[{"pence":1,"month":"2024-13"}]}'),
        ("Planned", 1, "not json"),
    ],
)
def test_what_cannot_be_read_stops_with_a_sentence(name: str, version: int, payload: str) -> None:
    with pytest.raises(UnknownEvent, match=f"The log holds .*{name}"):
        made().decode(name, version, payload)


@pytest.mark.parametrize(
    "event",
    [
        Planned(5, ()),  # type: ignore[arg-type]
        Planned("a", [Part(1, Month(2024, 1))]),  # type: ignore[arg-type]
        Planned("a", (Part(True, Month(2024, 1)),)),
        Planned("\ud800", ()),
        Planned("a", (), first="2024-07"),  # type: ignore[arg-type]
    ],
)
def test_what_would_not_come_back_is_not_let_in(event: Planned) -> None:
    with pytest.raises(NotStorable):
        made().encode(event)


def test_an_event_outside_the_catalogue_is_not_let_in() -> None:
    with pytest.raises(UnknownEvent, match="Part is not in the catalogue"):
        made().encode(Part(1, Month(2024, 1)))


def test_a_catalogue_refuses_names_taken_upgrades_missing_and_floats() -> None:
    catalogue = made()
    for name, cls, version in (("Planned", Part, 1), ("Other", Planned, 1), ("Part", Part, 2)):
        with pytest.raises(CatalogueFault):
            catalogue.register(name, cls, version)
    with pytest.raises(TypeError, match="float"):
        catalogue.register("Weighed", Weighed)


def test_the_classes_are_left_as_they_were_declared() -> None:
    made()
    assert Part.__annotations__["month"] is Month
