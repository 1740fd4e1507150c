"""/goi-dien: whom somebody must telephone, and the record of a call."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from dondoc.portal.door import Door
from dondoc.portal.forms import Field, Form
from dondoc.portal.posting import blank, entered, key_of, posted, proven
from dondoc.portal.visit import Visit, visiting
from dondoc.use_cases.act import Act
from dondoc.use_cases.call_list import Call
from dondoc.use_cases.calls_page import calls_page
from dondoc.use_cases.office import local_day
from dondoc.use_cases.record_call import record_call
from dondoc.words import _
from dondoc.words.calls import call_words, channel_words
from dondoc.words.dates import short_date

HERE = "/goi-dien"


def router(door: Door) -> APIRouter:
    """The list, and one page for each call to record."""
    found = APIRouter(prefix=HERE)
    Visited = Annotated[Visit, Depends(visiting(door))]

    @found.get("")
    def _list(visit: Visited, ghi: str = "") -> Response:
        visit.demand("see-calls")
        listed = calls_page(visit.office, visit.viewer, visit.at)
        return visit.page(
            "goi-dien.html", page=listed, said=call_words, tried=_tried, done=bool(ghi), wide=True, here=HERE
        )

    @found.get("/{person}")
    def _ask(visit: Visited, person: str, viec: str = "") -> Response:
        calls = _calls(visit, person, viec)
        return _form(visit, calls, viec, blank(called_on=short_date(local_day(visit.office, visit.at))))

    @found.post("/{person}")
    def _record(visit: Visited, person: str, sent: Annotated[FormData, Depends(posted)], viec: str = "") -> Response:
        form = proven(visit, sent)
        visit.demand("record-call")
        key, today = key_of(form), local_day(visit.office, visit.at)
        day = form.day("called_on", today, needed=_("Ghi ngày gọi."))
        note = form.text("note", longest=500)

        def deed() -> None:
            told = calls_page(visit.office, visit.viewer, visit.at).of(person, viec)
            act = Act(visit.viewer.person, "portal", day or today, key)
            # Never no key at all: that would tell also of what the reader may not see.
            record_call(visit.office, person, act, visit.at, [call.key for call in told] or [""], note)

        if entered(form, "note", deed):
            return RedirectResponse(f"{HERE}?ghi=1", 303)
        return _form(visit, _calls(visit, person, viec), viec, form, 422)

    return found


def _tried(call: Call) -> str:
    return ", ".join(channel_words(name) for name in call.channels)


def _calls(visit: Visit, person: str, key: str) -> tuple[Call, ...]:
    """What would be told by this call; 404 where the list has nothing of the kind."""
    visit.demand("record-call")
    if calls := calls_page(visit.office, visit.viewer, visit.at).of(person, key):
        return calls
    raise HTTPException(404)


def _form(visit: Visit, calls: tuple[Call, ...], key: str, form: Form, status: int = 200) -> Response:
    fields = (
        Field("called_on", _("Ngày gọi"), _("Ghi như 03/6/2022."), "day"),
        Field("note", _("Ghi chú"), _("Gặp ai, hẹn gì. Không bắt buộc."), "area"),
    )
    return visit.page("goi-dien-ghi.html", status, calls=calls, key=key, form=form, fields=fields, here=HERE)
