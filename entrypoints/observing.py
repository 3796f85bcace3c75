"""Sends traces and unforeseen faults to where a council watches its systems, if it says where.

What leaves is only what is on a list: which page, how it was answered, how long it took; of a fault
its kind and the place in the code. No address with an id or a search in it, no header, no form, no
name, no words of a fault. Nothing is sent unless a setting says where to.
"""

import atexit
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from flask import Flask, g

from entrypoints.settings import Settings
from entrypoints.settings_list import BadSetting

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SpanExporter

NAME = "realise"
_INSTALL = "{} is set, and what sends it is not installed. Run: pip install 'realise[observe]'"


@dataclass
class _Sending:
    """What this process sends: spans, by their provider, and faults."""

    provider: "TracerProvider | None" = None
    faults: bool = False


_sending = _Sending()


def install(settings: Settings) -> None:
    """Begin to send what the settings ask for. Raises ``BadSetting`` where it cannot be sent."""
    if settings.traces_url:
        _need("opentelemetry.exporter", "REALISE_TRACES_URL")
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

        send_traces(OTLPSpanExporter(settings.traces_url))
    if settings.sentry_dsn:
        _need("sentry_sdk", "REALISE_SENTRY_DSN")
        _send_faults(settings.sentry_dsn)


def _need(module: str, setting: str) -> None:
    try:
        there = find_spec(module) is not None
    except ModuleNotFoundError:
        there = False
    if not there:
        raise BadSetting(_INSTALL.format(setting))


def send_traces(exporter: "SpanExporter") -> None:
    """Give every span that ends to the exporter, as far as it is on the list."""
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    from entrypoints.scrubbed import OnlyListed

    _sending.provider = TracerProvider(
        resource=Resource({"service.name": NAME}), shutdown_on_exit=True
    )
    _sending.provider.add_span_processor(BatchSpanProcessor(OnlyListed(exporter)))


def _send_faults(address: str) -> None:
    import sentry_sdk
    from sentry_sdk.consts import CompressionAlgo
    from sentry_sdk.utils import BadDsn

    from entrypoints.scrubbed import only_what_and_where

    try:
        sentry_sdk.init(
            address, default_integrations=False, auto_enabling_integrations=False,
            include_local_variables=False, include_source_context=False,
            max_request_body_size="never", max_breadcrumbs=0, send_client_reports=False,
            auto_session_tracking=False, server_name="",
            _experiments={"transport_compression_algo": CompressionAlgo.GZIP},
            before_send=only_what_and_where,
        )  # fmt: skip
    except BadDsn as fault:
        raise BadSetting(
            "REALISE_SENTRY_DSN is no DSN of Sentry. Copy it from the project’s “Client Keys”."
        ) from fault
    atexit.register(sentry_sdk.flush, 2)
    _sending.faults = True


def traced(app: Flask) -> Flask:
    """Make a span of every request, which goes on a trace that a proxy began."""
    if _sending.provider is not None:
        from opentelemetry.instrumentation.flask import FlaskInstrumentor

        FlaskInstrumentor().instrument_app(  # type: ignore[no-untyped-call]
            app, tracer_provider=_sending.provider,
            excluded_urls="/health$,/ready$,/metrics$,/static/",
        )  # fmt: skip
        app.before_request(_name_the_span)
    return app


def _name_the_span() -> None:
    """So that a trace leads to the lines of the log and to the events, which carry this id."""
    from opentelemetry.trace import get_current_span

    get_current_span().set_attribute("realise.request", str(g.get("request_id", "")))


@contextmanager
def span(name: str) -> Iterator[None]:
    """A part of a trace: what is done within. Its name holds nothing that anybody typed."""
    if _sending.provider is None:
        yield
        return
    tracer = _sending.provider.get_tracer(NAME)
    with tracer.start_as_current_span(name, record_exception=False):
        yield


def unforeseen(fault: BaseException, **where: str) -> None:
    """Tell of a fault that nobody foresaw. ``where``: the page or the job, never an address."""
    if not _sending.faults:
        return
    import sentry_sdk

    with sentry_sdk.new_scope() as scope:
        for name, value in where.items():
            scope.set_tag(name, value)
        scope.capture_exception(fault)


def flush() -> None:
    """Send what waits to be sent."""
    if _sending.provider is not None:
        _sending.provider.force_flush()
    if _sending.faults:
        import sentry_sdk

        sentry_sdk.flush(2)


def stop() -> None:
    """Send what waits, and nothing any more."""
    flush()
    if _sending.provider is not None:
        _sending.provider.shutdown()
    _sending.provider, _sending.faults = None, False
