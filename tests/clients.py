"""Programs that write through the API of several hosts, and go to another when one is gone."""

import threading
from collections import Counter
from collections.abc import Sequence

import requests

PATIENCE = 30
#: How often one thing is asked before it is given up: each host several times.
TRIES = 40


class Client(threading.Thread):
    """Writes notes one after the other, each under a key of its own, until it is told to stop."""

    def __init__(self, name: str, secret: str, addresses: Sequence[str], benefit: str) -> None:
        super().__init__(name=name, daemon=True)
        self.secret, self.addresses, self.benefit = secret, addresses, benefit
        self.acknowledged: list[str] = []
        self.lost: list[str] = []
        self.answered: Counter[str] = Counter()
        self.enough = threading.Event()

    def run(self) -> None:
        """Write until it is enough."""
        number = 0
        while not self.enough.is_set():
            number += 1
            self.enough.wait(0.02)
            note = f"{self.name} wrote {number}"
            (self.acknowledged if self._write(note, number) else self.lost).append(note)

    def _write(self, note: str, number: int) -> bool:
        key = f"{self.name}-{number:06}"
        for tried in range(TRIES):
            address = self.addresses[(number + tried) % len(self.addresses)]
            headers = {
                "Authorization": f"Bearer {self.secret}",
                "Idempotency-Key": key,
                "If-Match": '"1"',
            }
            try:
                answer = requests.post(
                    f"{address}/api/benefits/{self.benefit}/add-note",
                    json={"text": note}, headers=headers, timeout=PATIENCE,
                )  # fmt: skip
            except requests.RequestException:
                self.enough.wait(0.05)
                continue
            self.answered[f"{address} {answer.status_code}"] += 1
            if answer.status_code == 200:
                return True
            if answer.status_code not in (409, 503):
                raise AssertionError(answer.text)
        return False
