"""What the definition files say, kept ready-made beside the register: reading them costs half a second every time.

A copy serves only while every file it was made of, and our own code, is what it was; what is wrong is never kept.
"""

import hashlib
import io
import os
import pickle
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from dondoc.core.calendar import WorkingCalendar
from dondoc.core.contact import Contacts
from dondoc.core.directory import Directory
from dondoc.core.limits import Limits
from dondoc.core.plan import Plan
from dondoc.core.zalo_template import ZaloTemplates

FOLDER = "cache"  # below the data folder, nobody's but the office's account; may be deleted at any time
_ROOT = Path(__file__).resolve().parents[2]
_CODE = (_ROOT / "definitions", _ROOT / "dondoc" / "core", Path(__file__).parent)
_OWNERS_ONLY = 0o077


class Loaded(NamedTuple):
    """All that the definition folders hold, save what is secret (channels.yaml), which is never copied."""

    calendar: WorkingCalendar
    directory: Directory
    contacts: Contacts
    plans: Mapping[str, Plan]
    zalo_templates: ZaloTemplates
    limits: Limits


def remembered(data: Path, key: str) -> Loaded | None:
    """The copy kept under a key; None where there is none that can be trusted and read."""
    try:
        raw = _own(data / FOLDER / key)
        found = _Plain(io.BytesIO(raw)).load() if raw else None
    except Exception:  # a broken copy is as good as none: the files themselves are read
        return None
    return found if isinstance(found, Loaded) else None


def remember(data: Path, key: str, loaded: Loaded) -> None:
    """Keep a copy and forget every other; an office without a data folder, or without room, keeps none."""
    if not data.is_dir():
        return
    with suppress(OSError, pickle.PicklingError, TypeError):
        folder = data / FOLDER
        folder.mkdir(mode=0o700, exist_ok=True)
        fresh = folder / f".{key}-{os.getpid()}"
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            pickle.dump(loaded, file, protocol=pickle.HIGHEST_PROTOCOL)
        fresh.replace(folder / key)
        for old in folder.iterdir():
            if old.name != key and not old.name.startswith("."):
                old.unlink(missing_ok=True)


def key_of(files: Sequence[Path], *more: object) -> str:
    """A digest of files by path and content, of our code, and of whatever else the result depends on."""
    digest = hashlib.sha256(repr((more, [*_code()])).encode())
    for file in files:
        digest.update(f"{file.absolute()}\0{len(raw := file.read_bytes())}\0".encode())
        digest.update(raw)
    return digest.hexdigest()


def _code() -> Iterator[tuple[str, int, int]]:
    """Our modules and the tables of holidays by name, size and time: changed ones read the files differently."""
    holidays = find_spec("holidays")
    for folder in (*_CODE, *([Path(holidays.origin).parent] if holidays and holidays.origin else [])):
        for entry in sorted(os.scandir(folder), key=lambda one: one.name):
            if entry.name.endswith((".py", ".lark")):
                stat = entry.stat()
                yield entry.path, stat.st_size, stat.st_mtime_ns


def _own(file: Path) -> bytes:
    """The content of a file that nobody but this account can have written; b"" of any other."""
    for path in (file.parent, file):
        stat = path.lstat()
        if stat.st_uid != os.getuid() or stat.st_mode & _OWNERS_ONLY:
            return b""
    return file.read_bytes()


class _Plain(pickle.Unpickler):
    """Values of ours and of the standard library's calendar only: nothing that could do anything."""

    def find_class(self, module: str, name: str) -> Any:
        ours = module.startswith("dondoc.core.") or (module, name) in _NAMED
        if not ours:
            raise pickle.UnpicklingError(f"{module}.{name} is not a value of ours")
        found = super().find_class(module, name)
        if not isinstance(found, type):
            raise pickle.UnpicklingError(f"{module}.{name} is not a type")
        return found


_NAMED = {
    (__name__, "Loaded"),
    ("datetime", "date"),
    ("datetime", "time"),
    ("datetime", "timedelta"),
    ("builtins", "frozenset"),
    ("pathlib", "PosixPath"),
}
