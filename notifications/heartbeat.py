"""A heartbeat to a service that raises the alarm when it stays out (Healthchecks, Uptime Kuma and their like)."""

import logging
import threading
import urllib.request
from urllib.parse import urlsplit, urlunsplit

LOG = logging.getLogger(__name__)
PATIENCE = 3.0  # seconds in all, name resolution included: a socket's own timeout does not cover that


def ping(url: str, suffix: str = "", patience: float = PATIENCE) -> bool:
    """GET url with `suffix` after its path; whether it was answered with 2xx. Never raises, never shows the URL."""
    done: list[str] = []
    asked = threading.Thread(target=_ask, args=(url, suffix, patience, done), daemon=True)
    asked.start()
    asked.join(patience)
    said = done[0] if done else "no answer in time"
    if said:
        LOG.warning("the heartbeat%s did not arrive: %s", suffix, said)
    return not said


def _at(url: str, suffix: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=parts.path.rstrip("/") + suffix))


def _ask(url: str, suffix: str, patience: float, done: list[str]) -> None:
    try:
        url = _at(url, suffix)
        if urlsplit(url).scheme not in ("http", "https"):
            raise ValueError
        with urllib.request.urlopen(url, timeout=patience):
            done.append("")
    except Exception as error:  # its words may hold the URL
        done.append(type(error).__name__)
