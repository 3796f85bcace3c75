"""What the sample's services say of a benefit is about that benefit and no other."""

from benefits.vocabulary import Assessed
from entrypoints.flagged import in_text
from entrypoints.sample.foreseen import FORESEEN
from entrypoints.sample.impacts import IMPACTS


def test_each_benefit_of_the_sample_has_impacts_of_its_own() -> None:
    said = [words for one in IMPACTS.values() for about in Assessed for words in one.of(about)]
    assert IMPACTS.keys() == FORESEEN.keys()
    assert len(set(said)) == len(said) == 2 * len(Assessed) * len(IMPACTS)
    assert not [words for words in said if in_text(words)]
