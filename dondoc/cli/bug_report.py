"""What a developer needs to know of an unexpected error, in a file; no argument's value, which may name a person."""

import os
import platform
import re
import sys
import tempfile
import traceback
from importlib.metadata import PackageNotFoundError, version
from itertools import pairwise
from pathlib import Path

from dondoc.cli.clock import now
from dondoc.core.secret_url import scrubbed

# A run of letters with a figure among them, as long as a token, a link or a sealed text are; or an address.
_NAMELESS = re.compile(r"(?=[\w.~+=-]*\d)[\w.~+=-]{20,}|[^\s<>\"'()]+@[^\s<>\"'()]+")


def write(error: BaseException) -> Path:
    """Write the report and answer where: under --data, else in the temporary folder."""
    stamp = now().strftime("%Y%m%d-%H%M%S")
    for folder in _folders():
        file = folder / f"loi-{stamp}-{os.getpid()}.txt"
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
                out.write(_text(error))
        except OSError:
            continue
        return file
    return Path(os.devnull)


def _folders() -> list[Path]:
    return [Path(_data()) / "reports", Path(tempfile.gettempdir())]


def _data() -> str:
    """--data as typed; the error may have come before, or from, reading the options."""
    for word, following in pairwise([*sys.argv, ""]):
        if word == "--data" and following:
            return following
        if word.startswith("--data="):
            return word.removeprefix("--data=")
    return os.environ.get("DONDOC_DATA") or ".dondoc"


def _text(error: BaseException) -> str:
    options = [word.split("=")[0] for word in sys.argv[1:] if word.startswith("-")]
    # format_tb leaves the message out: it may quote what somebody typed.
    frames = "".join(traceback.format_tb(error.__traceback__))
    said = _NAMELESS.sub("…", scrubbed(str(error), _secrets()))
    return (
        f"dondoc {_installed('dondoc')} · Python {platform.python_version()} · {platform.system()}\n"
        f"options: {' '.join(options)}\n\n{frames}{type(error).__module__}.{type(error).__qualname__}: {said}\n"
    )


def _secrets() -> list[str]:
    """Values of settings that may hold a password, a token or a key; a register named on the command line too."""
    named = [value for name, value in os.environ.items() if name.startswith("DONDOC_") and _is_secret(name)]
    typed = [following for word, following in pairwise([*sys.argv, ""]) if word == "--register"]
    return named + typed + [word.partition("=")[2] for word in sys.argv if word.startswith("--register=")]


def _is_secret(name: str) -> bool:
    plain = ("_URL", "_KEY", "_TOKEN", "_SECRET", "_PASSWORD", "_BOUNCE_MAILBOX")
    return name.endswith(plain) or name.startswith("DONDOC_CHANNEL_")


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "?"
