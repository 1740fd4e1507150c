"""A machine's clock that leaps ahead while the machine runs: nothing leaves until the office has looked.

When the machine was started is a fact that no correction of its clock can change while it runs: where that instant, as
the clock would have it, has moved, the clock has. Each machine's own is remembered by its boot. After a restart a leap
cannot be told from days switched off; then only the number of messages holds them back. Clocks that fall back are the
sweep's to notice (sweep.py).
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from dondoc.register.errors import RegisterError
from dondoc.settings import Uptime
from dondoc.use_cases.hold import hold_in
from dondoc.use_cases.office import Office

LEAP = timedelta(hours=6)  # less than the seven by which a clock set to Hanoi's time as if it were UTC is wrong
MACHINES = 32  # several may serve one register, each with a start of its own
STARTED = "machine-started"
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
        known = dict(line.split(" ", 1) for line in (book.setting(STARTED) or "").splitlines())
        leap = started_at - datetime.fromisoformat(known[boot]) if boot in known else None
        if leap is not None and abs(leap) <= DRIFT:
            return False
        book.put_setting(STARTED, _kept(known, boot, started_at))
        if leap is None or leap < LEAP:
            return False
        reason = f"đồng hồ của máy nhảy tới trước {_length(leap)} trong khi máy vẫn chạy"
        hold_in(book, office, reason, at, clock=True)
        return True


def _kept(known: Mapping[str, str], boot: str, started_at: datetime) -> str:
    """One line a machine that is running, or was; the one that looks now comes last, the oldest are forgotten."""
    others = [f"{one} {at}" for one, at in known.items() if one != boot]
    return "\n".join([*others, f"{boot} {started_at.isoformat()}"][-MACHINES:])


def _length(leap: timedelta) -> str:
    hours = round(leap / timedelta(hours=1))
    return f"{hours} giờ" if hours < 48 else f"{round(hours / 24)} ngày"
