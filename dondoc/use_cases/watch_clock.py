"""A machine's clock that leaps ahead while the machine runs: nothing leaves until the office has looked.

When the machine was started is a fact that no correction of its clock can change while it runs: where that instant, as
the clock would have it, has moved, the clock has. After a restart a leap cannot be told from days switched off; then
only the number of messages holds them back. Clocks that fall back are the sweep's to notice (sweep.py).
"""

from datetime import datetime, timedelta

from dondoc.register.errors import RegisterError
from dondoc.settings import Uptime
from dondoc.use_cases.hold import hold_in
from dondoc.use_cases.office import Office

LEAP = timedelta(hours=6)  # less than the seven by which a clock set to Hanoi's time as if it were UTC is wrong
DRIFT = timedelta(minutes=1)  # corrections up to this are not worth a line


def watch_clock(office: Office, at: datetime, machine_at: datetime, uptime: Uptime) -> bool:
    """Whether the clock has leapt since any process of this office last looked; then sending is held.

    `machine_at` is what the machine's own clock says, unshifted. Once a leap: afterwards the clock is believed again.
    False on a machine that cannot say when it was started, and where there is no register yet.
    """
    if not uptime.boot:
        return False
    started_at = machine_at - timedelta(seconds=uptime.seconds)
    try:
        return _compare(office, at, started_at, uptime.boot)
    except RegisterError as error:
        if error.problem == "missing":
            return False
        raise


def _compare(office: Office, at: datetime, started_at: datetime, boot: str) -> bool:
    with office.register.writing() as book:
        leap = _leap(book.setting("machine-started"), started_at, boot)
        if leap is not None and abs(leap) <= DRIFT:
            return False
        book.put_setting("machine-started", f"{boot} {started_at.isoformat()}")
        if leap is None or leap < LEAP:
            return False
        hold_in(book, office, f"đồng hồ của máy nhảy tới trước {_length(leap)} trong khi máy vẫn chạy", at)
        return True


def _leap(known: str | None, started_at: datetime, boot: str) -> timedelta | None:
    """How far the clock went ahead of the time that passed; None where the machine was started anew since."""
    known_boot, _, known_at = (known or "").partition(" ")
    return started_at - datetime.fromisoformat(known_at) if known_boot == boot else None


def _length(leap: timedelta) -> str:
    hours = round(leap / timedelta(hours=1))
    return f"{hours} giờ" if hours < 48 else f"{round(hours / 24)} ngày"
