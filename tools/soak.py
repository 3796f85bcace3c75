"""Runs the tests of crashes, of many at once and of chance for long, and keeps the result.

    .venv/bin/python -m tools.soak 300     # each act is killed so many times, on each database

docs/soak.md is written anew with what came of it.
"""

import os
import secrets
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from xml.etree import ElementTree

from tests.soaking import EXAMPLES

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "soak.md"
TESTS = (
    "tests/integration/test_crashes.py",
    "tests/integration/test_event_log_crashes.py",
    "tests/integration/test_raced_and_killed.py",
    "tests/integration/test_killed_while_drawing.py",
    "tests/integration/test_faults_at_every_statement.py",
    "tests/integration/test_full_disks.py",
    "tests/integration/test_lifecycle_model.py",
    "tests/integration/test_any_history.py",
    "tests/integration/test_races_are_explained_by_the_log.py",
    "tests/integration/test_event_log_writers.py",
    "tests/integration/test_event_log_rebuild.py",
    "tests/integration/test_log_model.py",
    "tests/integration/jobs/test_mail_senders_killed_at_random.py",
    "tests/integration/jobs/test_two_schedulers_killed_at_random.py",
    "tests/integration/test_many_hosts.py",
    "tests/unit/test_merkle.py",
)
WORKERS = os.environ.get("WORKERS", "2")
ABOUT = (
    "`make soak` kills Realise at everything it does, writes from many sides at once and tries "
    "what chance suggests, on SQLite and on PostgreSQL, far longer than `make test` does."
)
NOTHING = (
    "Nothing acknowledged was lost, nothing was torn, nothing was done twice; after every crash "
    "`verify` passed and the read tables were what the log gives."
)


def main() -> int:
    """Run them all; give pytest's status."""
    crashes = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    seed = secrets.randbelow(10**9)
    print(f"Seed {seed}.", flush=True)
    began, at = monotonic(), datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder:
        result, tally = Path(folder) / "result.xml", Path(folder) / "tally"
        tally.touch()
        status = subprocess.run(
            [
                sys.executable, "-m", "pytest", "-q", "-p", "tests.soaking",
                "--hypothesis-profile=soak", f"--hypothesis-seed={seed}",
                "-p", "no:cacheprovider", "-n", WORKERS, "--dist", "worksteal",
                f"--junitxml={result}", *TESTS,
            ],
            cwd=ROOT, check=False,
            env={
                **os.environ,
                "REALISE_CRASHES": str(crashes),
                "REALISE_TALLY": str(tally),
                "REALISE_SEED": str(seed),
                "REALISE_HISTORIES": str(max(2, crashes // 20)),
                "REALISE_RACES": str(max(2, crashes // 20)),
                "REALISE_UNPLUGGED": str(max(2, crashes // 20)),
            },
        ).returncode  # fmt: skip
        cases = list(ElementTree.parse(result).iter("testcase"))  # noqa: S314 - written by pytest
        kills = tally.read_text(encoding="ascii")
    PAGE.write_text(_page(cases, kills, seed, at, monotonic() - began), encoding="utf-8")
    return status


def _page(
    cases: list[ElementTree.Element], kills: str, seed: int, at: datetime, seconds: float
) -> str:
    failed = [case for case in cases if case.find("failure") is not None]
    failed += [case for case in cases if case.find("error") is not None]
    lines = [
        "# The last soak",
        "",
        ABOUT,
        "",
        "| | |",
        "|---|---|",
        f"| when | {at:%Y-%m-%d %H:%M} UTC, for {seconds / 60:.0f} minutes |",
        f"| killed with `kill -9` | {len(kills):,} times |",
        f"| of these at a statement or commit | {kills.count('s'):,} |",
        f"| of these at a moment of the clock | {kills.count('t'):,} |",
        f"| examples for each property | {EXAMPLES:,} |",
        f"| tests | {len(cases)}, of which {len(failed)} failed |",
        f"| seed | {seed} |",
        "",
        "## Findings",
        "",
    ]
    lines += [f"- {case.get('classname')}.{case.get('name')}" for case in failed] or [NOTHING]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    sys.exit(main())
