"""Where a request comes in: the clock is read once, the office is open already."""

import gc
import os
import re
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from dondoc.core.rights import Viewer
from dondoc.portal.pace import Paces
from dondoc.settings import from_environment, office_moment
from dondoc.use_cases.hand_over import Send
from dondoc.use_cases.load_plans import DefinitionError
from dondoc.use_cases.mail_route import route_from
from dondoc.use_cases.office import Office, open_office
from dondoc.use_cases.single_sign_on import Provider, single_sign_on_from

FRESH = 300.0  # seconds until definitions are read anew; loading them takes one


class Face(NamedTuple):
    """Somebody of one session as of one local day, in the office as it was loaded then."""

    office: Office
    viewer: Viewer
    csrf: str


class Door:
    """Hands out the office as of now. `open_` loads it, `clock` is an aware instant of the office.

    `proxies` are addresses and networks whose X-Forwarded-For is believed; `send` stands in for the channels;
    `provider` is the office's single sign-on.
    """

    def __init__(
        self,
        open_: Callable[[], Office],
        clock: Callable[[], datetime],
        *,
        proxies: Sequence[str] = (),
        send: Send | None = None,
        provider: Provider | None = None,
    ) -> None:
        self._open, self.clock, self.proxies, self.send = open_, clock, tuple(proxies), send
        self.provider, self.paces = provider, Paces()
        self._lock = threading.Lock()
        self._office: Office | None = None
        self._opened = 0.0
        self.faces: dict[tuple[str, date], Face] = {}

    def office(self) -> Office:
        """While its definitions do not load, as it was last; DefinitionError where it never was."""
        with self._lock:
            if self._office is None or time.monotonic() - self._opened > FRESH:
                self._office, self._opened = self._again(), time.monotonic()
            return self._office

    @property
    def sure_provider(self) -> Provider:
        """Of a route that exists only where there is one."""
        assert self.provider
        return self.provider

    def renew(self) -> None:
        """Read everything anew with the next request: somebody has changed it."""
        with self._lock:
            self._opened = -FRESH

    def _again(self) -> Office:
        try:
            return self._open()
        except DefinitionError:
            if self._office is None:
                raise
            return self._office


def settle() -> None:
    """Take what was just loaded, and stays, out of the garbage collector's rounds.

    Walking the definitions' many objects made one page in a hundred wait: p99 of the board 52 ms, and 4 ms without.
    """
    gc.unfreeze()  # what was loaded before, and may be garbage by now
    gc.collect()
    gc.freeze()


def door_from_environment() -> Door:
    """The door of the office that DONDOC_* variables name."""
    settings = from_environment(os.environ)

    def open_() -> Office:
        office = open_office(
            settings.data,
            register_url=settings.register_url,
            definitions=settings.definitions,
            mail=route_from(os.environ),
            secret_key=os.environ.get("DONDOC_SECRET_KEY", ""),
        )
        settle()
        return office

    proxies = re.split(r"[\s,]+", os.environ.get("DONDOC_PORTAL_PROXIES", "").strip())
    sso = single_sign_on_from(os.environ)
    return Door(
        open_,
        lambda: office_moment(settings, datetime.now(UTC)),
        proxies=list(filter(None, proxies)),
        provider=Provider(sso) if sso else None,
    )
