"""An event that was recorded once loads for ever: a sample of each version of each kind does."""

import json
from pathlib import Path
from typing import Any

import pytest

from benefits import events as benefit_events
from entrypoints.wiring import catalogue
from eventlog.catalogue import UnknownEvent
from reports import issued
from workflows import events
from workflows.scrutiny import events as scrutiny

#: Never change or remove a sample: such events are in somebody's log. Add one for a new version.
SAMPLES: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parent.parent / "recorded" / "events.json").read_text(encoding="utf-8")
)
NAMES = {
    name: cls
    for names in (
        benefit_events.STORED_NAMES,
        events.STORED_NAMES,
        scrutiny.STORED_NAMES,
        issued.STORED_NAMES,
    )
    for cls, name in names.items()
}


def _written(payload: Any) -> str:
    return json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@pytest.mark.parametrize("name", NAMES)
def test_every_version_of_an_event_that_was_ever_recorded_loads(name: str) -> None:
    known, samples = catalogue(), SAMPLES.get(name, {})
    assert samples, f"Add a sample of {name} to tests/recorded/events.json."
    for version, payload in samples.items():
        event = known.decode(name, int(version), _written(payload))
        assert isinstance(event, NAMES[name])
        now = known.encode(event)
        assert str(now[1]) in samples, f"Add a sample of version {now[1]} of {name}."
        if str(now[1]) == version:
            assert now == (name, int(version), _written(payload))


def test_no_kind_of_event_that_was_ever_recorded_is_forgotten() -> None:
    assert SAMPLES.keys() <= NAMES.keys()


@pytest.mark.parametrize("name", NAMES)
def test_an_event_of_a_newer_version_stops_with_a_sentence(name: str) -> None:
    newest = max(map(int, SAMPLES[name]))
    with pytest.raises(UnknownEvent, match=r"The log holds .*\."):
        catalogue().decode(name, newest + 1, _written(SAMPLES[name][str(newest)]))
