"""What is on record already of a programme, for a savings table to be held against."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from benefits.benefit import Benefit
from benefits.parts import Investment
from benefits.programme import Programme
from benefits.savings_table.identity import alike, id_of, line_id
from benefits.savings_table.lines import INVESTMENT_KINDS
from benefits.savings_table.plan import PlannedBenefit, PlannedInvestment


@dataclass(slots=True)
class OnRecord:
    """A programme (of version 0 when it is to be started) and its benefits by id."""

    programme: Programme
    benefits: Mapping[str, Benefit] = field(default_factory=dict)

    def benefit(self, planned: PlannedBenefit) -> Benefit | None:
        """The benefit of a line: the one imported, else one typed with the same key."""
        found = self.benefits.get(line_id(self.programme.programme, planned))
        if found is not None:
            return found
        wanted = _typed(planned.workstream, planned.group, planned.title, str(planned.kind))
        return next((b for b in self.benefits.values() if _typed(*_key(b)) == wanted), None)

    def investment(self, planned: PlannedInvestment, benefit: str | None) -> Investment | None:
        """The investment of a line, on its benefit or, with none, for its group or workstream."""
        wanted = line_id(self.programme.programme, planned)
        there = dict(self._of(benefit) if benefit else self._shared(planned))
        same = (one for one in there.values() if alike(one.title) == alike(planned.line))
        return there.get(wanted) or next(same, None)

    def _of(self, benefit: str) -> Mapping[str, Investment]:
        found = self.benefits.get(benefit)
        return found.investments if found else {}

    def _shared(self, planned: PlannedInvestment) -> Iterator[tuple[str, Investment]]:
        for key, shared in self.programme.investments.items():
            if (shared.workstream, shared.group) == (planned.workstream, planned.group):
                yield key, shared.investment

    def approved_in(self, workstream: str, group: str) -> bool:
        """Whether a board has approved a benefit of the workstream and, if one is named, group."""
        return any(
            b.original and b.workstream == workstream and group in ("", b.group)
            for b in self.benefits.values()
        )

    def imported_before(self) -> Iterator[tuple[str, str]]:
        """The id and the name of everything that an import recorded."""
        for benefit in self.benefits.values():
            if _IMPORTED.search(benefit.source):
                yield benefit.benefit, benefit.title
            for key, one in benefit.investments.items():
                if self._is_of_line(key, benefit.workstream, benefit.group, one.title):
                    yield key, one.title
        for key, shared in self.programme.investments.items():
            if self._is_of_line(key, shared.workstream, shared.group, shared.investment.title):
                yield key, shared.investment.title

    def _is_of_line(self, key: str, workstream: str, group: str, title: str) -> bool:
        ids = (
            id_of(self.programme.programme, workstream, group, title, kind)
            for kind in INVESTMENT_KINDS
        )
        return key in ids


def place_of(planned: PlannedBenefit | PlannedInvestment, *, years_down: bool) -> str:
    """Where in its file something stands: “line 17”, or “column Increased income”."""
    return f"column {planned.line[:40]}" if years_down else f"line {planned.lines[0]}"


def source_of(file: str, place: str) -> str:
    """Where a benefit was read: the file's name (at most 150 characters of it) and the place."""
    return f"{file[:150]} ({place})"


_IMPORTED = re.compile(r" \((?:line \d+|column .+)\)$")


def _key(b: Benefit) -> tuple[str, str, str, str]:
    return b.workstream, b.group, b.title, str(b.kind)


def _typed(*parts: str) -> tuple[str, ...]:
    return tuple(alike(part) for part in parts)
