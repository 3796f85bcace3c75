"""``python -m entrypoints`` is the command line: how one ``realise`` starts another."""

from entrypoints.cli import main

main()
