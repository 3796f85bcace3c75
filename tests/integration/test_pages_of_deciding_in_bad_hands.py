"""Whatever is sent to a page where people decide, the answer is in words and nothing breaks."""

from collections.abc import Iterator

import pytest

from tests.desks import FORMS, Desks, busy_council, of_its_claim

JUNK = ("", "9" * 20, "-1", "<b>", "\N{ROCKET}" * 50, "a/b", "x" * 5_000)
NAMES = (
    "choice", "statement", "summary", "amount", "grade", "against", "reason", "note", "which",
    "known-day", "known-year", "quorum", "approvals", "days", "tie", "title", "name", "colour",
    "role", "person", "deputy", "kind", "conditions-0-text", "conditions-0-due-day", "version",
    "email", "password", "profile-tranches-0-committed", "profile-tranches-0-month", "cause",
)  # fmt: skip


@pytest.fixture(scope="module")
def littered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    with busy_council(tmp_path_factory.mktemp("littered")) as found:
        yield found


@pytest.mark.parametrize("address", sorted(FORMS))
@pytest.mark.parametrize("junk", JUNK, ids=range(len(JUNK)))
def test_junk_in_every_box_is_answered_in_words(littered: Desks, address: str, junk: str) -> None:
    page, may = FORMS[address]
    (sender, *_) = sorted(may)
    opened = littered[sender].hidden(of_its_claim(page or address))
    answer = littered[sender].send(of_its_claim(address), dict.fromkeys(NAMES, junk), opened)
    assert answer.status_code in (200, 303, 400, 403, 404, 409, 412, 422, 428)
    assert "Traceback" not in answer.text
