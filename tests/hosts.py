"""Hosts of one council as real processes on one database: pages by gunicorn, and schedulers."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path

import requests

from tests.scenario import ROOT

PATIENCE = 60
#: A scheduler at another hour, whose reports are made without being drawn.
_SCHEDULER = """
import sys, time
from datetime import datetime, timedelta
from reports import pdf
def render(contents, *given):
    print("drawing", flush=True)
    time.sleep(0.2)
    return repr(contents.cover).encode()
pdf.render, pdf.page_count = render, lambda made: 1
from entrypoints import cli, scheduler
hour, began = datetime.fromisoformat(sys.argv.pop(1)), time.monotonic()
scheduler._now = lambda: hour + timedelta(seconds=time.monotonic() - began)
cli.main()
"""


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        return int(free.getsockname()[1])


class Host:
    """A machine of its own, as far as Realise can tell: its folder and its processes."""

    def __init__(self, name: str, folder: Path, url: str, **settings: str) -> None:
        self.folder, self.port = folder / name, free_port()
        self.folder.mkdir()
        self.printed = self.folder / "printed"
        self.printed.touch()
        self.address = f"http://127.0.0.1:{self.port}"
        plain = {key: told for key, told in os.environ.items() if not key.startswith("REALISE_")}
        self._environment = {
            **plain,
            "REALISE_VAR": str(self.folder),
            "REALISE_DATABASE_URL": url,
            "REALISE_PORT": str(self.port),
            "REALISE_MAIL_FOLDER": str(self.folder / "mail"),
            "REALISE_API_PER_MINUTE": "1000000",
            "PYTHONPATH": str(ROOT),
            **settings,
        }
        self.running: list[subprocess.Popen[bytes]] = []

    def serve(self, processes: int = 1) -> None:
        """Begin to serve the pages."""
        words = ["-m", "entrypoints", "serve", "--threads", "4", "--processes", str(processes)]
        self._start(words)

    def schedule(self, hour: datetime, *more: str) -> subprocess.Popen[bytes]:
        """Begin to look for what is due, at this hour."""
        return self._start(["-c", _SCHEDULER, hour.isoformat(), "schedule", *more])

    def _start(self, words: list[str]) -> subprocess.Popen[bytes]:
        with (self.folder / "said").open("a") as said, self.printed.open("a") as printed:
            started = subprocess.Popen(
                [sys.executable, *words], env=self._environment, cwd=self.folder,
                stdout=printed, stderr=said, start_new_session=True,
            )  # fmt: skip
        self.running.append(started)
        return started

    def wait(self) -> None:
        """Until it is ready."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                if requests.get(f"{self.address}/ready", timeout=30).status_code == 200:
                    return
            except requests.RequestException:
                time.sleep(0.1)
        raise AssertionError((self.folder / "said").read_text())

    def kill(self) -> None:
        """Pull the plug: every process of it is gone at once."""
        for one in self.running:
            if one.poll() is None:
                os.killpg(one.pid, signal.SIGKILL)
            one.wait(PATIENCE)
        self.running = []
