"""Rows for people and for machines."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from unicodedata import combining, east_asian_width

import click


def plain(value: Any) -> Any:
    """A value as JSON holds it: days and instants as ISO text, sets in order, tuples with names as objects."""
    match value:
        case datetime() | date():
            return value.isoformat()
        case Path():
            return str(value)
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case tuple() if hasattr(value, "_asdict"):
            return plain(value._asdict())
        case set() | frozenset():
            return [plain(item) for item in sorted(value)]
        case list() | tuple():
            return [plain(item) for item in value]
    return value


def print_json(value: Any) -> None:
    """One document, indented, Vietnamese left as it is."""
    click.echo(json.dumps(plain(value), ensure_ascii=False, indent=2))


def print_line(value: Any) -> None:
    """One object a line, for what comes as a stream."""
    click.echo(json.dumps(plain(value), ensure_ascii=False))


def print_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Columns as wide as their widest cell, two spaces between them."""
    lines = [tuple(heads), *(tuple(row) for row in rows)]
    widths = [max(_width(line[i]) for line in lines) for i in range(len(heads))]
    for number, line in enumerate(lines):
        click.echo("  ".join(_padded(cell, width) for cell, width in zip(line, widths, strict=True)).rstrip())
        if number == 0:
            click.echo("  ".join("─" * width for width in widths))


def _padded(cell: str, width: int) -> str:
    return cell + " " * (width - _width(cell))


def _width(text: str) -> int:
    """Columns a text takes on a terminal; a combining mark takes none."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)
