"""A personal calendar by address: due days and reception sessions, for whoever knows the secret in it.

What leaves the house by it is what a reminder says too; confidential cases are not in it at all.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import quote

from dondoc.core.rights import Viewer
from dondoc.register.lines import PageLine
from dondoc.use_cases.board_words import Seen, seen_at, shown_line
from dondoc.use_cases.credentials import end_all, issue, read
from dondoc.use_cases.month_page import day_of, is_reception, lines_between
from dondoc.use_cases.office import Office, local_day
from dondoc.use_cases.viewer import viewer_of
from dondoc.words import _

if TYPE_CHECKING:
    from icalendar import Event  # slow to import, and seldom needed

BEHIND, AHEAD = timedelta(days=60), timedelta(days=400)
REFRESH = timedelta(hours=6)


def open_feed(office: Office, person: str, at: datetime) -> str:
    """The secret of a new address; the former one opens nothing any more."""
    end_all(office, person, ["feed"], at)
    return issue(office, "feed", person, at)


def close_feed(office: Office, person: str, at: datetime) -> bool:
    """False where there was none."""
    return end_all(office, person, ["feed"], at) > 0


def has_feed(office: Office, person: str, at: datetime) -> bool:
    with office.register.reading() as book:
        return any(one.subject == person for one in book.living_credentials("feed", at))


def feed(office: Office, secret: str, at: datetime) -> bytes | None:
    """The calendar (RFC 5545) that an address gives; None where it opens nothing, or its person has left."""
    found = read(office, "feed", secret, at)
    viewer = viewer_of(office, found.subject, at) if found else None
    return calendar_of(office, viewer, at) if viewer else None


def calendar_of(office: Office, viewer: Viewer, at: datetime) -> bytes:
    """What a person answers for and has not finished, from two months ago to a year ahead."""
    from icalendar import Calendar

    calendar, seen = Calendar(), seen_at(office, at)
    calendar.add("prodid", "-//Don Doc//Lich ca nhan//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Đôn Đốc: việc của tôi"))
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    for event in _events(office, viewer, seen, at):
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(office: Office, viewer: Viewer, seen: Seen, at: datetime) -> Iterator["Event"]:
    today = local_day(office, at)
    with office.register.reading() as book:
        lines = lines_between(office, book, viewer, "toi", today - BEHIND, today + AHEAD, seen)
    return (_event(office, line, seen, at) for line in lines if not line.tier)


def _event(office: Office, line: PageLine, seen: Seen, at: datetime) -> "Event":
    from icalendar import Event

    shown, on = shown_line(seen, line), date.fromisoformat(day_of(line))
    event = Event()
    event.add("uid", f"{sha256(line.key.encode()).hexdigest()[:32]}@don-doc")
    event.add("dtstamp", at)
    event.add("summary", " · ".join(filter(None, (shown.title, shown.period))))
    said = [shown.step, _("Hạn cuối: {day}").format(day=shown.last) if shown.last else "", shown.label]
    if office.mail.portal_url:
        event.add("url", f"{office.mail.portal_url}/ky/{quote(line.key)}")
    event.add("description", "\n".join(filter(None, said)))
    if is_reception(office, line):
        opens, closes = seen.moments[line.key.partition("/")[0]].window(on)
        event.add("dtstart", opens)
        event.add("dtend", closes)
    else:
        event.add("dtstart", on)
        event.add("dtend", on + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    return event
