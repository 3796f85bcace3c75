"""Spares WeasyPrint 70 the styles that no report needs: a third of the time that drawing takes.

What is drawn is the same to the byte. WeasyPrint works out a style once for all elements that are
styled alike, but never for one with an ``id`` or a ``style`` attribute, nor for what stands in it,
such as each row and cell below the anchor of a benefit; and it gives every element the styles of
five kinds of footnote, which no report has.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_OF_FOOTNOTES = (
    "footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback",
)  # fmt: skip
#: What a ``style`` attribute weighs among the rules for an element.
_ATTRIBUTE = (1, 0, 0)


@contextmanager
def styles_shared() -> Iterator[None]:
    """While in it, styles are also shared below an anchor and among equal ``style`` attributes."""
    from weasyprint import css

    plain, styles = css.find_style_attributes, css.StyleFor
    anchors: list[tuple[Any, str]] = []

    def found(*given: Any) -> Iterator[Any]:
        held: dict[str, Any] = {}
        for weight, element, declared, base in plain(*given):
            if getattr(declared[0], "name", "") == "-weasy-anchor":
                anchors.append((element, declared[0].value[0].value))
            elif weight == _ATTRIBUTE:
                yield weight, element, held.setdefault(element.get("style"), declared), base
            else:
                yield weight, element, declared, base

    class Shared(styles):  # type: ignore[misc, valid-type]
        """The styles of all elements; whoever is led to has one of its own, which names it."""

        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            *_, targets = given
            for element, name in anchors:
                own = self._computed_styles[element, None].copy()
                own["anchor"] = name
                targets.collect_anchor(name)
                self._computed_styles[element, None] = own

    css.find_style_attributes, css.StyleFor = found, Shared
    try:
        yield
    finally:
        css.find_style_attributes, css.StyleFor = plain, styles


@contextmanager
def no_footnotes() -> Iterator[None]:
    """While in it, elements have no styles of footnotes."""
    from weasyprint.html import UA_STYLESHEET

    rules = UA_STYLESHEET.matcher
    plain = rules.other_selectors
    rules.other_selectors = [rule for rule in plain if rule[3] not in _OF_FOOTNOTES]
    try:
        yield
    finally:
        rules.other_selectors = plain
