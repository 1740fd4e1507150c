"""A group of commands whose modules are imported only when one of them is called."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, NamedTuple

import click

from dondoc.words import _


class Entry(NamedTuple):
    """Where a command lives (`module:attribute`) and the line the list of commands shows for it."""

    target: str
    line: str


class LazyGroup(click.Group):
    """Lists its commands without importing them: `--help` costs click and nothing else."""

    def __init__(self, *args: Any, entries: Mapping[str, Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entries = entries

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order a newcomer needs them, not the alphabet's."""
        return list(self.entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module; None where there is no such command."""
        entry = self.entries.get(cmd_name)
        if entry is None:
            return None
        module, attribute = entry.target.split(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, from the entries alone."""
        with formatter.section(_("Các lệnh")):
            formatter.write_dl([(name, entry.line) for name, entry in self.entries.items()])
