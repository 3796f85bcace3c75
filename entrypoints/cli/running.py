"""Commands that keep running: the web pages, the scheduler, and both for a first look."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

import click

from entrypoints import logs
from entrypoints.cli.opening import ROOT, opened, settings
from entrypoints.settings import Settings

_SHUTDOWN_SECONDS = 20


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
    _port_is_free(chosen)
    with opened(chosen):
        pass  # say at once when the database is not there
    serve_pages(chosen, threads, processes)


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, then end.")
def schedule(once: bool) -> None:
    """Make reports when they are due, end votes whose days are over, and send the emails.

    Any number of schedulers may run; each due run happens once.
    """
    from entrypoints.scheduler import look_once, run

    logs.configure()
    chosen = settings()
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
    from entrypoints.sample import prepare

    os.environ.setdefault("REALISE_MAIL_FOLDER", str(ROOT / "var" / "mail"))
    chosen = settings()
    _port_is_free(chosen)
    sign_ins = prepare(chosen, click.echo)
    with _children(["serve"], ["schedule"]) as children:
        click.echo("")
        click.echo(f"Realise is at {chosen.address}")
        click.echo("")
        for line in sign_ins:
            click.echo(line)
        click.echo("")
        click.echo(f"Emails are written to {chosen.mail_folder} and not sent.")
        click.echo("Press Ctrl-C to stop.")
        sys.stdout.flush()
        _wait(children)


@contextmanager
def _children(*commands: Sequence[str]) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Other ``realise`` processes, stopped together at the end."""
    started: list[subprocess.Popen[bytes]] = []

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        for command in commands:
            words = [sys.executable, "-m", "entrypoints", *command]
            started.append(subprocess.Popen(words, env=os.environ.copy()))  # noqa: S603 - our own words
        yield started
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)
        for child in started:
            child.terminate()
        for child in started:
            try:
                child.wait(_SHUTDOWN_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()


def _wait(children: list[subprocess.Popen[bytes]]) -> None:
    """Until one of them ends by itself, which is a fault."""
    while True:
        for child in children:
            try:
                status = child.wait(1)
            except subprocess.TimeoutExpired:
                continue
            raise click.ClickException(f"A part of Realise stopped by itself (status {status}).")


COMMANDS = (serve, schedule, run)
