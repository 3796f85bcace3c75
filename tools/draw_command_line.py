"""Draws the page of docs/ that lists the commands, from the commands themselves."""

from collections.abc import Iterator

import click

from entrypoints.cli import realise
from entrypoints.cli.running import COMMANDS as RUNNING

ABOUT = (
    "`realise --help` lists these, and `realise COMMAND --help` says the same of one. A command "
    "ends with status 0 when what was asked was done, with 1 and a sentence when it was not, and "
    "with 2 when it was asked in a way that it does not know."
)


def command_line() -> Iterator[str]:
    """The lines of the page, a heading for each command."""
    yield ABOUT
    for name, command in sorted(realise.commands.items()):
        if isinstance(command, click.Group):
            for part, inner in sorted(command.commands.items()):
                yield from _command(f"{name} {part}", inner)
        else:
            yield from _command(name, command)


def _command(name: str, command: click.Command) -> Iterator[str]:
    arguments = [one for one in command.params if isinstance(one, click.Argument)]
    options = [one for one in command.params if isinstance(one, click.Option)]
    words = " ".join([name, *map(_argument, arguments), *(["[OPTIONS]"] if options else [])])
    yield from ("", f"## realise {name}", "", f"`realise {words}`", "")
    yield "\n\n".join(" ".join(part.split()) for part in (command.help or "").split("\n\n"))
    if command in RUNNING:
        yield from ("", "It goes on until it is told to stop (Ctrl-C, or SIGTERM).")
    if options:
        yield from ("", "| option | what it means |", "|---|---|")
        yield from map(_option, options)


def _argument(argument: click.Argument) -> str:
    shown = argument.make_metavar(click.Context(click.Command("")))
    return shown if argument.required or shown.startswith("[") else f"[{shown}]"


def _option(option: click.Option) -> str:
    context = click.Context(click.Command(""))
    takes = "" if option.is_flag else f" {option.make_metavar(context)}"
    said = (option.help or "").replace("|", "\\|")
    more = [] if not option.required else ["needed"]
    if option.show_default and option.default is not None:
        more.append(f"{option.default} unless given")
    told = f" ({'; '.join(more)})" if more else ""
    names = ", ".join(f"`{name}`" for name in option.opts)
    return f"| {names}{takes.replace('|', ' or ')} | {said}{told} |"
