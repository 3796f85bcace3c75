"""Several processes write, import and rebuild at once, and each is killed again and again.

``REALISE_CRASHES`` sets how often (a soak does it for long).
"""

from collections import Counter
from pathlib import Path

from sqlalchemy import func, select

from benefits.events import STORED_NAMES
from benefits.events.details import NoteAdded
from benefits.register import tables
from entrypoints.verifying import verify_everything
from tests.scenario import open_realise
from tests.victim import Victim
from tests.victim_acts import LINES, RACERS, noted, now


def test_who_race_each_other_and_are_killed_lose_nothing_and_do_nothing_twice(
    lived_url: str, victim: Victim, tmp_path: Path
) -> None:
    victim.lives_at(lived_url, tmp_path)
    victim.done("race")
    said = [(tmp_path / f"said-{number}").read_text().split("\n") for number in range(len(RACERS))]
    said = [[line for line in told[:-1] if line] for told in said]  # the last may be half a line
    realise = open_realise(lived_url, tmp_path)
    assert verify_everything(realise).bad == []
    keys = [line.split() for told in said[:2] for line in told]
    notes = Counter(one.event.text for one in realise.store.read(types=[STORED_NAMES[NoteAdded]]))
    assert {key for how, key in keys if how == "!"} <= notes.keys()
    assert all(notes[key] <= 1 for _, key in keys)
    assert keys, "nothing was even asked: this race shows nothing"
    with realise.read() as connection:
        counted = select(tables.programmes.c.title, func.count(tables.register.c.benefit)).join(
            tables.register, tables.register.c.programme == tables.programmes.c.programme
        )
        rows = connection.execute(counted.group_by(tables.programmes.c.title)).all()
    found = {title: lines for title, lines in rows if title.startswith("Programme ")}
    assert set(said[2]) <= found.keys()
    assert set(found.values()) <= {LINES}
    last = noted("the last one", "ola")  # nobody who was killed left a lock behind
    assert realise.handle(last, by="pat", at=now(), key="the last one").written
    realise.database.close()
