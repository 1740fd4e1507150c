"""Every command has help and an entry in docs/commands.md."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import click
import pytest

ROOT = Path(__file__).parents[2]


def _writer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("write_commands", ROOT / "docs" / "write_commands.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


WRITER = _writer()
COMMANDS = dict(WRITER.every_command())


def test_the_page_of_commands_is_what_make_docs_writes() -> None:
    assert WRITER.PAGE.read_text(encoding="utf-8") == WRITER.page(), "run `make docs`"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_an_entry(name: str) -> None:
    assert re.search(rf"(?m)^## {name}$", WRITER.PAGE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_has_help(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    nameless = [p.name for p in command.params if isinstance(p, click.Option) and not p.help]
    assert nameless == []


@pytest.mark.parametrize("name", [name for name, command in COMMANDS.items() if isinstance(command, click.Group)])
def test_every_member_of_a_group_has_its_line(name: str) -> None:
    members = COMMANDS[name]
    assert isinstance(members, click.Group)
    context = click.Context(members, info_name=name)
    for member in members.list_commands(context):
        found = members.get_command(context, member)
        assert found is not None and found.name == member


READERS = [
    "check",
    "calendar",
    "status",
    "rehearse",
    "mailbox list",
    "mailbox show",
    "hold show",
    "journal verify",
    "roll",
]


@pytest.mark.parametrize("name", READERS)
def test_every_command_that_reads_can_answer_in_json(name: str) -> None:
    options = [option for p in COMMANDS[f"dondoc {name}"].params for option in p.opts]
    assert "--json" in options
