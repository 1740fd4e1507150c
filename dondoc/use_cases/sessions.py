"""Sessions of the portal: begun by a link or by the office's single sign-on, ended by idleness, age or a word."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple

from dondoc.register.errors import RegisterError
from dondoc.use_cases.credentials import end_all, issue, read, sha_of, use_up
from dondoc.use_cases.office import Office
from dondoc.use_cases.viewer import viewer_of

IDLE = timedelta(hours=3)  # without a page asked for; credentials.LIVES ends it whatever happens
NOTED = timedelta(minutes=5)  # how exactly the last page asked for is known


class Session(NamedTuple):
    """`sha` names it and opens nothing; `place` and `program` are where it began and by which browser."""

    sha: str
    person: str
    began_at: datetime
    seen_at: datetime
    place: str = ""
    program: str = ""


class Arrival(NamedTuple):
    """Somebody has just signed in: the secret for their cookie, and the page they wanted."""

    secret: str
    person: str
    back: str


def session_of(office: Office, secret: str, at: datetime) -> Session | None:
    """The session that a cookie opens as of `at`; being asked for keeps it from falling idle."""
    found = read(office, "session", secret, at)
    if found is None:
        return None
    seen_at = found.seen_at or found.made_at
    if at - seen_at >= IDLE:
        return None
    if at - seen_at >= NOTED:
        note_seen(office, found.sha, at)
    return Session(found.sha, found.subject, found.made_at, seen_at)


def note_seen(office: Office, sha: str, at: datetime) -> None:
    """Used at this moment. A register that cannot take it now shuts nobody out: the next page notes it."""
    with suppress(RegisterError), office.register.writing() as book:
        book.note_credential(sha, at)


def who_may_enter(office: Office, secret: str, at: datetime) -> str:
    """The name of the person whom a sign-in link lets in, "" where it lets nobody in; uses nothing up."""
    found = read(office, "sign-in", secret, at)
    viewer = viewer_of(office, found.subject, at) if found else None
    return viewer.name if viewer else ""


def enter_by_link(
    office: Office, secret: str, at: datetime, *, former: str = "", seen: Mapping[str, str] | None = None
) -> Arrival | None:
    """Use a sign-in link up and begin a session; None for a link that is used, too old or was never made."""
    found = use_up(office, "sign-in", secret, at)
    if found is None or not viewer_of(office, found.subject, at):
        return None
    end_all(office, found.subject, ["sign-in"], at)  # whatever else was sent meanwhile opens nothing any more
    begun = begin_session(office, found.subject, at, former=former, seen=seen)
    return Arrival(begun, found.subject, str(found.rights.get("back", "")))


def begin_session(
    office: Office, person: str, at: datetime, *, former: str = "", seen: Mapping[str, str] | None = None
) -> str:
    """A secret never seen before, whatever cookie the browser had: that one (`former`) ends."""
    if former:
        end_session(office, former, at)
    return issue(office, "session", person, at, rights=dict(seen or {}))


def end_session(office: Office, secret: str, at: datetime) -> bool:
    return _end(office, sha_of(secret), at)


def sessions_of(office: Office, person: str, at: datetime) -> list[Session]:
    """Those that are still alive, the last used first."""
    with office.register.reading() as book:
        found = book.credentials_of("session", person, at)
    sessions = [
        Session(
            one.sha,
            person,
            one.made_at,
            one.seen_at or one.made_at,
            str(one.rights.get("place", "")),
            str(one.rights.get("program", "")),
        )
        for one in found
    ]
    return sorted((one for one in sessions if at - one.seen_at < IDLE), key=lambda one: one.seen_at, reverse=True)


def end_one_of(office: Office, person: str, sha: str, at: datetime) -> bool:
    """One of the person's own sessions; False where it is nobody's, another's or over."""
    return any(one.sha == sha for one in sessions_of(office, person, at)) and _end(office, sha, at)


def end_every_session(office: Office, person: str, at: datetime) -> int:
    """Whatever lets this person in: sessions, and links that were not used yet. How many there were."""
    return end_all(office, person, ["session", "sign-in"], at)


def _end(office: Office, sha: str, at: datetime) -> bool:
    with office.register.writing() as book:
        return book.end_credential("session", sha, at)
