"""Holding a savings table against the record: what is new, what is known, what is refused.

Nothing that is on record is ever taken away, and no figure of it moves unless that was asked for.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from benefits.benefit import Benefit
from benefits.commands.programme import AddWorkstream
from benefits.lifecycle import Stage
from benefits.money import pounds
from benefits.savings_table.changes import Change, change_of_investment, changes_of_benefit
from benefits.savings_table.identity import alike, line_id
from benefits.savings_table.known import OnRecord, place_of, source_of
from benefits.savings_table.plan import PlannedBenefit, PlannedInvestment, SavingsTable
from benefits.savings_table.recording import Step, new_benefit, new_investment

Planned: TypeAlias = PlannedBenefit | PlannedInvestment


@dataclass(slots=True)
class Taken:
    """What an import comes to. With a refusal, nothing of it may be recorded.

    ``told`` are sentences about what was known; the numbers count lines that make a benefit or
    an investment.
    """

    steps: list[Step] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    new_benefits: int = 0
    new_investments: int = 0
    known: int = 0
    corrected: int = 0


def take_in(table: SavingsTable, record: OnRecord, file: str, *, update: bool) -> Taken:
    """Every step that the table asks for. ``file`` is its name; ``update`` lets figures move."""
    return _Taking(_named_alike(table, record.programme.workstreams), record, file, update).all()


@dataclass(slots=True)
class _Taking:
    table: SavingsTable
    record: OnRecord
    file: str
    update: bool
    taken: Taken = field(default_factory=Taken)
    seen: set[str] = field(default_factory=set)

    def all(self) -> Taken:
        lines: list[Planned] = [*self.table.benefits, *self.table.investments]
        for name in dict.fromkeys(line.workstream for line in lines):
            if name not in self.record.programme.workstreams:
                command = AddWorkstream(self.record.programme.programme, name)
                place = next(self._place(line) for line in lines if line.workstream == name)
                self.taken.steps.append(Step(command, place, (name,)))
        for benefit in self.table.benefits:
            self._benefit(benefit)
        for investment in self.table.investments:
            self._investment(investment)
        self._missing()
        return self.taken

    def _benefit(self, planned: PlannedBenefit) -> None:
        place = self._place(planned)
        if (planned.low is None) != (planned.high is None):
            self._refuse(place, _half_a_range(planned))
            return
        known = self.record.benefit(planned)
        self.seen.add(known.benefit if known else self._id(planned))
        if known is None:
            self.taken.new_benefits += 1
            source = source_of(self.file, place)
            programme = self.record.programme.programme
            self.taken.steps += new_benefit(planned, programme, place, source)
            return
        self.taken.told += (f"{_capital(place)}: {said}" for said in _otherwise(planned, known))
        changes = list(changes_of_benefit(planned, known, self._reason))
        path = (known.workstream, known.benefit)
        self._known(changes, planned.line, place, path, _approved(known))

    def _investment(self, planned: PlannedInvestment) -> None:
        place, owner = self._place(planned), self._owner(planned)
        known = self.record.investment(planned, owner)
        self.seen.add(known.investment if known else self._id(planned))
        programme = self.record.programme.programme
        if known is None:
            self.taken.new_investments += 1
            self.taken.steps.append(new_investment(planned, programme, owner, place))
            return
        change = change_of_investment(planned, known, owner, programme, self._reason)
        path = (planned.workstream, *([owner] if owner else []), known.investment)
        held = self._held(planned, owner)
        self._known([change] if change else [], planned.line, place, path, held)

    def _known(
        self,
        changes: Sequence[Change],
        name: str,
        place: str,
        path: tuple[str, ...],
        held: str,
    ) -> None:
        """A line that is known: unchanged, corrected, or refused; ``held`` says why it must be."""
        self.taken.known += not changes
        self.taken.corrected += bool(changes)
        for change in changes:
            sentence = f"“{name}” is known already: {change.sentence}."
            if held or not self.update:
                advice = held or "To record it as a correction, import with --update."
                self._refuse(place, f"{sentence} {advice}")
            else:
                self.taken.told.append(f"{_capital(place)}: {sentence} It is corrected.")
                self.taken.steps.append(Step(change.command, place, path))

    def _owner(self, planned: PlannedInvestment) -> str | None:
        """The id of the benefit that an investment belongs to, known or new."""
        if planned.benefit is None:
            return None
        wanted = (planned.workstream, planned.group, alike(planned.benefit))
        for benefit in self.table.benefits:
            if (benefit.workstream, benefit.group, alike(benefit.line)) == wanted:
                known = self.record.benefit(benefit)
                return known.benefit if known else self._id(benefit)
        return None

    def _held(self, planned: PlannedInvestment, owner: str | None) -> str:
        benefit = self.record.benefits.get(owner) if owner else None
        if benefit is not None:
            return _approved(benefit)
        if owner is None and self.record.approved_in(planned.workstream, planned.group):
            return (
                "A benefit that it serves has passed Validation, so an import cannot correct it: "
                "correct the investment of the programme itself, with a reason."
            )
        return ""

    def _missing(self) -> None:
        gone = [name for key, name in self.record.imported_before() if key not in self.seen]
        if gone:
            names = ", ".join(f"“{name}”" for name in gone)
            self.taken.told.append(
                f"Imported before and not in this file, and left as they are: {names}."
            )

    @property
    def _reason(self) -> str:
        return f"Corrected by import of {self.file[:150]}"

    def _id(self, line: Planned) -> str:
        return line_id(self.record.programme.programme, line)

    def _place(self, line: Planned) -> str:
        return place_of(line, years_down=self.table.options.years_down)

    def _refuse(self, place: str, sentence: str) -> None:
        self.taken.refusals.append(f"{_capital(place)}: {sentence}")


def _approved(b: Benefit) -> str:
    """Why no figure of the benefit can be corrected by an import; empty when it can."""
    if b.stage is Stage.IDENTIFIED:
        return ""
    if b.stage is Stage.WITHDRAWN:
        return "It was withdrawn, so nothing of it changes: leave the line out, or rename it."
    return "The board has approved it: put a Re-baseline case to the board to change it."


def _half_a_range(planned: PlannedBenefit) -> str:
    there, other = ("low", "high") if planned.high is None else ("high", "low")
    amount = planned.low if planned.high is None else planned.high
    return (
        f"“{planned.line}” has a {there} end of {pounds(amount or 0)} and no {other} end: "
        "write both, the same figure twice where there is one."
    )


def _otherwise(planned: PlannedBenefit, b: Benefit) -> Iterator[str]:
    """What the record has otherwise and an import does not touch."""
    if b.profile is not None and not planned.profile:
        yield f"“{planned.line}” has a profile on record and none in the file: it stays."
    if b.range is not None and planned.low is None and planned.high is None:
        yield f"“{planned.line}” has a range on record and none in the file: it stays."
    if (b.kind, b.fund) != (planned.kind, planned.fund):
        yield (
            f"“{planned.line}” is {b.kind} of the fund {b.fund} on record, and {planned.kind} of "
            f"the fund {planned.fund} in the file: the record stays."
        )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _named_alike(table: SavingsTable, workstreams: Iterable[str]) -> SavingsTable:
    """The table with each workstream written as the programme, or its first line, writes it."""
    names = {alike(name): name for name in workstreams}
    lines: list[Planned] = [*table.benefits, *table.investments]
    for line in lines:
        names.setdefault(alike(line.workstream), line.workstream)
    return replace(
        table,
        benefits=tuple(replace(b, workstream=names[alike(b.workstream)]) for b in table.benefits),
        investments=tuple(
            replace(i, workstream=names[alike(i.workstream)]) for i in table.investments
        ),
    )
