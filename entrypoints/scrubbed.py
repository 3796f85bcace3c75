"""What may leave of a trace or a fault: a short list, and all else is left out."""

from collections.abc import Sequence
from typing import Any

from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult
from opentelemetry.trace import Status

#: Of a span: how and where it was asked (the rule of the address, not the address), the answer.
LISTED = frozenset(
    {
        "http.method",
        "http.request.method",
        "http.response.status_code",
        "http.route",
        "http.status_code",
        "realise.request",
    }
)
#: Of a fault and of each line that it came through.
_OF_AN_EVENT = ("event_id", "timestamp", "level", "platform", "sdk")
_OF_A_FRAME = ("filename", "function", "module", "lineno", "in_app")
_TAGS = ("page", "job", "request")


class OnlyListed(SpanExporter):
    """Hands spans on with what is listed alone: no event, no words of a fault, no other value."""

    def __init__(self, exporter: SpanExporter) -> None:
        self._exporter = exporter

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        return self._exporter.export([_listed(span) for span in spans])

    def shutdown(self) -> None:
        self._exporter.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        return self._exporter.force_flush(timeout_millis)


def _listed(span: ReadableSpan) -> ReadableSpan:
    held = {name: value for name, value in (span.attributes or {}).items() if name in LISTED}
    # A name made of an address could hold an id or a search: the method alone is left of it.
    plain = "/" not in span.name or "http.route" in held
    return ReadableSpan(
        name=span.name if plain else span.name.split()[0].split("/")[0] or "request",
        context=span.context,
        parent=span.parent,
        resource=span.resource,
        attributes=held,
        kind=span.kind,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )


def only_what_and_where(event: Any, _hint: Any) -> Any:
    """A fault as Sentry takes it: its kind and the lines of code, without a word of its own."""
    tags = event.get("tags") or {}
    return {
        **{name: event[name] for name in _OF_AN_EVENT if name in event},
        "tags": {name: tags[name] for name in _TAGS if name in tags},
        "exception": {"values": [_fault(one) for one in event["exception"]["values"]]},
    }


def _fault(one: Any) -> dict[str, Any]:
    frames = (one.get("stacktrace") or {}).get("frames") or []
    lines = [{name: frame[name] for name in _OF_A_FRAME if name in frame} for frame in frames]
    return {
        "type": one.get("type"),
        "module": one.get("module"),
        "value": "",
        "stacktrace": {"frames": lines},
    }
