"""One month of the office: what is to be done by which day, reception sessions, and days off with what they rest on."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from dondoc.core.calendar import DayNote
from dondoc.core.rights import Viewer, reach
from dondoc.register.book import Book
from dondoc.register.lines import Asked, Lines, PageLine
from dondoc.use_cases.board_words import Seen, Shown, shown_line
from dondoc.use_cases.desks import desks_of
from dondoc.use_cases.office import Office
from dondoc.use_cases.receptions import is_session

MOST = 1000  # of one month; a register that holds more is asked by unit
AFTER = timedelta(days=21)  # the last lawful day is at most so long after the working day aimed at
Whose = str  # "toi" one's own desks · "" all that is within reach · a unit's id


class Day(NamedTuple):
    """`note` is the working calendar's own, None where only the weekday decides."""

    on: date
    works: bool
    note: DayNote | None
    dues: Sequence[Shown]
    sessions: Sequence[Shown]


class Month(NamedTuple):
    days: Sequence[Day]
    more: bool  # there are more than are shown


def month_page(office: Office, viewer: Viewer, first: date, whose: Whose, seen_from: Seen) -> Month:
    """The month that begins with `first`, as far as the viewer may see it. Reads only.

    core.calendar.CalendarHorizonError outside the working calendar.
    """
    before = (first + timedelta(days=31)).replace(day=1)
    with office.register.reading() as book:
        found = lines_between(office, book, viewer, whose, first, before + AFTER, seen_from)
    by_day = _by_day([one for one in found if first.isoformat() <= day_of(one) < before.isoformat()])
    days = [first + timedelta(days=n) for n in range((before - first).days)]
    return Month([_day(office, day, by_day.get(day.isoformat(), []), seen_from) for day in days], len(found) >= MOST)


def lines_between(
    office: Office, book: Book, viewer: Viewer, whose: Whose, since: date, before: date, seen: Seen
) -> list[PageLine]:
    """Lines whose last day lies in [since, before), without confidential cases, at most MOST."""
    asked = Asked(seen.today.isoformat(), seen.at, seen.at, since=since.isoformat(), before=before.isoformat())
    wide = reach(viewer, "see-calendar")
    if whose == "toi" or wide not in ("unit", "all"):
        asked = asked._replace(roles=tuple(sorted(desks_of(office.directory, viewer.person, seen.today))))
    elif wide == "unit":
        asked = asked._replace(units=tuple(sorted(unit for unit in viewer.units if whose in ("", unit))))
    elif whose:
        asked = asked._replace(units=(whose,))
    return Lines(book.session, book.agency).page(asked, None, MOST)[0]


def day_of(line: PageLine) -> str:
    """The working day by which it is to be done, as ISO text."""
    return line.target_on or line.due


def is_reception(office: Office, line: PageLine) -> bool:
    plan, obligation, *_ = line.key.split("/")
    return any(o.id == obligation and is_session(o) for o in office.plans[plan].obligations)


def _by_day(lines: Sequence[PageLine]) -> Mapping[str, list[PageLine]]:
    found: dict[str, list[PageLine]] = {}
    for line in lines:
        found.setdefault(day_of(line), []).append(line)
    return found


def _day(office: Office, on: date, lines: Sequence[PageLine], seen: Seen) -> Day:
    calendar = office.calendar
    sessions = [line for line in lines if is_reception(office, line)]
    dues = [line for line in lines if line not in sessions]
    return Day(
        on,
        calendar.is_working(on),
        calendar.note(on),
        [shown_line(seen, line) for line in dues],
        [shown_line(seen, line) for line in sessions],
    )
