"""Messages, errors and pages name commands; each of them exists."""

import re
import shlex
from pathlib import Path

import click
import pytest

from dondoc.cli.program import COMMANDS, program
from dondoc.cli.record import COMMANDS as ACTS

ROOT = Path(__file__).parents[2]
# After "dondoc" only another word in the same breath is a command: `dondoc status`, dondoc record bind-due.
NAMED = re.compile(r"(?<![\w./«-])dondoc ([a-z][a-z-]+)(?: ([a-z][a-z-]+))?")
SPOKEN = [
    *(f for room in ("dondoc", "definitions", "notifications", "flows") for f in (ROOT / room).rglob("*.py")),
    *(ROOT / "notifications").rglob("*.j2"),
    *(f for f in (ROOT / "notifications").rglob("letter.*")),
    ROOT / "README.md",
]
PROSE = {"is", "packages", "program", "console"}


def _named() -> set[tuple[str, str, str]]:
    found = set()
    for file in SPOKEN:
        for line in file.read_text(encoding="utf-8").splitlines():
            if re.match(r"\s*(from|import) ", line):
                continue
            for command, act in NAMED.findall(line):
                found.add((str(file.relative_to(ROOT)), command, act))
    return found


def test_every_command_that_is_named_somewhere_exists() -> None:
    named = _named()
    assert len(named) > 10
    assert sorted(n for n in named if n[1] not in COMMANDS and n[1] not in PROSE) == []


def test_every_act_that_is_named_somewhere_exists() -> None:
    acts = {(file, act) for file, command, act in _named() if command == "record" and act}
    assert acts
    assert sorted(n for n in acts if n[1] not in ACTS) == []


def _lines_of_the_readme() -> list[list[str]]:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    return [shlex.split(line, comments=True)[1:] for line in lines if line.startswith(".venv/bin/dondoc ")]


@pytest.mark.parametrize("words", _lines_of_the_readme(), ids=" ".join)
def test_every_line_of_the_readme_is_understood(words: list[str]) -> None:
    command: click.Command = program
    while isinstance(command, click.Group):
        found = command.get_command(click.Context(command), words[0])
        assert found is not None, words[0]
        command, words = found, words[1:]
    options, given, _order = command.make_parser(click.Context(command)).parse_args(list(words))
    missing = {p.name for p in command.params if p.required} - set(options)
    assert given == [] and missing == set()


def test_the_readme_shows_the_commands_of_daily_use() -> None:
    shown = {words[0] for words in _lines_of_the_readme()}
    daily = {"check", "explain", "calendar", "rehearse", "status", "record", "journal", "mailbox", "go-live"}
    assert daily | {"read", "roll", "diff", "apply"} <= shown
