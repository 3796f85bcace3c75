"""Saying, line by line, what was made of a savings table."""

from collections.abc import Iterable, Mapping

from benefits.money import Pence, pounds
from benefits.periods import FinancialYear
from benefits.savings_table.lines import SAVING_KINDS, Line
from benefits.savings_table.together import Groups
from benefits.tranches import Nature


def profile_in_words(profile: Mapping[FinancialYear, Pence]) -> str:
    """“£55,000 in 2023/24, £55,000 in 2024/25”."""
    return ", ".join(f"{pounds(amount)} in {year}" for year, amount in profile.items())


def account_of(line: Line, groups: Groups, benefit: str | None) -> str:
    """The sentence of one line. ``benefit`` is the saving that an investment belongs to."""
    where = f"Line {line.number}, {line.group or line.workstream}: “{line.name}”"
    if line.number in groups.totals:
        return f"{where} is a printed total: it is checked, and nothing is recorded for it."
    if line.number in groups.parent:
        told = f"{where} is a component of “{groups.parent[line.number].name}”"
        return f"{told}{_range(line)}; it has no money of its own."
    if line.is_investment:
        return f"{where} {_investment(line, benefit)}"
    return f"{where} {_benefit(line, groups)}"


def _investment(line: Line, benefit: str | None) -> str:
    owner = (
        f"the benefit “{benefit}”"
        if benefit
        else (f"the group “{line.group}”" if line.group else f"the workstream “{line.workstream}”")
    )
    return f"is {_a(line.kind)} of {owner}: {profile_in_words(line.profile)}.{_printed_total(line)}"


def _benefit(line: Line, groups: Groups) -> str:
    kind = SAVING_KINDS[line.kind]
    components = groups.components.get(line.number, [])
    if not line.profile:
        told = (
            f"is a benefit ({kind}) without a profile{_range(line)}: no figure is printed for any "
            "year, so it cannot pass Validation until it has a profile."
        )
    elif components:
        told = (
            f"is one benefit ({kind}) printed for {len(components)} lines together: {_plan(line)}"
        )
    else:
        told = f"is a benefit ({kind}): {_plan(line)}"
    if line.number in groups.left_out:
        total = groups.left_out[line.number].name
        told += f" It is left out of “{total}”: {line.note or 'the name of that line says so'}."
    return told + _printed_total(line)


def _plan(line: Line) -> str:
    new = "one-off" if line.nature is Nature.ONE_OFF else "new each year"
    point = "the printed figure is the committed point"
    given = f"{_range(line).removeprefix(', ')} of run rate" if line.ranged else "no range given"
    return f"{profile_in_words(line.profile)} ({new}); {point}, {given}."


def _range(line: Line) -> str:
    if line.low is not None and line.high is not None:
        return f", range {pounds(line.low)} to {pounds(line.high)}"
    if line.low is not None:
        return f", from {pounds(line.low)}"
    return f", up to {pounds(line.high)}" if line.high is not None else ""


def _printed_total(line: Line) -> str:
    if line.total_printed is None or line.total_printed == sum(line.profile.values()):
        return ""
    summed = pounds(sum(line.profile.values()))
    return (
        f" Its years sum to {summed} and {pounds(line.total_printed)} is printed as the total: the "
        "years are recorded as printed, and the total is not."
    )


def _a(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def unknown_columns(names: Iterable[str]) -> list[str]:
    """The sentence for columns that nothing was made of."""
    told = ", ".join(f"“{name}”" for name in names)
    return (
        [f"Nothing was made of these columns, whose names are not known: {told}."] if told else []
    )
