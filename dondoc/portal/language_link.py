"""The link from a page to itself in the other language, with all that the page was asked for."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from urllib.parse import parse_qsl, urlencode

ASKED = "lang"
_query: ContextVar[str] = ContextVar("query", default="")


@contextmanager
def asked_with(query: bytes) -> Iterator[None]:
    """Within it pages are made for a request with this query string. Per task."""
    token = _query.set(query.decode("latin-1"))
    try:
        yield
    finally:
        _query.reset(token)


def in_language(code: str) -> str:
    """A relative address: the same page, the same filters."""
    kept = [(name, value) for name, value in parse_qsl(_query.get(), keep_blank_values=True) if name != ASKED]
    return "?" + urlencode([*kept, (ASKED, code)])
