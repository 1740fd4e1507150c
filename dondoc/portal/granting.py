"""/quyen-xem: which confidential cases an inspector may read, by which decision and up to which day."""

from typing import Annotated, NamedTuple
from uuid import uuid4

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from dondoc.portal.door import Door
from dondoc.portal.forms import Field, Form
from dondoc.portal.posting import Posted, entered, key_of, proven
from dondoc.portal.visit import Visit, visiting
from dondoc.use_cases.act import Act, Document
from dondoc.use_cases.grant import end_grant, grant
from dondoc.use_cases.grants import Grant, all_living_grants
from dondoc.use_cases.office import local_day
from dondoc.use_cases.viewer import inspectors
from dondoc.words import _

HERE = "/quyen-xem"


class Shown(NamedTuple):
    """A grant with its person's name."""

    grant: Grant
    name: str


def router(door: Door) -> APIRouter:
    """The list, and its two deeds."""
    found = APIRouter(prefix=HERE)
    Visiting = Annotated[Visit, Depends(visiting(door))]

    @found.get("")
    def show(visit: Visiting) -> HTMLResponse:
        visit.demand("see-grants")
        return _page(visit, Form({"request_key": uuid4().hex}))

    @found.post("")
    def give(visit: Visiting, sent: Posted) -> Response:
        form = proven(visit, sent)
        visit.demand("grant")
        return RedirectResponse(HERE, 303) if _given(visit, form) else _page(visit, form, 422)

    @found.post("/ket-thuc")
    def end(visit: Visiting, sent: Posted) -> Response:
        form = proven(visit, sent)
        visit.demand("grant")
        mine = [one for one in _grants(visit) if (one.key, one.person) == (form.text("key"), form.text("person"))]
        for one in mine:
            act = Act(visit.viewer.person, "portal", local_day(visit.office, visit.at))
            end_grant(visit.office, one.key, one.person, act, visit.at)
        return RedirectResponse(HERE, 303)

    return found


def _grants(visit: Visit) -> list[Grant]:
    """All for who grants them, their own for an inspector."""
    living = all_living_grants(visit.office, local_day(visit.office, visit.at))
    return [one for one in living if visit.may("grant") or one.person == visit.viewer.person]


def _page(visit: Visit, form: Form, status: int = 200) -> HTMLResponse:
    persons = visit.office.directory.persons
    shown = [Shown(one, persons[one.person].name if one.person in persons else one.person) for one in _grants(visit)]
    return visit.page("quyen-xem.html", status, grants=shown, form=form, fields=_fields(visit), here=HERE)


def _given(visit: Visit, form: Form) -> bool:
    today, key = local_day(visit.office, visit.at), key_of(form)
    number = form.text("number", needed=_("Ghi số vụ việc."))
    person = form.text("person", needed=_("Chọn người được xem."))
    document = form.text("document", longest=60, needed=_("Ghi số quyết định."))
    on = form.day("on", today, needed=_("Ghi ngày quyết định."))
    last_on = form.day("last_on", today, needed=_("Ghi ngày cuối được xem."), ahead=True)
    if not on or not last_on:
        return False
    act = Act(visit.viewer.person, "portal", today, f"grant/{visit.viewer.person}/{key}")
    paper = Document(document, on)
    return entered(form, "number", lambda: grant(visit.office, number, person, paper, last_on, act, visit.at))


def _fields(visit: Visit) -> tuple[Field, ...]:
    day = _("Ghi như 03/6/2022.")
    choices = (("", _("Chọn")), *((one.person, one.name) for one in inspectors(visit.office, visit.at)))
    return (
        Field("number", _("Số vụ việc"), _("Như trong quyết định.")),
        Field("person", _("Người được xem"), "", "choice", choices),
        Field("document", _("Số quyết định"), _("Ví dụ: 12/QĐ-SKHCN.")),
        Field("on", _("Ngày quyết định"), day, "day"),
        Field("last_on", _("Được xem đến hết ngày"), day, "day"),
    )
