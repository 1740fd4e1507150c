"""Messages, errors and pages name commands; each of them exists."""

import re
from pathlib import Path

from dondoc.cli.program import COMMANDS
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
