"""How wide the columns of a paper's table are: no word broken, and the room where the words are."""

from collections.abc import Sequence

#: Letters that a line of a table holds across the page, and what a cell keeps free.
_ACROSS, _FREE = 84, 3
#: A longer word may be broken (a hash), and a longer text wraps whatever room it is given.
_LONGEST_WORD, _LONGEST_TEXT = 22, 60


def fitted(rows: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """Per cent of the page for each column, 100 in all, from the texts of a table's rows."""
    columns = list(zip(*rows, strict=True))
    least = [min(_LONGEST_WORD, _longest(column, split=True)) + _FREE for column in columns]
    wished = [
        max(low, min(_LONGEST_TEXT, _longest(column, split=False)) + _FREE)
        for low, column in zip(least, columns, strict=True)
    ]
    room = max(0, _ACROSS - sum(least))
    over = sum(wished) - sum(least)
    if sum(wished) <= _ACROSS or not over:
        return _hundred(wished)
    return _hundred(
        [low + room * (wish - low) // over for low, wish in zip(least, wished, strict=True)]
    )


def _longest(column: Sequence[str], *, split: bool) -> int:
    texts = (part for cell in column for part in (cell.split() if split else cell.splitlines()))
    return max(map(len, texts), default=0)


def _hundred(widths: Sequence[int]) -> tuple[int, ...]:
    """The same in whole per cents; what rounding leaves goes to the widest."""
    whole = [width * 100 // sum(widths) for width in widths]
    whole[whole.index(max(whole))] += 100 - sum(whole)
    return tuple(whole)
