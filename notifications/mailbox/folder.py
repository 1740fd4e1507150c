"""The folder of kept messages: one file each, numbered in order of arrival, never half written."""

import fcntl
import os
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

NAME = re.compile(r"^(\d+)(?:-(\d{8}T\d{6}Z))?")
STAMP = "%Y%m%dT%H%M%SZ"
FOREIGN = 9_000_000  # numbers of files that somebody else put there begin here


def keep(folder: Path, content: bytes, at: datetime) -> Path:
    """Write `content` as the next message; `at` is aware. Safe when several servers keep into one folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with _next_number(folder) as number:
        path = folder / f"{number:06d}-{at.astimezone(UTC):{STAMP}}.eml"
        partial = folder / f".{path.name}.partial"
        partial.write_bytes(content)
        partial.replace(path)
    return path


@contextmanager
def _next_number(folder: Path) -> Iterator[int]:
    """A number nobody else gets, not even after its message was deleted; the lock ends with the process."""
    with open(os.open(folder / ".last", os.O_RDWR | os.O_CREAT, 0o600), "r+") as last:
        fcntl.flock(last, fcntl.LOCK_EX)
        written = last.read().strip()
        number = 1 + (int(written) if written.isdigit() else _highest(folder))
        last.seek(0)
        last.write(f"{number}\n")
        last.flush()
        yield number


def _highest(folder: Path) -> int:
    return max((number for number in map(number_of, messages(folder)) if number < FOREIGN), default=0)


def messages(folder: Path) -> list[Path]:
    """Every complete message, oldest first; [] where there is no folder."""
    found = (path for path in folder.glob("*.eml") if not path.name.startswith("."))
    return sorted(found, key=lambda path: (number_of(path), path.name))


def number_of(path: Path) -> int:
    """The number a file's name begins with; of another's file one made of its name, so that it stays the same."""
    named = NAME.match(path.name)
    return int(named[1]) if named else FOREIGN + zlib.crc32(os.fsencode(path.name)) % 1_000_000


def arrived_at(path: Path) -> datetime:
    """When the message came, aware UTC; of another's file when it was last written."""
    named = NAME.match(path.name)
    if named and named[2]:
        try:
            return datetime.strptime(named[2], STAMP).replace(tzinfo=UTC)
        except ValueError:
            pass
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)
