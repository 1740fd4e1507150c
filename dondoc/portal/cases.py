"""/vu-viec: cases and their clocks, and the opening of a new one."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from dondoc.portal.door import Door
from dondoc.portal.forms import Field, Form
from dondoc.portal.pages import address_of
from dondoc.portal.posting import blank, entered, key_of, posted, proven
from dondoc.portal.visit import Visit, visiting
from dondoc.use_cases.act import Act, Recorded
from dondoc.use_cases.case_kinds import CaseKind, case_kind, case_kinds, left_out_choices
from dondoc.use_cases.cases_page import cases_page
from dondoc.use_cases.office import local_day
from dondoc.use_cases.open_case import CaseOpening, open_case
from dondoc.words import _
from dondoc.words.dates import short_date

HERE = "/vu-viec"
LEFT_OUT = ("left_out_1", "left_out_2", "left_out_3")
PICK = (("", "—"),)


def router(door: Door) -> APIRouter:
    """The list, the kinds of cases, and the form of one kind."""
    found = APIRouter(prefix=HERE)
    Visited = Annotated[Visit, Depends(visiting(door))]

    @found.get("")
    def _list(visit: Visited, xong: str = "", sau: str = "") -> Response:
        visit.demand("see-cases")
        shown = cases_page(visit.office, visit.viewer, visit.at, running=not xong, after=sau)
        kinds = case_kinds(visit.office, visit.viewer, local_day(visit.office, visit.at))
        return visit.page("vu-viec.html", page=shown, ended=bool(xong), may_open=bool(kinds), wide=True, here=HERE)

    @found.get("/mo")
    def _kinds(visit: Visited) -> Response:
        visit.demand("open-case")
        kinds = case_kinds(visit.office, visit.viewer, local_day(visit.office, visit.at))
        return visit.page("loai-vu-viec.html", kinds=kinds)

    @found.get("/mo/{plan}/{obligation}")
    def _ask(visit: Visited, plan: str, obligation: str) -> Response:
        kind = _kind(visit, plan, obligation)
        return _form(visit, kind, blank(event_on=short_date(local_day(visit.office, visit.at))))

    @found.post("/mo/{plan}/{obligation}")
    def _open(visit: Visited, sent: Annotated[FormData, Depends(posted)], plan: str, obligation: str) -> Response:
        form, kind = proven(visit, sent), _kind(visit, plan, obligation)
        key, opening = key_of(form), _read(visit, kind, form)
        act = Act(
            visit.viewer.person, "portal", local_day(visit.office, visit.at), f"portal/{visit.viewer.person}/{key}"
        )
        opened: list[Recorded] = []
        if not entered(form, "reference", lambda: opened.append(open_case(visit.office, plan, opening, act, visit.at))):
            return _form(visit, kind, form, 422)
        return RedirectResponse(f"{address_of(opened[0].key)}/da-ghi" if opened[0].key else HERE, 303)

    return found


def _kind(visit: Visit, plan: str, obligation: str) -> CaseKind:
    return case_kind(visit.office, visit.viewer, local_day(visit.office, visit.at), plan, obligation)


def _read(visit: Visit, kind: CaseKind, form: Form) -> CaseOpening:
    today = local_day(visit.office, visit.at)
    event_on = form.day("event_on", today, needed=_("Ghi ngày phát sinh.")) or today
    party = form.text("party") or kind.parties[0][0]
    left_out = tuple(dict.fromkeys(filter(None, (form.text(name) for name in LEFT_OUT if kind.excludes))))
    return CaseOpening(kind.obligation, event_on, party, form.text("reference", longest=60), left_out)


def _form(visit: Visit, kind: CaseKind, form: Form, status: int = 200) -> Response:
    return visit.page("mo-vu-viec.html", status, kind=kind, form=form, fields=_fields(visit, kind))


def _fields(visit: Visit, kind: CaseKind) -> tuple[Field, ...]:
    number = _("Như TC-01, 12/2022. Bỏ trống thì tự đánh số. Không ghi tên người.")
    fields = [
        Field("event_on", _("Ngày phát sinh"), _("Ngày nhận đơn, hoặc ngày ban hành văn bản."), "day"),
        Field("reference", _("Số trong sổ"), number),
    ]
    if len(kind.parties) > 1:
        fields.append(Field("party", _("Đơn vị giải quyết"), "", "choice", kind.parties))
    if kind.excludes:
        people = left_out_choices(visit.office, local_day(visit.office, visit.at))
        hint = _("Người này không nhận thư nào về vụ việc; tên được mã hoá trong sổ và không hiện ra ở đâu.")
        labels = (_("Người bị tố cáo"), _("Người bị tố cáo thứ hai, nếu có"), _("Người bị tố cáo thứ ba, nếu có"))
        for n, name in enumerate(LEFT_OUT):
            fields.append(Field(name, labels[n], "" if n else hint, "choice", (*PICK, *people)))
    return tuple(fields)
