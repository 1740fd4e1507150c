"""The one place where a command reads the clock."""

import os
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from dondoc.settings import clock_shift

OFFICE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """This instant as the office has it, aware, in its zone; DONDOC_CLOCK_SHIFT (seconds) moves it in a trial.

    SettingsError where that is no number.
    """
    return (datetime.now(UTC) + timedelta(seconds=clock_shift(os.environ))).astimezone(OFFICE_ZONE)
