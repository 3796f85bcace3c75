"""A client that openapi-python-client makes from the document takes a benefit through its life.

It knows nothing of Realise but the document: what it cannot make of it, others cannot either.
"""

import importlib
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any, get_type_hints

import pytest
import time_machine
from werkzeug.serving import make_server

from benefits.commands import delivery
from benefits.lifecycle import Gate
from benefits.vocabulary import Grade
from entrypoints.api.document import whole_document
from entrypoints.api.plain import plain
from entrypoints.wiring import RULES, Realise
from eventlog.schema import upgrade
from tests.programs import program
from tests.scenario import Scenario, begin, saves
from tests.web import web_of, web_settings

#: PDFs are bytes; that is all the client has to be told.
_TOLD = "content_type_overrides:\n  application/pdf: application/octet-stream\n"
_NUMBERS = count(1)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The package that was made, which can be imported."""
    folder = tmp_path_factory.mktemp("client")
    (folder / "openapi.json").write_text(json.dumps(whole_document()))
    (folder / "told.yaml").write_text(f"{_TOLD}post_hooks: []\n")
    words = [sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none"]
    words += ["--path", str(folder / "openapi.json"), "--config", str(folder / "told.yaml")]
    words += ["--output-path", str(folder / "realise_client")]
    made = subprocess.run(words, capture_output=True, text=True, check=False, cwd=folder)
    assert made.returncode == 0, made.stdout + made.stderr
    assert "WARNING" not in made.stdout + made.stderr, made.stdout + made.stderr
    sys.path.insert(0, str(folder))
    yield "realise_client"
    sys.path.remove(str(folder))


class ByClient(Scenario):
    """A council whose acts all go through the client, by whoever does them."""

    package: str
    address: str
    secrets: dict[str, str]

    def do(self, *asked: object, by: str = "pat") -> Scenario:
        """Each command by the operation of its name."""
        for command in asked:
            self._send(command, by)
        return self

    def _send(self, command: Any, by: str) -> None:
        rule, sent = RULES[type(command)], self._body(command)
        made = type(command).__name__ == "IdentifyBenefit"
        place = [] if made else [sent.pop(rule.key)]
        operation = self.operation(type(command).__name__)
        hints = get_type_hints(operation.sync_detailed)
        more: dict[str, Any] = {}
        if "if_match" in hints:
            stream = f"{rule.stream}-{place[0]}"
            more["if_match"] = f'"{len(self.realise.store.load(stream))}"'
        with time_machine.travel(self.at, tick=False):
            answer = operation.sync_detailed(
                *place, client=self.client_of(by), body=hints["body"].from_dict(sent),
                idempotency_key=f"by-client-{next(_NUMBERS):04}", **more,
            )  # fmt: skip
        assert answer.status_code in (200, 201), (command, answer.content)
        assert type(answer.parsed).__name__ == "Written"

    def _body(self, command: Any) -> dict[str, Any]:
        return {name: value for name, value in plain(command).items() if value not in (None, "")}

    def client_of(self, by: str) -> Any:
        """The client of somebody, with a token of theirs."""
        whole = importlib.import_module(f"{self.package}.client").AuthenticatedClient
        return whole(self.address, token=self.secrets[by])

    def operation(self, name: str) -> ModuleType:
        """The module of an operation, wherever its tag has put it."""
        snake = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
        root = Path(str(importlib.import_module(self.package).__file__)).parent
        (file,) = (root / "api").glob(f"*/{snake.strip('_')}.py")
        return importlib.import_module(f"{self.package}.api.{file.parent.name}.{file.stem}")


@pytest.fixture(scope="module")
def council(client: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ByClient]:
    folder = tmp_path_factory.mktemp("council")
    url = f"sqlite:///{folder / 'realise.db'}"
    upgrade(url)
    begun = begin(url, folder)
    app = web_of(begun.realise, web_settings(folder))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    made = ByClient(begun.realise, begun.at)
    made.package, made.address = client, f"http://127.0.0.1:{server.port}"
    made.secrets = {by: _secret(app, begun.realise, by) for by in ("pat", "fay", "chris", "sam")}
    yield made
    server.shutdown()
    thread.join()
    server.server_close()
    begun.realise.database.close()


def _secret(app: Any, realise: Realise, by: str) -> str:
    return program(app, realise, by).secret


def test_a_benefit_goes_from_identified_to_realised_by_the_client(council: ByClient) -> None:
    plan = saves(120_000, "2024-07")
    benefit = council.in_delivery("Fewer homes", plan, benefit="homes", milestone="2024-06-28")
    assert _read(council, benefit).stage == "in delivery"
    council.on("2025-08-05")
    claim = council.claimed(benefit, 120_000, "2024-07")
    council.verified(benefit, claim, grade=Grade.FINAL)
    council.do(
        delivery.ReachMilestone(benefit, "homes-starts", council.at.date().replace(year=2024), ""),
        delivery.ReadMeasure(benefit, "homes-days", council.at.date(), "79"),
    )
    council.approved(benefit, Gate.REALISATION)
    stands = _read(council, benefit)
    assert (stands.stage, stands.reference) == ("realised", council.benefit(benefit).number)
    followed = council.operation("followEvents").sync(client=council.client_of("pat"), limit=200)
    assert [one.position for one in followed.events] == list(range(1, followed.head + 1))


def _read(council: ByClient, benefit: str) -> Any:
    found = council.operation("getBenefit").sync(benefit, client=council.client_of("pat"))
    assert type(found).__name__ == "Benefit"
    return found
