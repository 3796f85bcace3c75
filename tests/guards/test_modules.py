"""Modules stay small enough to read, and each says in a sentence what it is for."""

import ast

import pytest

from tests.guards.tracked import PACKAGES, modules, named

LONGEST = 300
#: An auditor is handed this one file, so what it needs is in it.
ONE_FILE = "tools/realise_verify.py"


@pytest.mark.parametrize("folder", [*PACKAGES, "tests", "tools"])
def test_no_module_is_longer_than_a_person_reads_at_a_sitting(folder: str) -> None:
    lengths = {named(path): len(path.read_text().splitlines()) for path in modules(folder)}
    too_long = {
        name: length for name, length in lengths.items() if length > LONGEST and name != ONE_FILE
    }
    assert not too_long, f"Split these modules, each is longer than {LONGEST} lines: {too_long}"


@pytest.mark.parametrize("folder", PACKAGES)
def test_every_module_says_in_a_sentence_what_it_is_for(folder: str) -> None:
    silent = [
        name for path in modules(folder) if not _says(path.read_text()) for name in [named(path)]
    ]
    assert not silent, f"Start these modules with a sentence that ends in a full stop: {silent}"


def _says(source: str) -> bool:
    first, _, _ = (ast.get_docstring(ast.parse(source)) or "").partition("\n\n")
    return len(first.split()) >= 3 and first.rstrip().endswith((".", ":", "?"))
