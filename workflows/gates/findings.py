"""What a test of a gate is, and what it finds: met, and how; or not met, and what to do."""

from collections.abc import Callable
from dataclasses import dataclass

from benefits.benefit import Benefit
from benefits.events.gates import CaseSubmitted
from benefits.rules import Context


@dataclass(frozen=True, slots=True)
class Found:
    """Whether a test is met, and the sentence that says how, or what is missing and what to do."""

    met: bool
    sentence: str


def met(how: str) -> Found:
    """The test is met; ``how`` is a sentence for the pack."""
    return Found(met=True, sentence=how)


def missing(what: str) -> Found:
    """The test is not met; ``what`` is a sentence that says what to do."""
    return Found(met=False, sentence=what)


def stated(text: object, how: str, otherwise: str) -> Found:
    """Met when there is such a text or thing."""
    there = text.strip() if isinstance(text, str) else text
    return met(how) if there else missing(otherwise)


@dataclass(frozen=True, slots=True)
class Test:
    """One thing that must be true before the board can be asked.

    ``requires`` says it in general, for docs; ``look`` says how it is with one benefit and what
    is asked of the board about it (the case as put, or as it would be).
    """

    name: str
    requires: str
    look: Callable[[Benefit, CaseSubmitted, Context], Found]


@dataclass(frozen=True, slots=True)
class Finding:
    """A test of a gate with what it found, as the pack shows it."""

    name: str
    met: bool
    sentence: str
