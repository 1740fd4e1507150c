"""Where a request comes in: the clock is read once, the office is open already."""

import os
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

from dondoc.settings import from_environment, office_moment
from dondoc.use_cases.load_plans import DefinitionError
from dondoc.use_cases.mail_route import route_from
from dondoc.use_cases.office import Office, open_office

FRESH = 300.0  # seconds until definitions are read anew; loading them takes one


class Door:
    """Hands out the office as of now. `open_` loads it, `clock` is an aware instant of the office."""

    def __init__(self, open_: Callable[[], Office], clock: Callable[[], datetime]) -> None:
        self._open, self.clock = open_, clock
        self._lock = threading.Lock()
        self._office: Office | None = None
        self._opened = 0.0

    def office(self) -> Office:
        """While its definitions do not load, as it was last; DefinitionError where it never was."""
        with self._lock:
            if self._office is None or time.monotonic() - self._opened > FRESH:
                self._office, self._opened = self._again(), time.monotonic()
            return self._office

    def _again(self) -> Office:
        try:
            return self._open()
        except DefinitionError:
            if self._office is None:
                raise
            return self._office


def door_from_environment() -> Door:
    """The door of the office that DONDOC_* variables name."""
    settings = from_environment(os.environ)

    def open_() -> Office:
        return open_office(
            settings.data,
            register_url=settings.register_url,
            definitions=settings.definitions,
            mail=route_from(os.environ),
            secret_key=os.environ.get("DONDOC_SECRET_KEY", ""),
        )

    return Door(open_, lambda: office_moment(settings, datetime.now(UTC)))
