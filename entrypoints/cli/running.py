"""Commands that keep running: the web pages, the scheduler, and both for a first look."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import click

from entrypoints import logs, observing
from entrypoints.cli.opening import opened, settings
from entrypoints.measured import TOGETHER
from entrypoints.settings import Settings

_SHUTDOWN_SECONDS = 20
_ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def _port_is_free(chosen: Settings) -> None:
    """Refuse with a sentence when something else listens there."""
    family = socket.AF_INET6 if ":" in chosen.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((chosen.host, chosen.port))
        except OSError as fault:
            raise click.ClickException(
                f"Port {chosen.port} of {chosen.host} cannot be used: {fault.strerror}. "
                "Stop what uses it, or set REALISE_PORT to another number."
            ) from fault


@click.command()
@click.option("--threads", default=8, show_default=True, type=click.IntRange(1, 64))
@click.option("--processes", default=1, show_default=True, type=click.IntRange(1, 32))
def serve(threads: int, processes: int) -> None:
    """Serve the web pages. Several processes need PostgreSQL."""
    from entrypoints.serving import serve_pages

    chosen = settings()
    if processes > 1 and chosen.database_url.startswith("sqlite"):
        raise click.UsageError("With SQLite one process serves the pages. Leave out --processes.")
    if processes > 1 and not os.environ.get(TOGETHER):
        _begin_again_counting_together()
    _port_is_free(chosen)
    with opened(chosen):
        pass  # say at once when the database is not there
    serve_pages(chosen, threads, processes)


def _begin_again_counting_together() -> None:
    """With a folder for the counts of all processes, which has to be known before any counts."""
    os.environ[TOGETHER] = tempfile.mkdtemp(prefix="realise-counts-")
    os.execv(sys.executable, [sys.executable, "-m", "entrypoints", *sys.argv[1:]])  # noqa: S606


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, then end.")
def schedule(once: bool) -> None:
    """Make reports when they are due, end votes whose days are over, and send the emails.

    Any number of schedulers may run; each due run happens once.
    """
    from entrypoints.scheduler import look_once, run

    logs.configure()
    chosen = settings()
    observing.install(chosen)
    with opened(chosen) as realise:
        if once:
            done = look_once(realise, chosen)
            click.echo(f"{done.runs} due runs done, {done.emails} emails sent.")
            if done.failed:
                raise click.ClickException(
                    f"{done.failed} failed. The list of jobs says why; each is tried again later."
                )
        else:
            run(realise, chosen)


@click.command()
def run() -> None:
    """Bring up the sample council: pages and scheduler, with sign-ins printed.

    Made on the first start; afterwards it is found as it was left.
    """
    from entrypoints.sample import HalfLoaded, prepare

    var = Path(os.environ.get("REALISE_VAR") or Path.cwd() / "var")
    os.environ.setdefault("REALISE_MAIL_FOLDER", str(var / "mail"))
    chosen = settings()
    _port_is_free(chosen)
    try:
        sign_ins = prepare(chosen, click.echo)
    except HalfLoaded as fault:
        raise click.ClickException(str(fault)) from fault
    with _children(["serve"], ["schedule"]) as children:
        _wait_until_it_answers(chosen, children)
        for line in (
            "",
            f"Realise is at {chosen.address}",
            "",
            *sign_ins,
            "",
            f"Emails are written to {chosen.mail_folder} and not sent.",
            "Press Ctrl-C to stop.",
        ):
            click.echo(line)
        sys.stdout.flush()
        while True:
            _refuse_when_one_ended(children)
            time.sleep(0.5)


class _Stopped(Exception):
    """Somebody asked for an end."""


@contextmanager
def _children(*commands: Sequence[str]) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Other ``realise`` processes, stopped together at the end, however it comes."""
    started: list[subprocess.Popen[bytes]] = []

    def stop(_signal: int, _frame: FrameType | None) -> None:
        for each in _ENDINGS:
            signal.signal(each, signal.SIG_IGN)  # once is enough: the children are being stopped
        raise _Stopped

    before = {each: signal.signal(each, stop) for each in _ENDINGS}
    try:
        for command in commands:
            words = [sys.executable, "-m", "entrypoints", *command]
            # In a session of their own, so that Ctrl-C comes here alone and they end in order.
            started.append(subprocess.Popen(words, start_new_session=True))  # noqa: S603 - our own
        yield started
    except _Stopped:
        pass
    finally:
        _end(started)
        for each, handler in before.items():
            signal.signal(each, handler)


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(_SHUTDOWN_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _wait_until_it_answers(chosen: Settings, children: list[subprocess.Popen[bytes]]) -> None:
    while True:
        _refuse_when_one_ended(children)
        try:
            socket.create_connection((chosen.host, chosen.port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return


def _refuse_when_one_ended(children: list[subprocess.Popen[bytes]]) -> None:
    """One that ended by itself is a fault."""
    for child in children:
        if child.poll() is not None:
            status = child.returncode
            raise click.ClickException(f"A part of Realise stopped by itself (status {status}).")


COMMANDS = (serve, schedule, run)
