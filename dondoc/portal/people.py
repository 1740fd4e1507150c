"""/nhan-su: who is who, and each change of it one page and one form."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from dondoc.core.rights import Action
from dondoc.portal.door import Door
from dondoc.portal.people_deeds import DEEDS
from dondoc.portal.people_forms import FORMS, Asked
from dondoc.portal.posting import blank, chosen, entered, key_of, posted, proven
from dondoc.portal.visit import Visit, visiting
from dondoc.use_cases.act import Act
from dondoc.use_cases.office import local_day
from dondoc.use_cases.people_edits import drop_absence
from dondoc.use_cases.people_page import people_page

HERE = "/nhan-su"
RIGHTS: dict[str, Action] = {
    "vai-tro": "edit-people",
    "nguoi-thay": "edit-people",
    "vang": "edit-people",
    "them": "edit-people",
    "dia-chi": "edit-contacts",
    "ban-giao": "hand-over",
}


def router(door: Door) -> APIRouter:
    """The list, and for each subject a form; what is entered shows with the next page."""
    found = APIRouter(prefix=HERE)
    Visited = Annotated[Visit, Depends(visiting(door))]
    Sent = Annotated[FormData, Depends(posted)]

    @found.get("")
    def _list(visit: Visited, ghi: str = "") -> Response:
        visit.demand("see-people")
        shown = people_page(visit.office, visit.viewer, visit.at)
        today = local_day(visit.office, visit.at)
        return visit.page("nhan-su.html", page=shown, today=today, done=bool(ghi), wide=True, here=HERE)

    @found.get("/{what}/{subject}")
    def _ask(visit: Visited, what: str, subject: str) -> Response:
        return _form(visit, _asked(visit, what, subject))

    @found.post("/{what}/{subject}")
    def _do(visit: Visited, what: str, subject: str, sent: Sent) -> Response:
        form, asked = proven(visit, sent), _asked(visit, what, subject)
        today, key = local_day(visit.office, visit.at), key_of(form)
        deed = DEEDS[what](visit, subject, form, sent)
        act = Act(visit.viewer.person, "portal", today, key)
        if entered(form, asked.fields[0].name, lambda: deed(act)):
            return _done(door)
        return _form(visit, asked._replace(form=form, ticked=tuple(chosen(sent, "roles"))), 422)

    @found.post("/vang/{subject}/bo")
    def _drop(visit: Visited, subject: str, sent: Sent) -> Response:
        form, asked = proven(visit, sent), _asked(visit, "vang", subject)
        today, key = local_day(visit.office, visit.at), key_of(form)
        since = form.day("from_on", today, ahead=True) or date.min
        act = Act(visit.viewer.person, "portal", today, key)
        if entered(form, "from_on", lambda: drop_absence(visit.office, subject, since, act, visit.at)):
            return _done(door)
        return _form(visit, asked._replace(form=form), 422)

    return found


def _done(door: Door) -> Response:
    """The definitions are read anew, so that the page that comes next holds what was entered."""
    door.renew()
    return RedirectResponse(f"{HERE}?ghi=1", 303)


def _asked(visit: Visit, what: str, subject: str) -> Asked:
    """A form by its address; 404 for what there is none of, NotAllowed for what is not theirs to change."""
    if what not in RIGHTS:
        raise HTTPException(404)
    visit.demand(RIGHTS[what])
    asked = FORMS[what](visit, subject)
    if asked is None:
        raise HTTPException(404)
    return asked._replace(form=blank(**asked.form.typed))


def _form(visit: Visit, asked: Asked, status: int = 200) -> Response:
    return visit.page("nhan-su-ghi.html", status, asked=asked, form=asked.form, here=HERE)
