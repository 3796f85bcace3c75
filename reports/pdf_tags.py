"""Mends the tag tree that WeasyPrint 70 writes, so that a screen reader meets one good document.

What it does, and why: the file is marked as PDF/UA-1 beside PDF/A-3a (WeasyPrint can name one
only, its issue 2783); every header cell says whether it heads a column or a row (issue 2508);
a table that runs over pages is one table again and its repeated headings are artifacts; page
headers and footers are artifacts (issue 1836); the list of contents is tagged as one; each
attachment is named once.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pydyf

UA = (
    b'<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">'
    b"<pdfuaid:part>1</pdfuaid:part></rdf:Description>"
)
#: PDF/A wants a description of every schema that it does not know (ISO 19005-3, 6.6.2.3).
UA_SCHEMA = (
    b'<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    b' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    b' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    b'<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    b"<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>"
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>"
    b'<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>'
    b"<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    b"<pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>Part of ISO 14289 to which the file conforms"
    b"</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag>"
    b"</pdfaExtension:schemas></rdf:Description>"
)
_WRAPPERS = ("/Sect", "/Div", "/NonStruct", "/Part", "/Art")


class Tags:
    """The objects of a PDF in the making, found by their references."""

    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        self.root = self.at(pdf.catalog["StructTreeRoot"])
        self.document = self.at(self.root["K"][0])

    def at(self, reference: Any) -> Any:
        """The object that a reference such as ``b'12 0 R'`` names."""
        return self.pdf.objects[int(reference.split()[0])]

    def kids(self, element: Any) -> Iterator[Any]:
        """The structure elements directly below one."""
        for kid in element["K"]:
            if not isinstance(kid, int):
                found = self.at(kid)
                if found.get("Type") == "/StructElem":
                    yield found

    def below(self, element: Any) -> Iterator[Any]:
        """An element and all below it, in reading order."""
        waiting = [element]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(reversed(list(self.kids(element))))

    def unlink(self, element: Any) -> None:
        """Take an element out of its parent, with the wrappers that this leaves empty."""
        while True:
            parent = self.at(element["P"])
            parent["K"] = pydyf.Array(k for k in parent["K"] if k != element.reference)
            if parent["K"] or parent["S"] not in _WRAPPERS:
                return
            element = parent


@contextmanager
def languages_and_abbreviations() -> Iterator[None]:
    """While in it, WeasyPrint's tags say the language of a part and what an abbreviation means.

    It writes neither (WCAG 2.2, 3.1.2 and 3.1.4), and once it is done the elements of the page
    are no longer known: so its builder of tags is stood before, and put back afterwards.
    """
    from weasyprint.pdf import tags

    plain = tags._build_box_tree  # noqa: SLF001 - WeasyPrint offers no other way in

    def described(box: Any, *given: Any) -> Iterator[Any]:
        inner = getattr(box, "_box", box)
        source = inner.element
        for element in plain(box, *given):
            if source is not None and source.tag == inner.element_tag != "html":
                if source.get("lang"):
                    element["Lang"] = pydyf.String(source.get("lang"))
                if source.tag == "abbr" and source.get("title"):
                    element["S"], element["E"] = "/Span", pydyf.String(source.get("title"))
            yield element

    tags._build_box_tree = described  # noqa: SLF001
    try:
        yield
    finally:
        tags._build_box_tree = plain  # noqa: SLF001


def finish(document: Any, pdf: Any, prefix: str = "") -> None:
    """WeasyPrint's ``finisher``: called with the laid-out document and the PDF before writing.

    ``prefix`` begins the name of every header cell, so that parts that are drawn apart and joined
    have no two cells of one name. The first part has none, and only it has the contents.
    """
    tags = Tags(pdf)
    metadata = tags.at(pdf.catalog["Metadata"])
    metadata.stream = [
        part.replace(b"</rdf:RDF>", UA + UA_SCHEMA + b"</rdf:RDF>") for part in metadata.stream
    ]
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
    _join_tables(document, tags)
    if not prefix:
        _tag_contents(tags)
    _drop_what_is_not_in_the_tree(tags)
    if prefix:
        _name_heads(tags, prefix)


def _name_heads(tags: Tags, prefix: str) -> None:
    for element in tags.below(tags.document):
        if "ID" in element:
            element["ID"] = pydyf.String(prefix + element["ID"].string)
        if "Headers" in element.get("A", ()):
            heads = [pydyf.String(prefix + head.string) for head in element["A"]["Headers"]]
            element["A"]["Headers"] = pydyf.Array(heads)


def _boxes(box: Any) -> Iterator[Any]:
    waiting = [box]
    while waiting:
        box = waiting.pop()
        box = getattr(box, "_box", box)  # absolutely placed boxes stand behind a placeholder
        yield box
        waiting.extend(reversed(list(getattr(box, "children", ()))))


class _Part:
    """The rows of cells of one table on one page, heading rows apart."""

    def __init__(self, box: Any) -> None:
        self.head: list[list[Any]] = []
        self.rows: list[list[Any]] = []
        for group in box.children:
            for row in group.children:
                cells = [cell.mark for cell in row.children if hasattr(cell, "mark")]
                for cell in cells:
                    if cell["S"] == "/TH":
                        cell["A"]["Scope"] = "/Column" if group.is_header else "/Row"
                if cells:
                    (self.head if group.is_header else self.rows).append(cells)


def _join_tables(document: Any, tags: Tags) -> None:
    first: dict[int, _Part] = {}
    for page in document.pages:
        for box in _boxes(page._page_box):  # noqa: SLF001 - WeasyPrint offers no other way in
            if type(box).__name__ != "TableBox" or box.element is None:
                continue
            part = _Part(box)
            begun = first.setdefault(id(box.element), part)
            if begun is not part and part.rows:
                _append(tags, begun, part)


def _append(tags: Tags, begun: _Part, part: _Part) -> None:
    """Move a later page's rows to the table's first part; its repeated headings fall away."""
    heads = {
        later["ID"].string: first["ID"]
        for first_row, later_row in zip(begun.head, part.head, strict=False)
        for first, later in zip(first_row, later_row, strict=False)
        if "ID" in first and "ID" in later
    }
    body = tags.at(tags.at(begun.rows[-1][0]["P"])["P"])
    table = tags.at(tags.at(tags.at(part.rows[0][0]["P"])["P"])["P"])
    for cells in part.rows:
        row = tags.at(cells[0]["P"])
        row["P"] = body.reference
        body["K"].append(row.reference)
        for cell in cells:
            if "Headers" in cell["A"]:
                renamed = [heads.get(head.string, head) for head in cell["A"]["Headers"]]
                cell["A"]["Headers"] = pydyf.Array(renamed)
    begun.rows += part.rows
    tags.unlink(table)


def _tag_contents(tags: Tags) -> None:
    """The report's first list is its list of contents: TOC and TOCI rather than L and LI."""
    contents = next((e for e in tags.below(tags.document) if e["S"] == "/L"), None)
    if contents is None:
        return
    contents["S"] = "/TOC"
    for item in tags.kids(contents):
        item["S"] = "/TOCI"
        for body in tags.kids(item):
            if body["S"] == "/LBody":
                body["S"] = "/Reference"


def _drop_what_is_not_in_the_tree(tags: Tags) -> None:
    """Marked content whose element hangs on nothing becomes an artifact, which readers skip."""
    live = {element.number for element in tags.below(tags.document)}
    numbers = tags.at(tags.root["ParentTree"])["Nums"]
    for place, reference in enumerate(tags.pdf.page_references):
        parents = numbers[2 * place + 1]
        gone = {mark for mark, kid in enumerate(parents) if int(kid.split()[0]) not in live}
        for mark in gone:
            parents[mark] = "null"
        if gone:
            _as_artifacts(tags.at(tags.at(reference)["Contents"]).stream, gone)
    for thing in tags.pdf.objects:
        is_element = isinstance(thing, pydyf.Dictionary) and thing.get("Type") == "/StructElem"
        if is_element and thing.number not in live:
            thing.clear()


def _as_artifacts(tokens: list[Any], gone: set[int]) -> None:
    for place in range(1, len(tokens) - 1):
        marked, operator = tokens[place], tokens[place + 1]
        if operator == b"BDC" and isinstance(marked, dict) and marked.get("MCID") in gone:
            tokens[place - 1 : place + 2] = [b"/Artifact", b"", b"BMC"]
