"""Runs the benchmarks: ``python -m benchmarks [--full] [--size WHAT=NUMBER] [SUBJECT ...]``.

Each subject prints its table and leaves a JSON in build/benchmarks; ``--keep`` leaves it in
benchmarks/results too, from which docs/performance.md is drawn.
"""

import argparse
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.machine import machine
from benchmarks.measuring import Figure, Size
from benchmarks.places import Places, places
from benchmarks.subjects import FULL, QUICK, SUBJECTS, Subject

ROOT = Path(__file__).resolve().parent.parent
MADE, KEPT = ROOT / "build" / "benchmarks", ROOT / "benchmarks" / "results"


def main() -> None:
    """Measure what is asked for; everything when nothing is named."""
    parser = argparse.ArgumentParser(prog="benchmarks")
    parser.add_argument("subjects", nargs="*", metavar="SUBJECT", help=", ".join(SUBJECTS))
    parser.add_argument("--full", action="store_true", help="at every size: hours, not minutes")
    parser.add_argument("--keep", action="store_true", help="for docs/performance.md")
    parser.add_argument("--folder", type=Path, help="a folder on the disk to measure")
    parser.add_argument("--rounds", type=int, help="medians of so many, in place of what is usual")
    parser.add_argument(
        "--size", action="append", default=[], metavar="WHAT=NUMBER",
        help=f"another amount of something: {', '.join(QUICK.of)}",
    )  # fmt: skip
    asked = parser.parse_args()
    unknown = set(asked.subjects) - SUBJECTS.keys()
    if unknown:
        parser.error(f"There is no subject {', '.join(unknown)}: {', '.join(SUBJECTS)}.")
    try:
        size = (FULL if asked.full else QUICK).but(asked.size, asked.rounds)
    except ValueError as fault:
        parser.error(str(fault))
    chosen = {
        name: subject
        for name, subject in SUBJECTS.items()
        if name in asked.subjects or (not asked.subjects and (asked.full or subject.quick))
    }
    folders = (MADE, KEPT) if asked.keep else (MADE,)
    began = time.perf_counter()
    with places(asked.folder) as found:
        for name, subject in chosen.items():
            for document in run(name, subject, found, size):
                _keep(folders, name, document)
    print(f"\nAll of it took {time.perf_counter() - began:.0f} seconds.")


def _keep(folders: Sequence[Path], name: str, document: Mapping[str, object]) -> None:
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(document, indent=1, ensure_ascii=False)
        (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def run(name: str, subject: Subject, found: Places, size: Size) -> Iterator[dict[str, object]]:
    """Measure one subject and print its table; what its JSON holds, figure by figure.

    So a long run that is ended early leaves what it had measured.
    """
    began = time.perf_counter()
    print(f"\n{subject.title}\n{subject.durability} · {found.where} · medians of {size.rounds}")
    figures = []
    for figure in subject.measured(found, size):
        print(line(figure), flush=True)
        figures.append(asdict(figure))
        yield {
            "subject": name,
            "title": subject.title,
            "durability": subject.durability,
            "where": found.where,
            "size": size.name,
            "rounds": size.rounds,
            "seconds": round(time.perf_counter() - began),
            "machine": machine(),
            "figures": figures,
        }
    print(f"({time.perf_counter() - began:.0f} seconds)", flush=True)


def line(figure: Figure) -> str:
    """A figure as a line of the table."""
    ratios = ", ".join(f"{ratio:.2f} × {name}" for name, ratio in figure.ratios.items())
    met = {True: " ✓", False: " ✗", None: ""}[figure.met]
    target = f"  (asked: {figure.target}){met}" if figure.target else ""
    return f"{figure.what:58} {figure.ours:>12,.1f} {figure.unit:10} {ratios}{target}"


if __name__ == "__main__":
    main()
