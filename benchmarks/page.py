"""Draws docs/performance.md from the figures that were kept, with how they were measured."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).resolve().parent / "results"

METHOD = Path(__file__).resolve().with_name("method.md")
FINDINGS = METHOD.with_name("findings.md")


def performance() -> str:
    """The whole page, without the line that says where it is drawn from."""
    parts = ["## How it is measured", METHOD.read_text(encoding="utf-8").strip(), ""]
    for path in sorted(RESULTS.glob("*.json"), key=lambda file: _order(file.stem)):
        parts += _table(json.loads(path.read_text(encoding="utf-8")))
    return "\n".join([*parts, FINDINGS.read_text(encoding="utf-8").strip()])


def _order(name: str) -> tuple[int, str]:
    known = (
        "appending", "handling", "importing", "whole_log", "reconciling", "printing", "pages",
        "loaded", "processes", "growth", "councils",
    )  # fmt: skip
    return (known.index(name) if name in known else len(known), name)


def _table(found: dict[str, Any]) -> Iterator[str]:
    yield f"## {found['title']}"
    yield ""
    yield f"{found['durability']}; {found['where']}. {_said(found)}"
    yield ""
    yield "| what | Realise | beside | theirs | ratio | asked for |"
    yield "|---|---|---|---|---|---|"
    for figure in found["figures"]:
        yield from _rows(figure)
    yield ""


def _said(found: dict[str, Any]) -> str:
    machine = dict(found["machine"])
    kinds = f"{machine.pop('cores')} cores, {machine.pop('memory_gib')} GiB"
    load, processor = machine.pop("load"), machine.pop("processor")
    versions = ", ".join(f"{name} {value}" for name, value in machine.items())
    return (
        f"Size: {found['size']}, medians of {found['rounds']} rounds. {processor}, {kinds}, "
        f"{load} processes wanting to run meanwhile. {versions}."
    )


def _rows(figure: dict[str, Any]) -> Iterator[str]:
    met = {True: " ✓", False: " ✗", None: ""}[figure["met"]]
    single = len(figure["others"]) == 1
    ours = f"{_number(figure['ours'])} {figure['unit']}"
    for name, theirs in figure["others"].items() or {"": None}.items():
        ratio = f"{figure['ratios'][name]:.2f}" if name else ""
        asked = f"{figure['target']}{met}" if name in figure["target"] or single else ""
        yield f"| {figure['what']} | {ours} | {name} | {_number(theirs)} | {ratio} | {asked} |"


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 100 else f"{value:,.2g}" if value < 10 else f"{value:,.1f}"
