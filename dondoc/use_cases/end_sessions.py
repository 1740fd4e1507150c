"""Ending what lets another person in: an administrator's word, and it stands in the book."""

from datetime import datetime

from dondoc.core.facts import Fact
from dondoc.use_cases.calendar_feed import close_feed
from dondoc.use_cases.credentials import end_all
from dondoc.use_cases.links import revoke_links
from dondoc.use_cases.office import Office, local_day
from dondoc.use_cases.sessions import end_every_session


def end_another_s_sessions(office: Office, person: str, actor: str, at: datetime, via: str = "portal") -> int:
    """Sessions, unused sign-in links, the calendar's address, and the links in every message sent up to today.

    Returns how many sessions ended.
    """
    on = local_day(office, at)
    ended = end_every_session(office, person, at) + end_all(office, person, ["feed"], at)
    close_feed(office, person, at)
    revoke_links(office, person, on)
    with office.register.writing() as book:
        book.append([Fact("shut-out", "", "", at, on, actor, via, {"person": person, "count": ended})])
    return ended
