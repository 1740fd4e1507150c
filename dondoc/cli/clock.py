"""The one place where a command reads the clock."""

import os
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

OFFICE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """This instant as the office has it, aware, in its zone; DONDOC_CLOCK_SHIFT (seconds) moves it in a trial."""
    shift = float(os.environ.get("DONDOC_CLOCK_SHIFT") or 0)
    return (datetime.now(UTC) + timedelta(seconds=shift)).astimezone(OFFICE_ZONE)
