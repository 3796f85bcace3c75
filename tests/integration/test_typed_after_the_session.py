"""A form that is sent after the session ended: refused, and what was typed is given back."""

from pathlib import Path

import pytest

from tests.desks import at_their_desks
from tests.scenario import begin
from tests.web import visitor

NOTE = "/boards/main/meetings/new"
TYPED = {"place": "The long room", "password": "a secret of hers", "starts": "14:00"}
OURS = {"Sec-Fetch-Site": "same-origin", "Referer": f"http://localhost{NOTE}"}


@pytest.mark.parametrize("ended", ["signed out", "a form of another session"])
def test_what_was_typed_is_given_back_to_the_page_that_sent_it_and_to_no_other(
    ended: str, migrated_sqlite_url: str, tmp_path: Path
) -> None:
    with at_their_desks(begin(migrated_sqlite_url, tmp_path), tmp_path) as desks:
        pat = desks["pat"]
        opened = pat.hidden(NOTE)
        if ended == "signed out":
            pat = visitor(desks.app)
        else:
            opened["csrf_token"] = "of another session"
        sent = pat.client.post(NOTE, data={**opened, **TYPED}, headers=OURS)
        again = f"/sign-in?next={NOTE}" if ended == "signed out" else NOTE
        assert sent.status_code in (400, 401)
        assert "nothing was changed" in sent.text.lower()
        assert "The long room" in sent.text
        assert "a secret of hers" not in sent.text
        assert f'href="{again}"' in sent.text
        other = {**OURS, "Sec-Fetch-Site": "cross-site", "Referer": "https://elsewhere.example/x"}
        forged = pat.client.post(NOTE, data={**opened, **TYPED}, headers=other)
        assert forged.status_code in (400, 401)
        assert "The long room" not in forged.text
        assert "elsewhere" not in forged.text
