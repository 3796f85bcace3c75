"""The OpenID provider of npm's oidc-provider, as a process, and people who go to it by browser."""

import subprocess
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests

from tests.hosts import free_port
from tests.scenario import ROOT
from tests.web import Visitor
from tools.build_assets import NODE

BACK = "http://127.0.0.1:8000"
PATIENCE = 20


class NpmProvider:
    """The provider; it is told who comes next. ``begin`` again after ``end``: with another key."""

    def __init__(self) -> None:
        self.port = free_port()
        self.issuer = f"http://localhost:{self.port}"
        self._process: subprocess.Popen[str] | None = None

    def begin(self, key: str) -> None:
        """Start it with a fresh signing key of this id, and wait until it listens."""
        words = [str(NODE), "tests/openid_provider.mjs", str(self.port), key, BACK]
        self._process = subprocess.Popen(
            words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        assert self._process.stdout is not None
        said = ""
        for line in self._process.stdout:
            said += line
            if line == "listening\n":
                return
        raise AssertionError(said)

    def end(self) -> None:
        """Stop it."""
        if self._process is not None:
            with self._process:
                self._process.kill()

    def tell(self, sub: str, roles: list[str], forge: str = "", **more: Any) -> None:
        """Who signs in there next, and how what the provider says of them is forged."""
        person = {"name": f"{sub.title()} Quay", "email": f"{sub}@quay.example", **more}
        told = {"person": {"sub": sub, "roles": roles, **person}, "forge": forge}
        requests.put(f"{self.issuer}/told", json=told, timeout=PATIENCE).raise_for_status()

    def way_back(self, visitor: Visitor, browser: requests.Session | None = None) -> str:
        """Go there from our page, sign in, and give the address that leads back to us."""
        sent = visitor.get("/sign-in/openid")
        assert sent.status_code == 302, sent.text
        browser, address = browser or requests.Session(), str(sent.location)
        for _ in range(8):
            answer = browser.get(address, allow_redirects=False, timeout=PATIENCE)
            assert answer.status_code in (302, 303), answer.text
            address = urljoin(address, answer.headers["Location"])
            if address.startswith(BACK):
                parts = urlsplit(address)
                return f"{parts.path}?{parts.query}"
        raise AssertionError(address)
