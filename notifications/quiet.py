"""Quiet: what a library logs while it holds a secret is not kept, at whatever level somebody listens."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

# Apprise prints malformed URLs whole; urllib3 logs paths, and a channel's path may hold its token.
TALKATIVE = ("apprise", "requests", "urllib3.connection", "urllib3.connectionpool", "urllib3.util.retry")
_here = threading.local()


@contextmanager
def quiet() -> Iterator[None]:
    """In this thread nothing of theirs is logged."""
    _here.on = True
    try:
        yield
    finally:
        _here.on = False


class _Quiet(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        return not getattr(_here, "on", False)


for _name in TALKATIVE:
    logging.getLogger(_name).addFilter(_Quiet())
