"""The words people read: Vietnamese as written in the code, English from a catalogue when DONDOC_LANG=en."""

import functools
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

OFFICE = "vi"  # what leaves the house and what its book keeps is in it, whoever's terminal or server is at work
_reader: ContextVar[str] = ContextVar("reader", default="")


@contextmanager
def speaking(reader: str) -> Iterator[None]:
    """Within it this reader's language is spoken, "vi" or "en"; "" leaves it to DONDOC_LANG. Per thread and task.

    Also a decorator: `@speaking(OFFICE)`.
    """
    token = _reader.set(reader or _of_environment())
    try:
        yield
    finally:
        _reader.reset(token)


def language() -> str:
    """The language people are spoken to in: the reader's own choice, else "vi", or "en" when DONDOC_LANG says so."""
    return _reader.get() or _of_environment()


def _of_environment() -> str:
    return "en" if os.environ.get("DONDOC_LANG", "").lower().startswith("en") else "vi"


def _(message: str) -> str:
    """`message` in the reader's language; Vietnamese where no translation is known."""
    if language() == "vi":
        return message
    return english().get(message, message)


@functools.cache
def english() -> Mapping[str, str]:
    """Every English catalogue, read once; a later file does not override an earlier one."""
    # Here and not above: whoever reads Vietnamese should not wait for these imports.
    from pathlib import Path

    from dondoc.words.catalogue import read_catalogue

    found: dict[str, str] = {}
    for file in sorted((Path(__file__).parent / "locale" / "en").glob("*.po")):
        found = {**read_catalogue(file), **found}
    return found


def ngettext(singular: str, plural: str, n: int) -> str:
    """Vietnamese has no plural: `singular` for every n; in English the translation of the form that fits."""
    return _(singular) if language() == "vi" or n == 1 else _(plural)
