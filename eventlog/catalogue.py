"""The names under which events are stored, and how an old one is read today."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache, partial
from typing import Any, TypeAlias

import msgspec

from eventlog.hooks import Hook, dataclasses_within, hooks_seen, stand_in

__all__ = ["Catalogue", "CatalogueFault", "EventType", "Hook", "NotStorable", "UnknownEvent"]

Plain: TypeAlias = dict[str, Any]
Upgrade: TypeAlias = Callable[[Plain], Plain]


class UnknownEvent(Exception):
    """The log holds an event that this version of Realise cannot read."""


class NotStorable(TypeError):
    """An event holds a value that would not come back from the log as it went in."""


class CatalogueFault(ValueError):
    """An event type is declared wrongly."""


@dataclass(frozen=True, slots=True)
class EventType:
    """One kind of event: its stored name, its class and the shape that it has today."""

    name: str
    cls: type[Any]
    version: int
    upgrades: Mapping[int, Upgrade]
    decoder: msgspec.json.Decoder[Any]
    hooked: bool


class Catalogue:
    """Every kind of event. Names are stored for ever; classes may move and be renamed."""

    def __init__(self, hooks: Mapping[type[Any], Hook] | None = None) -> None:
        """``hooks`` say how a value of a class is written as one text, and read back."""
        self._hooks = dict(hooks or {})
        self._readers: dict[type[Any], Callable[[str], Any]] = {}
        for cls, hook in self._hooks.items():
            self._readers[stand_in(cls)] = lru_cache(4096)(hook.from_text)
        self._by_name: dict[str, EventType] = {}
        self._by_class: dict[type[Any], EventType] = {}
        self._reading: dict[tuple[str, int], Callable[[str], Any]] = {}
        self._encoder = msgspec.json.Encoder(order="sorted")

    def register(
        self,
        name: str,
        cls: type[Any],
        version: int = 1,
        upgrades: Mapping[int, Upgrade] | None = None,
    ) -> None:
        """Declare a kind of event. ``upgrades[n]`` turns the plain fields of version n into n+1.

        Raises ``CatalogueFault`` when the name or class is taken, or an upgrade is missing.
        """
        steps = dict(upgrades or {})
        if name in self._by_name or cls in self._by_class:
            raise CatalogueFault(f"“{name}” or {cls.__name__} is in the catalogue already.")
        if not name or sorted(steps) != list(range(1, version)):
            raise CatalogueFault(f"“{name}” needs a name, and an upgrade from each older version.")
        hooked_classes = self._hooks.keys()
        with hooks_seen(dataclasses_within(cls, hooked_classes), hooked_classes) as hooked:
            decoder = msgspec.json.Decoder(cls, dec_hook=self._from_text)
        kind = EventType(name, cls, version, steps, decoder, hooked)
        self._by_name[name] = self._by_class[cls] = kind

    def _from_text(self, kind: type[Any], text: Any) -> Any:
        return self._readers[kind](text)

    def __iter__(self) -> Iterator[EventType]:
        return iter(self._by_name.values())

    def of(self, cls: type[Any]) -> EventType:
        """The entry of a class. Raises ``UnknownEvent``."""
        try:
            return self._by_class[cls]
        except KeyError:
            raise UnknownEvent(f"{cls.__name__} is not in the catalogue of events.") from None

    def encode(self, event: object) -> tuple[str, int, str]:
        """The stored name, the schema version and the canonical JSON of an event.

        The text is read back before it is let through: what could not be read again is refused
        with ``NotStorable``, for the log keeps it for ever.
        """
        kind = self.of(type(event))
        try:
            payload = self._encoder.encode(self._plain(event) if kind.hooked else event)
            same = kind.decoder.decode(payload) == event
        except (TypeError, ValueError, OverflowError) as fault:
            raise NotStorable(f"{kind.name} cannot be stored: {fault}.") from fault
        if not same:
            raise NotStorable(f"{kind.name} would not come back from the log as it went in.")
        return kind.name, kind.version, payload.decode()

    def _plain(self, value: Any) -> Any:
        hook = self._hooks.get(type(value))
        if hook is not None:
            return hook.to_text(value)
        if isinstance(value, tuple | list):
            return [self._plain(part) for part in value]
        if isinstance(value, dict):
            return {key: self._plain(part) for key, part in value.items()}
        if is_dataclass(value):
            return {part.name: self._plain(getattr(value, part.name)) for part in fields(value)}
        return value

    def decode(self, name: str, schema_version: int, payload: str) -> Any:
        """The event of a stored row, brought up to today's shape. Raises ``UnknownEvent``."""
        read = self._reading.get((name, schema_version)) or self._read_by(name, schema_version)
        try:
            return read(payload)
        except (msgspec.DecodeError, ValueError, KeyError, TypeError) as fault:
            raise UnknownEvent(
                f"The log holds a “{name}” version {schema_version} that cannot be read: {fault}."
            ) from fault

    def _read_by(self, name: str, schema_version: int) -> Callable[[str], Any]:
        """How payloads of this name and version are read; found once for each."""
        kind = self._by_name.get(name)
        numbered = type(schema_version) is int and schema_version > 0
        if kind is None or not numbered or schema_version > kind.version:
            raise UnknownEvent(
                f"The log holds “{name}” version {schema_version}, which this version of Realise "
                "does not know. Run the newer version that wrote it."
            )
        read: Callable[[str], Any] = kind.decoder.decode
        if schema_version < kind.version:
            read = partial(_decode_older, kind, schema_version)
        self._reading[name, schema_version] = read
        return read


def _decode_older(kind: EventType, schema_version: int, payload: str) -> Any:
    plain: Plain = msgspec.json.decode(payload)
    for version in range(schema_version, kind.version):
        plain = kind.upgrades[version](plain)
    return kind.decoder.decode(msgspec.json.encode(plain))
