"""/danh-ba: everybody's addresses out of an Excel file; seen row by row before anything is written."""

import json
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from dondoc.portal.door import Door
from dondoc.portal.forms import Field, Form
from dondoc.portal.posting import blank, chosen, entered, key_of, posted, proven, upload
from dondoc.portal.visit import Visit, visiting
from dondoc.use_cases.act import Act
from dondoc.use_cases.contact_edits import change_contacts
from dondoc.use_cases.contacts_sheet import LARGEST, read_contacts, template
from dondoc.use_cases.office import local_day
from dondoc.use_cases.refused import Refused
from dondoc.words import _

HERE, XLSX = "/danh-ba", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def router(door: Door) -> APIRouter:
    """The template, the file handed in, and the rows taken from it."""
    found = APIRouter(prefix=HERE)
    Visited = Annotated[Visit, Depends(visiting(door))]
    Sent = Annotated[FormData, Depends(posted)]

    @found.get("")
    def _ask(visit: Visited) -> Response:
        visit.demand("edit-contacts")
        return _form(visit, blank())

    @found.get("/mau.xlsx")
    def _template(visit: Visited) -> Response:
        visit.demand("see-contacts")
        named = {"Content-Disposition": 'attachment; filename="danh-ba.xlsx"'}
        return Response(template(visit.office), media_type=XLSX, headers=named)

    @found.post("")
    def _read(visit: Visited, sent: Sent) -> Response:
        form = proven(visit, sent)
        visit.demand("edit-contacts")
        _name, content = upload(sent, "file", LARGEST)
        if not content:
            form.errors["file"] = _("Chọn tệp Excel.")
        try:
            shown = read_contacts(visit.office, content) if content else None
        except Refused as refused:
            form.errors["file"] = str(refused)
            shown = None
        if shown is None:
            return _form(visit, form, 422)
        rows = json.dumps({one.person: dict(one.addresses) for one in shown.changed}, ensure_ascii=False)
        return visit.page("danh-ba-xem.html", page=shown, rows=rows, labels=_labels(), form=blank(), wide=True)

    @found.post("/ghi")
    def _take(visit: Visited, sent: Sent) -> Response:
        form = proven(visit, sent)
        visit.demand("edit-contacts")
        taken = _taken(form.typed.get("rows", ""), chosen(sent, "take"))
        if not taken:
            form.errors["file"] = _("Chưa chọn hàng nào để ghi.")
        act = Act(visit.viewer.person, "portal", local_day(visit.office, visit.at), key_of(form))
        if entered(form, "file", lambda: change_contacts(visit.office, taken, act, visit.at)):
            door.renew()
            return RedirectResponse("/nhan-su?ghi=1", 303)
        return _form(visit, form, 422)

    return found


def _taken(rows: str, persons: list[str]) -> dict[str, dict[str, str]]:
    """What the form carried of the rows that were ticked; nothing where it was tampered with beyond reading."""
    try:
        read = json.loads(rows)
        return {
            str(person): {key: str(value) for key, value in read[person].items() if key in _labels()}
            for person in persons
            if person in read
        }
    except (ValueError, AttributeError, TypeError):
        return {}


def _labels() -> dict[str, str]:
    return {
        "email": _("Thư điện tử"),
        "phone": _("Điện thoại"),
        "zalo": "Zalo",
        "zalo-opt-in": _("Ngày đồng ý nhận qua Zalo"),
    }


def _form(visit: Visit, form: Form, status: int = 200) -> Response:
    fields = (
        Field("file", _("Tệp Excel (.xlsx)"), _("Cột theo tệp mẫu; ô trống thì giữ nguyên, “-” thì bỏ."), "file"),
    )
    return visit.page("danh-ba.html", status, form=form, fields=fields, here="/nhan-su")
