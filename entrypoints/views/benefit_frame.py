"""What every page about one benefit begins with: its place, its name, its life and its parts."""

from dataclasses import dataclass

from benefits.benefit import Benefit
from benefits.lifecycle import Stage
from benefits.wording.writing import day, london_day
from entrypoints.views.knowing import Known

PARTS = (
    ("", "Overview"),
    ("money", "Money"),
    ("delivery", "Delivery"),
    ("decisions", "Decisions"),
    ("evidence", "Evidence"),
    ("story", "Story"),
)
LIFE = (Stage.IDENTIFIED, Stage.VALIDATED, Stage.IN_DELIVERY, Stage.REALISED)


@dataclass(frozen=True, slots=True)
class Step:
    """A stage of its life: past, now or ahead, with the day on which it was entered."""

    name: str
    place: str
    said: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The heading of a benefit's page."""

    number: str
    title: str
    filed: str
    steps: tuple[Step, ...]
    parts: tuple[tuple[str, str, bool], ...]
    looking_back: str
    fault: str
    home: str
    exempt_because: str = ""  # as a sentence; empty when it is not exempt


def frame(found: Known, programme: str, part: str) -> Frame:
    """The heading, with ``part`` as the page that is open."""
    b = found.benefit
    home = f"/benefits/{b.benefit}"
    parts = tuple(
        (words, f"{home}/{name}{found.query}" if name else home + found.query, name == part)
        for name, words in PARTS
    )
    filed = " › ".join(each for each in (programme, b.workstream, b.group) if each)
    back = day(found.back) if found.back else ""
    because = b.exempt_because.strip().rstrip(".") + "." if b.exempt else ""
    return Frame(b.number, b.title, filed, steps(b), parts, back, found.fault, home, because)


def steps(b: Benefit) -> tuple[Step, ...]:
    """The four stages in order, and withdrawal where it came to that."""
    reached = [stage for stage in LIFE if stage in b.stage_since or stage is Stage.IDENTIFIED]
    found = [Step(_said(stage), _place(b, stage), _when(b, stage)) for stage in LIFE]
    if b.stage is Stage.WITHDRAWN:
        found = found[: len(reached)]
        found.append(Step("Withdrawn", "left", _when(b, Stage.WITHDRAWN)))
    return tuple(found)


def _said(stage: Stage) -> str:
    return stage.value[:1].upper() + stage.value[1:]


def _place(b: Benefit, stage: Stage) -> str:
    if stage is b.stage:
        return "now"
    if b.stage is Stage.WITHDRAWN:
        return "past"
    return "past" if LIFE.index(stage) < LIFE.index(b.stage) else "ahead"


def _when(b: Benefit, stage: Stage) -> str:
    since = b.stage_since.get(stage)
    ahead = b.stage is not Stage.WITHDRAWN and LIFE.index(stage) > LIFE.index(b.stage)
    if since is None or ahead:
        return "Not yet" if _place(b, stage) == "ahead" else ""
    return f"{'Since' if stage is b.stage else 'On'} {day(london_day(since))}"
