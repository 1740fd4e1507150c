"""/dot-xuat: a duty that an incoming document imposes, watched from now on."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from dondoc.portal.door import Door
from dondoc.portal.forms import Field, Form
from dondoc.portal.pages import address_of
from dondoc.portal.posting import blank, entered, key_of, posted, proven
from dondoc.portal.visit import Visit, visiting
from dondoc.use_cases.act import Act, Document, Recorded
from dondoc.use_cases.office import local_day
from dondoc.use_cases.open_case import open_ad_hoc
from dondoc.words import _

HERE = "/dot-xuat"


def router(door: Door) -> APIRouter:
    """One form."""
    found = APIRouter(prefix=HERE)
    Visited = Annotated[Visit, Depends(visiting(door))]

    @found.get("")
    def _ask(visit: Visited) -> Response:
        visit.demand("open-ad-hoc")
        return _form(visit, blank())

    @found.post("")
    def _open(visit: Visited, sent: Annotated[FormData, Depends(posted)]) -> Response:
        form = proven(visit, sent)
        visit.demand("open-ad-hoc")
        opened: list[Recorded] = []
        deed = _read(visit, form, opened)
        if not entered(form, "document", deed):
            return _form(visit, form, 422)
        return RedirectResponse(f"{address_of(opened[0].key)}/da-ghi" if opened[0].key else HERE, 303)

    return found


def _read(visit: Visit, form: Form, opened: list[Recorded]) -> Callable[[], None]:
    today = local_day(visit.office, visit.at)
    title = form.text("title", needed=_("Ghi việc phải làm."))
    number = form.text("document", longest=60, needed=_("Ghi số văn bản."))
    on = form.day("document_on", today, needed=_("Ghi ngày của văn bản.")) or today
    sender = form.text("sender", needed=_("Ghi cơ quan gửi."))
    last_on = form.day("last_on", today, needed=_("Ghi hạn."), ahead=True) or today
    by, plan = form.text("by", needed=_("Chọn một dòng.")), form.text("plan") or next(iter(visit.office.plans))
    key = f"portal/{visit.viewer.person}/{key_of(form)}"
    act = Act(visit.viewer.person, "portal", today, key)
    return lambda: opened.append(
        open_ad_hoc(visit.office, plan, title, Document(number, on), sender, last_on, by, act, visit.at)
    )


def _form(visit: Visit, form: Form, status: int = 200) -> Response:
    return visit.page("dot-xuat.html", status, form=form, fields=_fields(visit), here=HERE)


def _fields(visit: Visit) -> tuple[Field, ...]:
    directory, plans = visit.office.directory, visit.office.plans
    units = tuple((unit.id, unit.name) for unit in directory.units.values())
    roles = tuple(sorted(((role.id, role.title) for role in directory.roles.values()), key=lambda one: one[1]))
    day = _("Ghi như 03/6/2022.")
    fields = [
        Field("title", _("Việc phải làm"), _("Ví dụ: Báo cáo tình hình thực hiện Nghị quyết 12.")),
        Field("document", _("Số, ký hiệu văn bản đến")),
        Field("document_on", _("Ngày của văn bản"), day, "day"),
        Field("sender", _("Cơ quan gửi")),
        Field("last_on", _("Hạn: hết ngày"), day, "day"),
        Field("by", _("Giao cho"), "", "choice", (("", "—"), *units, *roles)),
    ]
    if len(plans) > 1:
        fields.append(
            Field("plan", _("Theo dõi cùng kế hoạch"), "", "choice", tuple((p.id, p.title) for p in plans.values()))
        )
    return tuple(fields)
