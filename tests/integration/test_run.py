"""``realise run`` as a person starts it: it answers, lets each role in, and ends cleanly."""

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest

from entrypoints.sample import prepare, sign_ins
from entrypoints.settings import read_settings
from tests.scenario import ROOT
from tests.undrawn import undrawn

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_SIGN_IN = re.compile(r"^  (?P<role>\S.*?)  +(?P<email>\S+@\S+)  +(?P<password>\S+)$")


def _free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        return int(free.getsockname()[1])


class Started:
    """A running ``realise run``, and what it printed before it asked for Ctrl-C."""

    def __init__(self, var: Path, port: int) -> None:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("REALISE_")}
        environment |= {"REALISE_VAR": str(var), "REALISE_PORT": str(port)}
        words = [sys.executable, "-m", "entrypoints", "run"]
        self.process = subprocess.Popen(
            words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True,
            start_new_session=True,
        )  # fmt: skip
        self.said: list[str] = []
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line.rstrip("\n"))
            if line.startswith("Press Ctrl-C"):
                break

    @property
    def family(self) -> set[int]:
        """Its processes, children and grandchildren included."""
        found = {self.process.pid}
        while True:
            more = {
                int(stat.parent.name)
                for stat in Path("/proc").glob("[0-9]*/stat")
                if _parent(stat) in found
            } - found
            if not more:
                return found
            found |= more


def _parent(stat: Path) -> int:
    try:
        return int(stat.read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


@contextmanager
def _running(var: Path, port: int, how: signal.Signals) -> Iterator[Started]:
    started = Started(var, port)
    family = started.family
    try:
        yield started
    finally:
        started.process.send_signal(how)
        started.process.communicate(timeout=60)
    assert started.process.returncode == 0
    assert len(family) >= 4  # itself, the schedule, and the server with its worker
    assert not any(Path(f"/proc/{pid}").exists() for pid in family)


def _status(opener: urllib.request.OpenerDirector, url: str, data: bytes | None = None) -> str:
    with opener.open(url, data, timeout=60) as answer:
        assert answer.status == 200
        text: str = answer.read().decode()
        return text


def _signed_in(address: str, email: str, password: str) -> str:
    """The first page, as a browser that knows nothing of the application gets it."""
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    token = _TOKEN.search(_status(opener, f"{address}/sign-in"))
    assert token
    form = {"csrf_token": unescape(token[1]), "email": email, "password": password}
    return _status(opener, f"{address}/sign-in", urlencode(form).encode())


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a sample that was loaded before, its reports not drawn."""
    folder = tmp_path_factory.mktemp("var")
    with undrawn():
        prepare(read_settings({}, folder, ROOT / "build" / "static"), lambda _: None)
    return folder


def test_it_answers_lets_every_printed_person_in_and_ends_on_ctrl_c(var: Path) -> None:
    port = _free_port()
    with _running(var, port, signal.SIGINT) as started:
        address = f"http://127.0.0.1:{port}"
        assert f"Realise is at {address}" in started.said
        people = [found for line in started.said if (found := _SIGN_IN.match(line))]
        roles = {person["role"] for person in people}
        assert roles >= {
            "PMO officer", "Benefit owner", "Finance", "Board chair", "Board member",
            "Scrutiny committee", "Auditor", "Administrator",
        }  # fmt: skip
        for person in people:
            page = _signed_in(address, person["email"], person["password"])
            assert "Sign out" in page, person["role"]
        with pytest.raises(urllib.error.HTTPError) as refused:
            _signed_in(address, people[0]["email"], "not the password")
        refused.value.close()
        assert refused.value.code in (401, 422)
        _bound_to_loopback_only(port)


def _bound_to_loopback_only(port: int) -> None:
    listening = [
        line.split()[1]
        for table in ("/proc/net/tcp", "/proc/net/tcp6")
        if Path(table).exists()
        for line in Path(table).read_text().splitlines()[1:]
        if line.split()[3] == "0A"
    ]
    ours = [place for place in listening if int(place.rpartition(":")[2], 16) == port]
    assert ours == [f"0100007F:{port:04X}"]


def test_a_restart_finds_the_council_as_it_was_and_the_same_sign_ins(var: Path) -> None:
    with _running(var, _free_port(), signal.SIGTERM) as started:
        assert not any("First start" in line for line in started.said)
        printed = [line for line in started.said if _SIGN_IN.match(line)]
    assert printed == sign_ins(var)[1:]


def test_it_ends_with_a_fault_when_a_part_of_it_dies(var: Path) -> None:
    started = Started(var, _free_port())
    children = [pid for pid in started.family if _parent(Path(f"/proc/{pid}/stat")) ==
                started.process.pid]  # fmt: skip
    assert len(children) == 2
    family = started.family
    os.kill(children[0], signal.SIGKILL)
    started.process.communicate(timeout=60)
    assert started.process.returncode == 1
    for _ in range(100):
        if not any(Path(f"/proc/{pid}").exists() for pid in family):
            break
        time.sleep(0.1)
    else:
        pytest.fail("A part of it was left running.")


def test_the_sample_prints_as_a_real_pdf(var: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "REALISE_VAR": str(var)}
    output = tmp_path / "draft.pdf"
    month = time.strftime("%Y-%m")
    words = [sys.executable, "-m", "entrypoints", "report", "Best Value", month]
    ran = subprocess.run(
        [*words, "--output", str(output)], cwd=ROOT, env=environment, capture_output=True,
        text=True, timeout=300, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert output.read_bytes().startswith(b"%PDF-")
