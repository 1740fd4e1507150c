"""Outages: the system stood still over hours in which the office works, and something was not done in time."""

from datetime import datetime, timedelta
from typing import NamedTuple

from dondoc.core.facts import Fact
from dondoc.core.moments import Moments
from dondoc.register.book import Book
from dondoc.use_cases.due_here import is_due_here
from dondoc.use_cases.hold import is_clock_doubted
from dondoc.use_cases.office import Office

LONG = 4  # of the office's own hours without a sweep; it comes every hour (DONDOC_OUTAGE_HOURS sets another number)
LATE = timedelta(hours=1)
PATIENCE = timedelta(hours=2)  # how long letters wait for the sweep that makes everything good
SPOKEN_OF = timedelta(days=2)
ABREAST = timedelta(minutes=5)  # processes that work side by side entered at different moments
LAST_SWEEP, SETTING = "last-sweep-at", "outage"


class Outage(NamedTuple):
    """Aware UTC instants: the last sweep before it, and when something ran again."""

    from_at: datetime
    to_at: datetime

    def covers(self, at: datetime) -> bool:
        """Whether what was to be said at that instant could not be."""
        return self.from_at < at <= self.to_at


def note_outage(office: Office, book: Book, at: datetime) -> Outage | None:
    """The outage that letters written at `at` speak of; one that just ended is entered in the book, once."""
    if (moments := _moments(office)) is None:
        return None
    known, ended = _known(book, at), _just_ended(office, book, moments, at)
    if known is None:
        book.put_setting(SETTING, None)
    if ended is None:
        return known if known and at <= moments.first_speech(known.to_at) + SPOKEN_OF else None
    if known and ended.from_at < moments.first_speech(known.to_at) + LATE:
        ended = Outage(known.from_at, at)  # up for a moment only, before it could say anything
    book.put_setting(SETTING, f"{ended.from_at.isoformat()} {at.isoformat()}")
    book.append([_entry(ended, moments, at)])
    return ended


def is_outage_to_note(office: Office, book: Book, at: datetime) -> bool:
    """Whether note_outage would enter one: no writer's place is taken only to find that there is none."""
    moments = _moments(office)
    return moments is not None and _just_ended(office, book, moments, at) is not None


def outage_spoken_of(office: Office, book: Book, at: datetime) -> Outage | None:
    """As note_outage, reading only."""
    moments, known = _moments(office), _known(book, at)
    return known if known and moments and at <= moments.first_speech(known.to_at) + SPOKEN_OF else None


def is_too_early(office: Office, outage: Outage, at: datetime, *, settled: bool) -> bool:
    """Whether letters still wait: for the sending hour, and for every missed check, so that each person gets one."""
    moments = _moments(office)
    speaks_at = moments.first_speech(outage.to_at) if moments else at
    return at < speaks_at or (not settled and at < speaks_at + PATIENCE)


def _moments(office: Office) -> Moments | None:
    plan = next(iter(office.plans.values()), None)
    return office.moments(plan) if plan else None


def _known(book: Book, at: datetime) -> Outage | None:
    """One that ends after `at` was noted by a clock that has been put right since: there was none."""
    found = (book.setting(SETTING) or "").split()
    known = Outage(*map(datetime.fromisoformat, found)) if found else None
    return known if known and known.to_at <= at + ABREAST else None


def _just_ended(office: Office, book: Book, moments: Moments, at: datetime) -> Outage | None:
    """A standstill since the last sweep that is not in the book yet. A quiet week in which nothing was due is none."""
    last = book.setting(LAST_SWEEP)
    since = datetime.fromisoformat(last) if last else at
    long = timedelta(hours=office.mail.outage_hours or LONG)
    if is_clock_doubted(book) or at - since < long or office_time(moments, since, at) < long:
        return None
    known = _known(book, at)
    if known and known.to_at > since:
        return None
    waiting = [n.key for n in book.open_notices(at) if since < n.moment_at <= at - LATE]
    return Outage(since, at) if waiting or is_due_here(office, book, at - LATE) else None


def office_time(moments: Moments, since: datetime, until: datetime) -> timedelta:
    """How much of the office's own hours lies between two instants."""
    first, last = moments.day_of(since), moments.day_of(until)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    windows = [moments.window(day) for day in days if moments.calendar.is_working(day)]
    return sum((max(min(b, until) - max(a, since), timedelta(0)) for a, b in windows), timedelta(0))


def _entry(outage: Outage, moments: Moments, at: datetime) -> Fact:
    local = {"down_from": outage.from_at, "down_to": outage.to_at}
    payload = {name: when.astimezone(moments.zone).isoformat(timespec="minutes") for name, when in local.items()}
    return Fact("outage", "", "", at, moments.day_of(at), "dondoc", "sweep", payload)
