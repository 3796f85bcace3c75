"""What machines ask of a running Realise: whether it lives, whether it can work, what it counts."""

import hmac
from collections.abc import Iterator
from datetime import datetime
from ipaddress import ip_address

from flask import Blueprint, Response, abort, json, request
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector
from sqlalchemy import Connection, func, select

from entrypoints import measured
from entrypoints.access import PUBLIC, allowed
from entrypoints.daily import CHECKING
from entrypoints.here import realise, settings
from eventlog.faults import DatabaseFault
from eventlog.schema import check_usable
from workflows import ledger, outbox

pages = Blueprint("watching", __name__)

#: What a proxy on this machine writes: then the caller is not the one that we see.
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP")


@pages.get("/health")
@allowed(PUBLIC)
def health() -> Response:
    """The process answers. Nothing else is looked at: nobody ends it for another's fault."""
    return _said(200, "ok")


@pages.get("/ready")
@allowed(PUBLIC)
def ready() -> Response:
    """The database is there, with what this version needs of its tables."""
    try:
        with realise().database.read() as connection:
            check_usable(connection)
    except DatabaseFault as fault:
        return _said(503, type(fault).__name__)
    return _said(200, "ready")


def _said(status: int, word: str) -> Response:
    return Response(json.dumps({"status": word}), status, mimetype="application/json")


@pages.get("/metrics")
@allowed(PUBLIC)
def metrics() -> Response:
    """The counts, for this machine or for who has the token; for anybody else there is no page."""
    if not (_from_here() or _has_token()):
        abort(404)
    text = generate_latest(measured.counts()) + generate_latest(_kept())
    return Response(text, content_type=CONTENT_TYPE_LATEST)


def _from_here() -> bool:
    try:
        loopback = ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
    return loopback and not any(name in request.headers for name in _FORWARDED)


def _has_token() -> bool:
    scheme, _, sent = request.headers.get("Authorization", "").partition(" ")
    token = settings().metrics_token
    same = hmac.compare_digest(sent.strip().encode(errors="replace"), token.encode())
    return bool(token) and scheme.lower() == "bearer" and same


def _kept() -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(_FromDatabase())
    return registry


class _FromDatabase(Collector):
    """What the database knows: the log's end, emails that wait, runs of jobs, the last check."""

    def collect(self) -> Iterator[Metric]:
        up = GaugeMetricFamily("realise_database_up", "Whether the database answers.")
        try:
            with realise().database.read() as connection:
                found = list(_gauges(connection))
        except DatabaseFault:
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        yield from found


def _gauges(connection: Connection) -> Iterator[Metric]:
    head = realise().store.head(connection)[0]
    yield _gauge("realise_log_position", "The last position of the log.", head)
    waiting = outbox.waiting(connection)
    yield _gauge("realise_outbox_waiting", "Emails that wait to be sent.", waiting)
    runs = ledger.job_runs.c
    jobs = GaugeMetricFamily("realise_job_runs", "Runs of jobs on record.", labels=["state"])
    for state, count in connection.execute(
        select(runs.state, func.count()).group_by(runs.state).order_by(runs.state)
    ):
        jobs.add_metric([state], count)
    yield jobs
    checked = select(func.max(runs.ended_at)).where(runs.job == CHECKING, runs.state == ledger.DONE)
    at = connection.execute(checked).scalar()
    if at:
        seconds = datetime.fromisoformat(at).timestamp()
        yield _gauge("realise_chain_verified_at", "When the record was last found whole.", seconds)


def _gauge(name: str, about: str, value: float) -> Metric:
    return GaugeMetricFamily(name, about, value)
