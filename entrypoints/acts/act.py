"""A command as a page shows it: its title, its button, and what is said when it is done."""

from dataclasses import dataclass
from re import sub


@dataclass(frozen=True, slots=True)
class Act:
    """A command in a person's words.

    ``new`` is the field that holds the id of what it makes; ``holds`` is where the benefit keeps
    such things, when the same command also changes one that is there already.
    """

    command: type
    title: str
    button: str
    done: str
    new: str = ""
    holds: str = ""

    @property
    def slug(self) -> str:
        """The command's name in an address: ``record-forecast``."""
        return sub(r"(?<=[a-z])(?=[A-Z])", "-", self.command.__name__).lower()
