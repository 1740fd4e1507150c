"""/phien: where one is signed in, and ending it, one's own or as an administrator another person's."""

from typing import Annotated, NamedTuple
from urllib.parse import quote

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from dondoc.portal.cookie import forget_cookie
from dondoc.portal.door import Door
from dondoc.portal.posting import Posted
from dondoc.portal.visit import Visit, visiting
from dondoc.use_cases.end_sessions import end_another_s_sessions
from dondoc.use_cases.sessions import Session, end_every_session, end_one_of, sessions_of


class Shown(NamedTuple):
    """A session in words."""

    sha: str
    place: str
    program: str
    began: str
    seen: str


def _name(visit: Visit, person: str) -> str:
    known = visit.office.directory.persons.get(person)
    if known is None:
        raise HTTPException(404)
    return known.name


def _own(visit: Visit) -> list[Session]:
    return sessions_of(visit.office, visit.viewer.person, visit.at)


def _shown(visit: Visit, one: Session) -> Shown:
    began, seen = (visit.words_of(at) for at in (one.began_at, one.seen_at))
    return Shown(one.sha, one.place, one.program, began, seen)


def router(door: Door) -> APIRouter:
    """The page and what it does."""
    found = APIRouter(prefix="/phien")
    Visiting = Annotated[Visit, Depends(visiting(door))]

    @found.get("")
    def show(visit: Visiting) -> HTMLResponse:
        return visit.page("phien.html", sessions=[_shown(visit, one) for one in _own(visit)], here="/phien")

    @found.post("/ket-thuc")
    def end(visit: Visiting, form: Posted) -> Response:
        visit.proven(form)
        sha = str(form.get("phien", ""))
        if sha:
            end_one_of(visit.office, visit.viewer.person, sha, visit.at)
        else:
            end_every_session(visit.office, visit.viewer.person, visit.at)
        if not sha or sha == visit.session:
            return forget_cookie(RedirectResponse("/dang-nhap?ra=1", 303), visit.office)
        return RedirectResponse("/phien", 303)

    @found.get("/nguoi/{person}")
    def show_another(visit: Visiting, person: str, xong: str = "") -> HTMLResponse:
        visit.demand("revoke-sessions")
        name, count = _name(visit, person), len(sessions_of(visit.office, person, visit.at))
        return visit.page("phien-nguoi.html", person=person, name=name, count=count, done=bool(xong))

    @found.post("/nguoi/{person}/ket-thuc")
    def end_another(visit: Visiting, person: str, form: Posted) -> Response:
        visit.proven(form)
        visit.demand("revoke-sessions")
        _name(visit, person)
        end_another_s_sessions(visit.office, person, visit.viewer.person, visit.at)
        return RedirectResponse(f"/phien/nguoi/{quote(person)}?xong=1", 303)

    return found
