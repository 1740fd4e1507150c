"""Where a flow comes in: the clock is read once, the office is opened once."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

from dondoc.settings import Settings, from_environment, office_moment
from dondoc.use_cases.office import Office, open_office


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
    """The office named by this process's environment; DefinitionError where its definitions do not load."""
    settings = from_environment(os.environ)
    at = office_moment(settings, datetime.now(UTC))
    office = open_office(settings.data, register_url=settings.register_url, definitions=settings.definitions)
    return Entrance(office, settings, at)
