"""Where a flow comes in: the clock is read once, the office is opened once."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dondoc.settings import SECRET_KEY, Settings, from_environment, machine_moment, office_moment, uptime
from dondoc.use_cases.ensure_edition import ensure_edition
from dondoc.use_cases.load_plans import DefinitionError
from dondoc.use_cases.mail_route import route_from
from dondoc.use_cases.office import Office, open_office
from dondoc.use_cases.watch_clock import watch_clock
from flows.accepted import accept, accepted


class Entrance(NamedTuple):
    """What a flow knows when it starts; `at` is an aware UTC instant."""

    office: Office
    settings: Settings
    at: datetime

    @property
    def clock(self) -> Callable[[], datetime]:
        """For the one use case with two transactions around its I/O."""
        return lambda: office_moment(self.settings, datetime.now(UTC))


def enter() -> Entrance:
    """The office named by this process's environment, by its definitions as they stand on disk.

    While those do not load, by the last ones that did; DefinitionError where none ever did.
    """
    settings, at = _settings_and_moment()
    try:
        office = _open(settings)
    except DefinitionError:
        if not (folders := accepted(settings.data)):
            raise
        office = _open(settings._replace(definitions=folders), editions=False)
    return _watched(Entrance(office, settings, at))


def enter_with_new_definitions() -> Entrance:
    """As `enter`, but only by what stands on disk now, which is then accepted; DefinitionError tells what is wrong.

    The register is brought up to date and a year without a plan gets its draft edition as well: where workers run the
    flows there is no `dondoc up` to do it.
    """
    settings, at = _settings_and_moment()
    office = _open(settings)
    if ensure_edition(office, at.astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).date()):
        office = _open(settings)
    office.register.migrate()
    accept(settings.data, office.definitions)
    return _watched(Entrance(office, settings, at))


def _watched(entrance: Entrance) -> Entrance:
    """Before anything is decided or sent by it, the clock is held against the time that has really passed."""
    watch_clock(entrance.office, entrance.at, machine_moment(entrance.settings, entrance.at), uptime())
    return entrance


def _settings_and_moment() -> tuple[Settings, datetime]:
    settings = from_environment(os.environ)
    return settings, office_moment(settings, datetime.now(UTC))


def _open(settings: Settings, *, editions: bool = True) -> Office:
    return open_office(
        settings.data,
        register_url=settings.register_url,
        definitions=settings.definitions,
        editions=editions,
        mail=route_from(os.environ),
        secret_key=os.environ.get(SECRET_KEY, ""),
    )
