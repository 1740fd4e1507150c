"""/quan-triet: acknowledgement campaigns; one's own word, and minutes of a meeting for a whole unit."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from dondoc.portal.door import Door
from dondoc.portal.forms import Field, Form
from dondoc.portal.posting import blank, chosen, entered, key_of, posted, proven
from dondoc.portal.visit import Visit, visiting
from dondoc.use_cases.act import Act
from dondoc.use_cases.campaigns import Campaign, campaign, campaigns
from dondoc.use_cases.office import local_day
from dondoc.use_cases.people_acts import acknowledge
from dondoc.use_cases.record_minutes import record_minutes
from dondoc.words import _
from dondoc.words.dates import short_date

HERE = "/quan-triet"


def router(door: Door) -> APIRouter:
    """The list, one campaign, and its two deeds."""
    found = APIRouter(prefix=HERE)
    Visited = Annotated[Visit, Depends(visiting(door))]

    @found.get("")
    def _list(visit: Visited) -> Response:
        visit.demand("see-campaigns")
        listed = campaigns(visit.office, visit.viewer, visit.at)
        return visit.page("quan-triet.html", campaigns=listed, wide=True, here=HERE)

    @found.get("/xem/{key:path}")
    def _look(visit: Visited, key: str, ghi: str = "") -> Response:
        return _campaign(visit, _found(visit, key), blank(), done=bool(ghi))

    @found.post("/da-doc/{key:path}")
    def _read(visit: Visited, key: str, sent: Annotated[FormData, Depends(posted)]) -> Response:
        form = proven(visit, sent)
        shown, request_key = _found(visit, key), key_of(form)
        if not shown.mine:
            raise HTTPException(404)
        me = visit.viewer.person
        act = Act(me, "portal", local_day(visit.office, visit.at), request_key)
        if entered(form, "request_key", lambda: acknowledge(visit.office, key, act, visit.at, person=me)):
            return RedirectResponse(f"{HERE}/xem/{key}?ghi=1", 303)
        return _campaign(visit, shown, form, 422)

    @found.get("/bien-ban/{key:path}")
    def _ask(visit: Visited, key: str) -> Response:
        return _minutes(visit, _found(visit, key), blank(met_on=_today(visit)), ())

    @found.post("/bien-ban/{key:path}")
    def _record(visit: Visited, key: str, sent: Annotated[FormData, Depends(posted)]) -> Response:
        form, absent = proven(visit, sent), chosen(sent, "absent")
        shown, request_key, today = _found(visit, key), key_of(form), local_day(visit.office, visit.at)
        minutes = form.text("minutes", needed=_("Ghi số biên bản, hoặc tên cuộc họp."))
        met_on = form.day("met_on", today, needed=_("Ghi ngày họp."))
        unit = form.text("unit")

        def deed() -> None:
            record_minutes(
                visit.office,
                visit.viewer,
                key,
                listed=chosen(sent, "listed"),
                absent=absent,
                unit=unit,
                minutes=_("{minutes} ngày {day}").format(minutes=minutes, day=short_date(met_on or today)),
                act=Act(visit.viewer.person, "portal", met_on or today, request_key),
                at=visit.at,
            )

        if entered(form, "minutes", deed):
            return RedirectResponse(f"{HERE}/xem/{key}?ghi=1", 303)
        return _minutes(visit, shown, form, absent, 422)

    return found


def _found(visit: Visit, key: str) -> Campaign:
    """404 alike for what does not exist and what is another's."""
    visit.demand("see-campaigns")
    if shown := campaign(visit.office, visit.viewer, key, visit.at):
        return shown
    raise HTTPException(404)


def _campaign(visit: Visit, shown: Campaign, form: Form, status: int = 200, *, done: bool = False) -> Response:
    return visit.page("quan-triet-dot.html", status, one=shown, form=form, done=done, here=HERE)


def _minutes(visit: Visit, shown: Campaign, form: Form, absent: list[str] | tuple[()], status: int = 200) -> Response:
    if not shown.may_minute:
        raise HTTPException(404)
    units = [unit for unit in shown.units if any(one.status == "pending" for one in unit.readers)]
    every = (("", _("tất cả các đơn vị")), *((unit.unit, unit.name) for unit in units))
    fields = (
        Field("minutes", _("Số biên bản, tên cuộc họp"), _("Ví dụ: Biên bản số 05/BB-TĐC.")),
        Field("met_on", _("Ngày họp"), _("Ghi như 03/6/2022."), "day"),
        *((Field("unit", _("Cuộc họp của"), "", "choice", every),) if len(units) > 1 else ()),
    )
    return visit.page(
        "quan-triet-bien-ban.html", status, one=shown, units=units, form=form, fields=fields, absent=absent, here=HERE
    )


def _today(visit: Visit) -> str:
    return short_date(local_day(visit.office, visit.at))
