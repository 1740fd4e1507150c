"""How often something may be asked for: counted by whatever it is asked under, in this process alone."""

import threading
from collections import OrderedDict, deque
from datetime import datetime, timedelta

from fastapi import Request

MOST_KEYS = 20_000  # then who has been silent longest is forgotten: memory is bounded whatever comes


class TooMany(Exception):
    """`seconds` until the next may come."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Pace:
    """At most `most` within any `window`, for each key."""

    def __init__(self, most: int, window: timedelta) -> None:
        self._most, self._window = most, window
        self._seen: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def demand(self, key: str, at: datetime) -> None:
        """Count one; TooMany where it is one too many, which is not counted."""
        with self._lock:
            self._refuse(key, at)
            self._count(key, at)

    def demand_free(self, key: str, at: datetime) -> None:
        """TooMany where there were too many already; counts nothing."""
        with self._lock:
            self._refuse(key, at)

    def count(self, key: str, at: datetime) -> None:
        with self._lock:
            self._count(key, at)

    def _refuse(self, key: str, at: datetime) -> None:
        seen = self._seen.get(key, deque())
        while seen and at - seen[0] >= self._window:
            seen.popleft()
        if len(seen) >= self._most:
            raise TooMany(int((seen[0] + self._window - at).total_seconds()) + 1)

    def _count(self, key: str, at: datetime) -> None:
        seen = self._seen.setdefault(key, deque(maxlen=self._most))
        seen.append(at)
        self._seen.move_to_end(key)
        while len(self._seen) > MOST_KEYS:
            self._seen.popitem(last=False)


class Paces:
    """One of each for a portal. Generous by address: a whole office may stand behind one."""

    def __init__(self) -> None:
        self.sign_in_by_place = Pace(60, timedelta(hours=1))
        self.sign_in_by_name = Pace(5, timedelta(minutes=15))
        self.dead_links = Pace(60, timedelta(minutes=10))
        self.api = Pace(600, timedelta(minutes=1))


def place_of(request: Request) -> str:
    """The address a request comes from: behind proxies that are trusted, the one they name."""
    return request.client.host if request.client else ""
