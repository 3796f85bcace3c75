"""Draws the pages of docs/ that are tables of the code, so that they cannot disagree with it.

`make docs` writes them; a test fails when a page is not what would be drawn today.
"""

from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path

from benchmarks.page import performance as performance_page
from benefits.events import MATERIAL, STORED_NAMES
from benefits.lifecycle import PASSAGES, Gate, Passage, Stage
from entrypoints.api.document import whole_document
from entrypoints.data_out.editions import SETS
from entrypoints.pages.interface import operations
from entrypoints.settings_list import settings_page
from tools.draw_command_line import command_line
from workflows.gates import GATES
from workflows.permissions import PERMISSIONS

DOCS = Path(__file__).resolve().parent.parent / "docs"
DRAWN_BY = "<!-- Drawn by `make docs` from {source}. Change that, not this. -->"


def lifecycle() -> str:
    """The stages of a benefit and the gates between them, as a diagram and a table."""
    return _page(
        "The life of a benefit",
        "benefits/lifecycle.py and workflows/gates/",
        [
            "A benefit is at one stage. Only its programme board's decision at a gate moves it.",
            "",
            "```mermaid",
            "stateDiagram-v2",
            *_arrows(),
            "```",
            "",
            "| Gate | Opens from | Leads to | The finance seat must approve from |",
            "|---|---|---|---|",
            *(_passage_row(passage) for passage in PASSAGES.values()),
            "",
            "## What must be true before the board can be asked",
            *(line for gate in GATES for line in _gate_lines(gate)),
        ],
    )


def _gate_lines(gate: Gate) -> Iterator[str]:
    yield from ("", f"### {gate.value}", "", "| Test | What it requires |", "|---|---|")
    for test in GATES[gate]:
        yield f"| {test.name} | {test.requires} |"


def _arrows() -> Iterator[str]:
    yield f"    [*] --> {_state(Stage.IDENTIFIED)}"
    for passage in PASSAGES.values():
        for stage in passage.opens_from:
            leads_to = passage.leads_to or stage
            yield f"    {_state(stage)} --> {_state(leads_to)}: {passage.gate.value}"


def _state(stage: Stage) -> str:
    return stage.value.title().replace(" ", "")


def _passage_row(passage: Passage) -> str:
    leads_to = passage.leads_to.value if passage.leads_to else "the same stage, with a new plan"
    seat = _list(stage.value for stage in passage.finance_seat_from)
    opens_from = _list(stage.value for stage in passage.opens_from)
    return f"| {passage.gate.value} | {opens_from} | {leads_to} | {seat} |"


def events() -> str:
    """Everything that can happen, with what each event holds and which cases it lapses."""
    lines = [
        "Each event is a row of the log, stored under the name in the first column for ever.",
        "“Lapses” names the gates at which an open case lapses when the event comes after the",
        "case was put: the board would otherwise vote on what is no longer so.",
        "",
        "| Stored name | What happened | Holds | Lapses |",
        "|---|---|---|---|",
        *(_event_row(name, event) for event, name in STORED_NAMES.items()),
    ]
    return _page("Everything that can happen", "benefits/events/", lines)


def _event_row(name: str, event: type) -> str:
    sentence = " ".join((event.__doc__ or "").partition("\n\n")[0].split())
    holds = _list(f"`{field.name}`" for field in fields(event))
    gates = MATERIAL.get(event, frozenset())
    lapses = (
        "every gate" if gates == frozenset(Gate) else _list(g.value for g in Gate if g in gates)
    )
    return f"| `{name}` | {sentence.replace('``', '`')} | {holds} | {lapses} |"


def permissions() -> str:
    """Who may ask what, a row a command."""
    lines = [
        "The rules say more of the case in hand: nobody verifies a claim of their own, and nobody",
        "votes on a case that they submitted, on a benefit that they own or ever owned, or whose",
        "value they confirmed or whose claims they verified, rejected or graded.",
        "",
        "| Command | What it is for | Who may |",
        "|---|---|---|",
        *(
            f"| `{command.__name__}` | {permission.to} | {_list(w.value for w in permission.who)} |"
            for command, permission in PERMISSIONS.items()
        ),
    ]
    return _page("Who may do what", "workflows/permissions.py", lines)


def _list(words: Iterator[str]) -> str:
    return ", ".join(words) or "-"


def _page(title: str, source: str, lines: list[str]) -> str:
    return "\n".join([f"# {title}", "", DRAWN_BY.format(source=source), "", *lines, ""])


def api() -> str:
    """What programs can do: every operation with its scope."""
    document = whole_document()
    lines = [*document["info"]["description"].splitlines(), ""]
    lines += [
        "The OpenAPI document is at `/api/openapi.json`, and a page for people at `/api`.",
        "A token is made on the account page, or with `realise token add`.",
    ]
    for tag, said in operations(document).items():
        lines += [
            "",
            f"## {tag[:1].upper()}{tag[1:]}",
            "",
            "| | Address | Scope |",
            "|---|---|---|",
        ]
        lines += [
            f"| {one.summary} | `{one.method} {one.address}` | {_scope(one.about)} |"
            for one in said
        ]
    return _page("The API", "entrypoints/api/", lines)


def _scope(about: tuple[str, ...]) -> str:
    return about[-1].removeprefix("Scope: ").removesuffix(".")


def data_dictionary() -> str:
    """Every set that can be taken out, and what each of its fields means."""
    lines = [
        "Everything on the record can be taken out as CSV, XLSX and JSON: on the page Data, with",
        "`realise data-out DIR`, or by the API. The open edition may be published. It leaves out",
        "people, free text and exempt benefits: the fields that it has are marked.",
        "Money is in pounds; in JSON it is text with two decimals.",
    ]
    for of in SETS:
        lines += ["", f"## {of.name}", "", of.about, ""]
        lines += ["| Field | Holds | Meaning | Open edition |", "|---|---|---|---|"]
        lines += [
            f"| `{field.name}` | {field.of.value} | {field.about} | "
            f"{'yes' if of.open and field.open else '-'} |"
            for field in of.fields
        ]
    return _page("The data dictionary", "entrypoints/data_out/", lines)


def performance() -> str:
    """How quick it is, from the figures that were kept."""
    return _page("How quick it is", "benchmarks/results/", [performance_page()])


def commands() -> str:
    """Every command of the command line."""
    return _page("The command line", "entrypoints/cli/", list(command_line()))


PAGES: dict[str, Callable[[], str]] = {
    "api.md": api,
    "command-line.md": commands,
    "data-dictionary.md": data_dictionary,
    "events.md": events,
    "lifecycle.md": lifecycle,
    "performance.md": performance,
    "permissions.md": permissions,
    "settings.md": settings_page,
}


def main() -> None:
    """Write every drawn page."""
    DOCS.mkdir(exist_ok=True)
    for name, draw in PAGES.items():
        (DOCS / name).write_text(draw(), encoding="utf-8")


if __name__ == "__main__":
    main()
