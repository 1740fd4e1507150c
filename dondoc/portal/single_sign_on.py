"""/dang-nhap/sso: to the office's own provider and back."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from dondoc.portal.cookie import cookie_of, forget_attempt, kept_attempt, put_attempt, put_cookie
from dondoc.portal.door import Door
from dondoc.portal.pace import place_of
from dondoc.portal.pages import page
from dondoc.portal.signing_in import seen_from
from dondoc.portal.way_back import way_back
from dondoc.use_cases.sessions import begin_session
from dondoc.use_cases.single_sign_on import SsoError, person_by, sealed_attempt, unsealed_attempt


def router(door: Door) -> APIRouter:
    """Two routes; none where the office has no provider."""
    found, pages = APIRouter(prefix="/dang-nhap/sso"), SingleSigningOn(door)
    if door.provider:
        found.get("")(pages.begin)
        found.get("/ve")(pages.finish)
    return found


class SingleSigningOn:
    """Both ways. Trouble is told in words, beside the way by a link."""

    def __init__(self, door: Door) -> None:
        self.door = door

    def begin(self, request: Request, tiep: str = "") -> Response:
        """Sends the browser there, with a sealed note of what it was sent for."""
        office, at = self.door.office(), self.door.clock()
        self.door.paces.sign_in_by_place.demand(place_of(request), at)
        try:
            address, attempt = self.door.sure_provider.begin(office.mail.portal_url, way_back(tiep), at)
        except SsoError as trouble:
            return _failed(trouble)
        return put_attempt(RedirectResponse(address, 303), office, sealed_attempt(office, attempt))

    def finish(self, request: Request) -> Response:
        """A session for who the provider says it is, where that is one person of this office."""
        office, at = self.door.office(), self.door.clock()
        provider = self.door.sure_provider
        try:
            attempt = unsealed_attempt(office, kept_attempt(request, office))
            claims = provider.finish(office.mail.portal_url, attempt, request.query_params, at)
            person = person_by(office, provider.settings, claims, at)
        except SsoError as trouble:
            return forget_attempt(_failed(trouble), office)
        secret = begin_session(office, person, at, former=cookie_of(request, office), seen=seen_from(request))
        answer = put_cookie(RedirectResponse(way_back(attempt.back), 303), office, secret)
        return forget_attempt(answer, office)


def _failed(trouble: SsoError) -> HTMLResponse:
    return page("khong-sso.html", 403, why=str(trouble))
