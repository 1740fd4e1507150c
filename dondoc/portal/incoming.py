"""/nhap-so-den: the e-office's incoming register, matched row by row, written only when a person has looked."""

import json
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response
from starlette.datastructures import FormData

from dondoc.portal.door import Door
from dondoc.portal.forms import Field, Form
from dondoc.portal.posting import blank, posted, proven, upload
from dondoc.portal.visit import Visit, visiting
from dondoc.use_cases.contacts_sheet import LARGEST
from dondoc.use_cases.incoming_sheet import Incoming, IncomingSheet, read_incoming
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.take_incoming import Taken, take_incoming
from dondoc.words import _
from dondoc.words.dates import read_day

HERE = "/nhap-so-den"


def router(door: Door) -> APIRouter:
    """The file, its rows to confirm, and what was recorded."""
    found = APIRouter(prefix=HERE)
    Visited = Annotated[Visit, Depends(visiting(door))]
    Sent = Annotated[FormData, Depends(posted)]

    @found.get("")
    def _ask(visit: Visited) -> Response:
        visit.demand("import")
        return _form(visit, blank())

    @found.post("")
    def _read(visit: Visited, sent: Sent) -> Response:
        form = proven(visit, sent)
        visit.demand("import")
        _name, content = upload(sent, "file", LARGEST)
        shown: IncomingSheet | None = None
        try:
            shown = read_incoming(visit.office, content, visit.at) if content else None
        except Refused as refused:
            form.errors["file"] = str(refused)
        if not content:
            form.errors["file"] = _("Chọn tệp Excel.")
        if shown is None:
            return _form(visit, form, 422)
        rows = json.dumps([_plain(row.paper) for row in shown.rows], ensure_ascii=False)
        return visit.page("nhap-so-den-xem.html", page=shown, rows=rows, form=blank(), wide=True, here=HERE)

    @found.post("/ghi")
    def _take(visit: Visited, sent: Sent) -> Response:
        form = proven(visit, sent)
        visit.demand("import")
        papers = _papers(form.typed.get("rows", ""))
        chosen = [(paper, form.typed.get(f"step-{n}", "")) for n, paper in enumerate(papers)]
        if not any(step for _paper, step in chosen):
            form.errors["file"] = _("Chưa chọn việc nào cho văn bản nào.")
            return _form(visit, form, 422)
        # Shown at once and not behind a redirect: confirmed again it says that all was recorded already.
        taken = [_one(visit, paper, step) for paper, step in chosen if step]
        return visit.page("nhap-so-den-xong.html", taken=taken, here=HERE)

    return found


def _one(visit: Visit, paper: Incoming, value: str) -> Taken:
    key, _hash, step = value.rpartition("#")
    return take_incoming(visit.office, paper, key, step, key, visit.viewer.person, visit.at)


def _plain(paper: Incoming) -> list[str]:
    return [one.isoformat() if isinstance(one, date) else one or "" for one in paper]


def _papers(rows: str) -> list[Incoming]:
    """What the form carried; nothing where it was tampered with beyond reading."""
    try:
        return [
            Incoming(str(number), str(party), *(read_day(day) if day else None for day in days))
            for number, party, *days in json.loads(rows)
        ]
    except (ValueError, TypeError, AttributeError):
        return []


def _form(visit: Visit, form: Form, status: int = 200) -> Response:
    fields = (
        Field(
            "file",
            _("Tệp Excel (.xlsx)"),
            _("Cần các cột: Số, ký hiệu; Nơi gửi; Ngày gửi hoặc Ngày đến. Có thêm Ngày ký, Trích yếu càng tốt."),
            "file",
        ),
    )
    return visit.page("nhap-so-den.html", status, form=form, fields=fields, here=HERE)
