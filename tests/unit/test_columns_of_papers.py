"""How the width of a paper's columns follows what they hold."""

from reports.columns import fitted


def test_a_column_of_scores_is_narrow_and_its_head_is_whole() -> None:
    long = "Therapists cannot be recruited in time, so that reviews fall behind"
    risk, score, done, owner = fitted(
        (("Risk", "Score", "What is done about it", "Owner"), (long, "B4", long, "Amira Hassan"))
    )
    assert risk + score + done + owner == 100
    assert 8 <= score <= 10 < owner < risk
    assert abs(risk - done) <= 2


def test_short_columns_share_the_page_by_their_length() -> None:
    assert fitted((("A", "B"), ("four", "four"))) == (50, 50)


def test_a_long_hash_leaves_words_two_fifths_of_the_page() -> None:
    name, sealed = fitted((("Event", "Hash"), ("decided " * 9, "f" * 64)))
    assert name >= 40
    assert name + sealed == 100
