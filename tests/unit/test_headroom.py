"""What the benefits behind a line of the medium-term plan leave above it."""

from benefits.money import parse_pounds as pence
from reports.headroom import headroom, released


def test_oxfordshires_low_end_of_34_million_leaves_1_million_above_a_line_of_33() -> None:
    assert headroom([pence("20m"), pence("14m")], pence("33m")) == pence("1m")


def test_a_low_end_below_the_line_is_headroom_below_nothing_and_releases_nothing() -> None:
    assert headroom([pence("30m")], pence("33m")) == pence("-3m")
    assert released(pence("30m"), pence("33m")) == 0


def test_only_verified_money_above_the_line_is_released() -> None:
    assert released(pence("35m"), pence("33m")) == pence("2m")
