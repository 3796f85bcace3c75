"""Reading the XML parts of a workbook that anybody may have made: no entities, no surprises."""

from collections.abc import Callable, Mapping
from xml.parsers import expat

Begin = Callable[[str, Mapping[str, str]], None]
End = Callable[[str, str], None]


class BadXml(ValueError):
    """The part is not XML that a workbook holds."""


def walk(content: bytes, begin: Begin, end: End) -> None:
    """Call ``begin(name, attributes)`` and ``end(name, text)`` for each element, in order.

    Names are without their namespace; the text is what stands directly before the end. Raises
    ``BadXml``.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    text: list[str] = []

    def started(name: str, attributes: Mapping[str, str]) -> None:
        text.clear()
        begin(_local(name), {_local(key): value for key, value in attributes.items()})

    def ended(name: str) -> None:
        end(_local(name), "".join(text))
        text.clear()

    def refuse(*_: object) -> None:
        raise BadXml("It declares entities, which no workbook does.")

    parser.buffer_text = True
    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    parser.CharacterDataHandler = text.append
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(content, True)  # noqa: FBT003 - expat takes no names
    except expat.ExpatError as fault:
        raise BadXml(str(fault)) from fault


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
