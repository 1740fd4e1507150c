"""The first line of a definition file, by which an editor finds its JSON Schema."""

import os
import re
from pathlib import Path

SCHEMA_FILE = Path(__file__).with_name("schema.json")
_LINE = re.compile(r"(?m)^# yaml-language-server: \$schema=.*$")


def editor_line(folder: Path) -> str:
    """For a plan's file that lies in `folder`; without the line's end."""
    try:
        schema = Path(os.path.relpath(SCHEMA_FILE, folder.resolve())).as_posix()
    except ValueError:  # another drive
        schema = SCHEMA_FILE.as_uri()
    return f"# yaml-language-server: $schema={schema}"


def moved_to(folder: Path, text: str) -> str:
    """A definition file's text with the line it has, if any, made true for where it goes."""
    line = editor_line(folder)
    return _LINE.sub(lambda _found: line, text, count=1)
