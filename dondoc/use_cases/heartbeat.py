"""The watcher is watched: a sweep tells an outside service that it began, and how it ended."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from notifications.heartbeat import ping

URL = "DONDOC_HEARTBEAT_URL"  # a secret: whoever knows it can pretend that all is well


@contextmanager
def heartbeat(environ: Mapping[str, str]) -> Iterator[None]:
    """/start before, the URL itself after, /fail where the block raised; nothing where none is configured.

    Whatever becomes of the pings, the block runs and its own outcome stands.
    """
    url = environ.get(URL, "")
    if not url:
        yield
        return
    ping(url, "/start")
    try:
        yield
    except BaseException:
        ping(url, "/fail")
        raise
    ping(url)
