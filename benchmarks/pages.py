"""Pages at growing sizes beside the application's emptiest page, their queries counted."""

import statistics
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.lives import fill
from benchmarks.measuring import Figure, Size, race
from benchmarks.places import Places
from entrypoints import logs
from entrypoints.wiring import Realise
from tests.querying import statements
from tests.web import Visitor, give_password, visitor, web_of, web_settings

EMPTY = "the emptiest page (one's account)"
_EMPTIEST = "/account"
_PAGES = {
    "the register": "/register",
    "a benefit's page": "/benefits/b1",
    "the board's queue": "/boards/main",
}
_SESSION = "realise"


def measured(places: Places, size: Size) -> Iterator[Figure]:
    """Each page at each size: alone, by queries, and with 20 people at once."""
    for benefits in (min(50, size["benefits"]), size["benefits"]):
        realise = fill(places.url("sqlite"), benefits, size["events_each"])
        give_password(realise.database, "pat", "pat@northmere.example")
        with TemporaryDirectory() as folder:
            someone = _signed_in(realise, Path(folder))
            for what, address in _PAGES.items():
                yield _alone(someone, f"{what}, {benefits:,} benefits", address, size)
                yield _together(someone, f"{what}, {benefits:,} benefits", address, size)


def _signed_in(realise: Realise, folder: Path) -> Visitor:
    someone = visitor(web_of(realise, web_settings(folder)))
    logs.configure(quiet=True)  # a line for every page would bury the table
    assert someone.sign_in("pat@northmere.example").status_code == 303
    return someone


def _alone(someone: Visitor, what: str, address: str, size: Size) -> Figure:
    with statements() as sent:
        assert someone.get(address).status_code == 200
    times = size["pages"]
    return race(
        f"{what} ({len(sent)} queries)", times, _opens(someone, address, times),
        {EMPTY: _opens(someone, _EMPTIEST, times)},
        rounds=size.rounds, unit="pages a second",
    )  # fmt: skip


def _opens(someone: Visitor, address: str, times: int) -> Callable[[], None]:
    def work() -> None:
        for _ in range(times):
            assert someone.get(address).status_code == 200

    return work


def _together(someone: Visitor, what: str, address: str, size: Size) -> Figure:
    """The 95th percentile of the page over that of the empty page, 20 people at once on each."""
    users, each = size["users"], size["pages"]
    page = _slowest(someone, address, users, each)
    empty = _slowest(someone, _EMPTIEST, users, each)
    return Figure(
        f"{what}, {users} people at once, p95",
        page * 1000,
        {EMPTY: empty * 1000},
        {EMPTY: empty / page},
        "ms",
        f"0.2 of {EMPTY}",
        page <= 5 * empty,
    )


def _slowest(someone: Visitor, address: str, users: int, each: int) -> float:
    took: list[float] = []

    def open_pages() -> None:
        client = Visitor(someone.client.application.test_client())
        session = someone.client.get_cookie(_SESSION)
        assert session is not None
        client.client.set_cookie(_SESSION, session.value)
        for _ in range(each):
            began = time.perf_counter()
            assert client.get(address).status_code == 200
            took.append(time.perf_counter() - began)

    threads = [threading.Thread(target=open_pages) for _ in range(users)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statistics.quantiles(took, n=20)[-1] if len(took) > 1 else took[0]
