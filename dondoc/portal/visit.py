"""A request of somebody signed in: who it is, what they may do, and the word that proves a form to be ours."""

import hmac
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from fastapi import Request
from fastapi.responses import HTMLResponse
from starlette.datastructures import FormData

from dondoc.core.rights import Action, Subject, Viewer, may
from dondoc.portal.cookie import COOKIE as COOKIE
from dondoc.portal.cookie import cookie_of as cookie_of
from dondoc.portal.door import Door, Face
from dondoc.portal.pace import place_of
from dondoc.portal.pages import page
from dondoc.use_cases.note_look import note_look
from dondoc.use_cases.office import Office, local_day
from dondoc.use_cases.sessions import Session, session_of
from dondoc.use_cases.viewer import viewer_of
from dondoc.words.dates import office_moment

CSRF = "csrf"
MOST_FACES = 2000


class SignInNeeded(Exception):
    """Nobody is signed in, or not any more; `back` is the page that was asked for."""

    def __init__(self, back: str) -> None:
        super().__init__(back)
        self.back = back


class NotAllowed(Exception):
    """Signed in, and yet this is not theirs to see or do."""


class Visit(NamedTuple):
    """One request. `at` is the instant it came."""

    office: Office
    at: datetime
    viewer: Viewer
    csrf: str
    session: str  # SHA-256 of the session's secret
    place: str = ""  # the address that the request comes from

    def may(self, action: Action, subject: Subject | None = None) -> bool:
        return may(self.viewer, action, subject)

    def demand(self, action: Action, subject: Subject | None = None) -> None:
        """NotAllowed where the viewer may not."""
        if not self.may(action, subject):
            raise NotAllowed

    def proven(self, form: FormData) -> None:
        """NotAllowed where a form did not come from a page of this very session."""
        given = form.get(CSRF)
        if not isinstance(given, str) or not hmac.compare_digest(given.encode(), self.csrf.encode()):
            raise NotAllowed

    def looked(self, key: str) -> None:
        """Enter in the journal that a confidential case is looked at. Before its page is shown: no entry, no page."""
        note_look(self.office, key, self.viewer.person, self.place, self.at)

    def words_of(self, at: datetime) -> str:
        """An instant as the office writes it, in the office's own time."""
        plan = next(iter(self.office.plans.values()), None)
        return office_moment(at, self.office.moments(plan).zone if plan else UTC)

    def page(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """A page with the viewer's own navigation."""
        return page(template, status, visit=self, **values)


Visiting = Callable[[Request], Visit]


def visiting(door: Door) -> Visiting:
    """A dependency for routes: the Visit of a request. SignInNeeded where its session opens nothing."""

    def visit(request: Request) -> Visit:
        office, at = door.office(), door.clock()
        session = session_of(office, cookie_of(request, office), at)
        face = _face(door, office, session, at) if session else None
        if session is None or face is None:
            raise SignInNeeded(str(request.url.replace(scheme="", netloc="")))
        return Visit(office, at, face.viewer, face.csrf, session.sha, place_of(request))

    return visit


def _face(door: Door, office: Office, session: Session, at: datetime) -> Face | None:
    """Who it is: looked up once a day and a loading of the office. That the session lives was asked before."""
    day = local_day(office, at)
    known = door.faces.get((session.sha, day))
    if known and known.office is office:
        return known
    viewer = viewer_of(office, session.person, at)
    if viewer is None:
        return None
    if len(door.faces) > MOST_FACES:
        door.faces.clear()
    found = door.faces[session.sha, day] = Face(office, viewer, csrf_of(office, session.sha))
    return found


def csrf_of(office: Office, session: str) -> str:
    """Bound to one session; itself no way to open one."""
    return hmac.new(office.sealer.signing_key(CSRF), session.encode(), "sha256").hexdigest()
