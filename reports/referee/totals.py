"""Working out which lines each total of a table adds up.

The lines are read in order and wait; a total takes the lines that wait before it, and then waits
in their place for a grander one. Where the words leave open which lines those are, the plain
reading is taken, unless most of it does not foot and most of another one does; that is said.
"""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from reports.referee import headings
from reports.referee.headings import Role
from reports.referee.leaders import led_by
from reports.referee.sums import Part, Reading, Score, tested_sums
from reports.referee.table import Line

_TOTALS = (Role.TOTAL, Role.NET)


def readings(lines: Sequence[Line], breaks_before: set[int], kind: str) -> list[Reading]:
    """Each total among these rows (or columns), with its parts. ``kind`` is “row” or “column”."""
    added = [line for line in lines if line.role in (Role.LINE, *_TOTALS)]
    only = sum(line.role in _TOTALS for line in added) == 1
    found: list[Reading] = []
    waiting: list[Line] = []
    totals: set[int] = set()
    given: set[int] = set()  # totals whose lines are not printed
    led: set[int] = set()  # lines that a total printed before them adds up
    for number, line in enumerate(added):
        last = number == len(added) - 1
        if line.place in led:
            continue
        if line.role in _TOTALS:
            totals.add(line.place)
            chosen: Reading | None = None
            within: list[Reading] = []
            if waiting:
                chosen, within = _choose(line, waiting, totals, breaks_before, kind, last=last)
            ahead = added[number + 1 :]
            if leading := _leading_total(line, ahead, kind, chosen, only=only, again=bool(led)):
                found.append(leading)
                led |= {part.line.place for part in leading.parts}
            elif chosen is None or _stands_alone(chosen, given):
                given.add(line.place)
            else:
                found += [*within, chosen]
                taken = {part.line.place for reading in (chosen, *within) for part in reading.parts}
                waiting = [entry for entry in waiting if entry.place not in taken]
        elif last and (unnamed := _unnamed_total(line, waiting, totals, breaks_before, kind)):
            found.append(unnamed)
            continue
        waiting.append(line)
    return found


def _stands_alone(reading: Reading, given: set[int]) -> bool:
    """“Total X” below other totals whose lines are not printed, equal to nothing of theirs."""
    named = reading.total.role is Role.TOTAL and not headings.is_plain_total(reading.total.name)
    score = _score(reading)
    parts_given = all(part.line.place in given for part in reading.parts)
    return named and parts_given and not score.exact and not score.rounded


def _leading_total(
    line: Line,
    following: Sequence[Line],
    kind: str,
    trailing: Reading | None,
    *,
    only: bool,
    again: bool,
) -> Reading | None:
    """A total printed before its lines, when most of it foots.

    Two are taken as such whether they foot or not: the ``only`` total that is printed, headed
    “Total” and no more, as no other line could be; and one that follows another such (``again``).
    Where lines wait that it could add, in the reading ``trailing``, it leads only in the latter
    case: a total is also its target and the variance from it, whatever its own lines come to.
    """
    run = tuple(
        Part(entry) for entry in takewhile(lambda entry: entry.role not in _TOTALS, following)
    )
    if len(run) < (1 if again else 2) or (trailing and (not again or _score(trailing).most)):
        return None
    inferred = f"{kind.capitalize()} “{line.name}” is a total printed before its {kind}s."
    reading = Reading(line, run, inferred)
    score = _score(reading)
    foots = bool(score.exact) and score.most
    sole = only and trailing is None and headings.is_plain_total(line.name)
    follows = again and line.role is Role.TOTAL and not headings.is_grand(line.name)
    return reading if foots or sole or follows else None


def _score(reading: Reading) -> Score:
    return Score.of(tested_sums(reading))


def _choose(
    total: Line, waiting: list[Line], totals: set[int], breaks: set[int], kind: str, *, last: bool
) -> tuple[Reading, list[Reading]]:
    """The best reading of a total, with the totals inside it that stand before their own lines."""
    options = list(_options(total, waiting, totals, breaks, kind, last=last))
    scores = [_score(option) for option in options]
    best = max(range(len(options)), key=lambda at: (scores[at].weight, -at))
    half = scores[0].weight == 0 and scores[best].exact >= max(1, scores[best].broken)
    plain = options[best if half or (scores[best].most and not scores[0].most) else 0]
    led, rest = led_by(waiting, kind)
    # Every line is a leading total, or one of its lines, so that the plain sum counts all twice.
    twice = 1 < len(led) == len(rest) and all(_score(reading).exact > 1 for reading in led)
    if (scores[0].most or scores[best].most) and not twice:
        return plain, []
    names = ", ".join(f"“{reading.total.name}”" for reading in led)
    grand = Reading(
        total,
        tuple(map(Part, rest)),
        f"{kind.capitalize()} “{total.name}” adds up the totals {names}.",
    )
    if twice or (led and _score(grand).most):
        return grand, led
    return plain, []


def _options(
    total: Line, waiting: list[Line], totals: set[int], breaks: set[int], kind: str, *, last: bool
) -> Iterator[Reading]:
    """Every reading that the words allow, the plainest first."""
    starts = _starts(total, waiting, totals, breaks, last=last)
    for number, start in enumerate(starts):
        parts = waiting[start:]
        for signs, how in _signs(total, parts):
            names = ", ".join(f"“{line.name}”" for line in parts)
            told = f"{kind.capitalize()} “{total.name}” is read as {how} {names}."
            plain = number == 0 and how == "the sum of"
            yield Reading(total, tuple(map(Part, parts, signs)), "" if plain else told)


def _starts(
    total: Line, waiting: list[Line], totals: set[int], breaks: set[int], *, last: bool
) -> list[int]:
    """Where the lines of a total may begin, the likeliest first."""
    size = len(waiting)
    block = max((at + 1 for at in range(size) if waiting[at].place in totals), default=0)
    heading = max(
        (at for at in range(size) if _begins_block(waiting, at, total, breaks)), default=0
    )
    group = next((at for at in range(size) if waiting[at].group == total.group), 0)
    if total.group and any(entry.group == total.group for entry in waiting):
        order = [group, heading, block, 0]
    elif total.role is Role.NET or headings.is_grand(total.name) or (last and not _is_sub(total)):
        order = [0, block, heading]
    else:
        order = [max(block, heading), block, 0]
    order += [at for at in range(size) if waiting[at].place in totals]
    return list(dict.fromkeys(at for at in order if 0 <= at < size)) or [0]


def _is_sub(total: Line) -> bool:
    return headings.is_sub(total.name)


def _begins_block(waiting: list[Line], at: int, total: Line, breaks: set[int]) -> bool:
    before = waiting[at - 1].place if at else -1
    return (
        any(before < place <= waiting[at].place for place in breaks) and total.place not in breaks
    )


def _signs(total: Line, parts: list[Line]) -> Iterator[tuple[list[int], str]]:
    """The signs with which the parts may be meant, the likeliest first."""
    plain = [1] * len(parts)
    costs = [-1 if line.cost and _positive(line) else 1 for line in parts]
    netted = (costs, "the sum, costs taken away, of")
    mixed = len(set(costs)) == 2
    if total.role is Role.NET and mixed:
        yield netted
        yield [-sign for sign in costs], "the costs less the rest of"
    if total.role is not Role.NET or not mixed or not all(map(_positive, parts)):
        yield plain, "the sum of"  # but never savings and costs added up to a net figure
    if total.role is not Role.NET and mixed:
        yield netted
    if total.role is Role.NET and len(parts) > 1 and not mixed:
        yield [1] + [-1] * (len(parts) - 1), "the first less the rest of"
    yield [-1] * len(parts), "the sum, with the opposite sign, of"


def _positive(line: Line) -> bool:
    return sum(figure.pounds for figure in line.figures.values()) > 0


def _unnamed_total(
    line: Line, waiting: list[Line], totals: set[int], breaks: set[int], kind: str
) -> Reading | None:
    """A last line that is not headed as a total but of which most foots."""
    if len(waiting) < 2 or headings.is_year(line.name):
        return None
    told = (
        f"The last {kind}, “{line.name}”, is taken as a total without the word: most of it foots."
    )
    for start in _starts(line, waiting, totals, breaks, last=True):
        reading = Reading(line, tuple(map(Part, waiting[start:])), told)
        score = Score.of(tested_sums(reading), least_added=2)
        least = 1 if line.name.startswith((f"{kind} ", "column ")) else 2
        if score.exact >= least and score.most:
            return reading
    return None
