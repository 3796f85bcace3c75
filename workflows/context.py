"""What a rule about boards, people and cases may know beside what it is about."""

from collections.abc import Mapping
from typing import Protocol

from benefits.rules import Context as BenefitContext
from workflows.boards import Board
from workflows.council import Council
from workflows.people import Person


class Context(BenefitContext, Protocol):
    """A ``benefits.rules.Context`` that can also read boards, people and the council."""

    def board(self, board: str) -> Board:
        """A board by id; raises ``NotFound``."""

    def cases_before(self, board: str) -> Mapping[str, str]:
        """The open cases before a board: the benefit that each is about, by case."""

    def person(self, person: str) -> Person:
        """A person by id; one whom nobody has registered has no roles and does not exist."""

    def council(self) -> Council:
        """The council's own settings; one that nobody has named yet has no name."""
