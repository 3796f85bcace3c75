"""The data sets of programmes, overlaps, lines of the medium-term plan, and people."""

from collections.abc import Iterator

from benefits.programme import MtfsLine, Overlap, Programme
from entrypoints.data_out.tables import DataSet, Field, Of, Row, key, person, pounds, text
from workflows.directory import Entry


def _programmes(p: Programme) -> Iterator[Row]:
    yield (
        p.programme, p.title, str(p.window.first), p.years, p.tolerance, p.board, p.committee,
        p.sponsor, p.version,
    )  # fmt: skip


def _overlaps(o: Overlap) -> Iterator[Row]:
    if o.agreed is not None:
        for part in o.agreed.amounts:
            yield (
                o.overlap, o.agreed.gives_up, o.agreed.keeps, o.agreed.with_mtfs,
                str(part.year), part.amount, bool(o.cancelled), o.cancelled, o.position,
            )  # fmt: skip


def _lines(line: MtfsLine) -> Iterator[Row]:
    for year, amount in sorted(line.increments.items()):
        yield line.line, line.reference, line.title, line.fund, str(year), amount


def _admitted(line: MtfsLine) -> Iterator[Row]:
    for (benefit, year), amount in sorted(line.admitted.items()):
        yield line.line, benefit, str(year), amount


def _people(entry: Entry) -> Iterator[Row]:
    yield entry.person, entry.name, entry.post, entry.active


_YEAR = Field("year", Of.YEAR, "The financial year.")
SETS = (
    DataSet(
        "programmes", "One row a programme.", "programme",
        (
            key("programme", "Its id."), text("title", "What it is called.", open=True),
            Field("first_year", Of.YEAR, "The first year of its plan."),
            Field("years", Of.NUMBER, "How many years it plans for."),
            Field("tolerance", Of.NUMBER, "Per cent of the committed figure."),
            key("board", "Its board."), text("committee", "Its scrutiny committee.", open=True),
            person("sponsor", "Its sponsor."),
            Field("version", Of.NUMBER, "How many events it has.", open=False),
        ), _programmes, (),
    ),
    DataSet(
        "overlaps", "One row a year of money that two benefits, or a benefit and a line of the "
        "medium-term plan, both count. One side keeps it.", "overlap",
        (
            key("overlap", "Its id."), key("gives_up", "The benefit that gives it up."),
            key("keeps", "The benefit or line that keeps it."),
            Field("with_mtfs", Of.YES_NO, "Whether a line of the medium-term plan keeps it."),
            _YEAR, pounds("amount", "The amount of the year."),
            Field("cancelled", Of.YES_NO, "Whether it was cancelled."),
            text("cancelled_because", "Why."),
            Field("position", Of.NUMBER, "The position in the log of its first event."),
        ), _overlaps, ("gives_up", "keeps"),
    ),
    DataSet(
        "mtfs_lines", "One row a year of a line of the medium-term plan.", "mtfs-line",
        (
            key("line", "Its id."), text("reference", "The council’s reference.", open=True),
            text("title", "What it is called.", open=True), Field("fund", Of.WORD, "Whose money."),
            _YEAR, pounds("increment", "What the year adds to the years before."),
        ), _lines, (),
    ),
    DataSet(
        "mtfs_admitted", "One row a year of a benefit that finance admitted to a line.",
        "mtfs-line",
        (
            key("line", "The line."), key("benefit", "The benefit."), _YEAR,
            pounds("amount", "The amount admitted."),
        ), _admitted,
    ),
    DataSet(
        "people", "One row a person, to whom the ids of people in the other sets lead.", "people",
        (
            person("person", "Their id."), text("name", "Their name."), text("post", "Their post."),
            Field("active", Of.YES_NO, "Whether they still work here.", open=False),
        ), _people, (), open=False,
    ),
)  # fmt: skip
