""" "Lịch": one month of the office, and the address by which a person's own part of it reaches their telephone."""

import re
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from dondoc.core.calendar import CalendarHorizonError
from dondoc.core.rights import reach
from dondoc.portal.door import Door
from dondoc.portal.posting import Posted
from dondoc.portal.visit import Visit, visiting
from dondoc.use_cases.board_words import seen_at
from dondoc.use_cases.calendar_feed import close_feed, feed, has_feed, open_feed
from dondoc.use_cases.month_page import month_page
from dondoc.use_cases.office import local_day
from dondoc.words.dates import WEEKDAYS, month_of

HERE = "/lich"


def router(door: Door) -> APIRouter:
    """The month, and what is done about the personal address."""
    found = APIRouter(prefix=HERE)
    Visiting = Annotated[Visit, Depends(visiting(door))]

    @found.get("")
    def show(visit: Visiting, thang: str = "", cua: str = "") -> HTMLResponse:
        """`thang` is "2022-06"; `cua` is "toi" for one's own, "" for all within reach, or a unit."""
        return _month(visit, thang, cua)

    @found.post("/nguon")
    def make(visit: Visiting, form: Posted, request: Request) -> HTMLResponse:
        """The new address is shown in the answer to the form: nobody can read it again later."""
        visit.proven(form)
        visit.demand("see-calendar")
        secret = open_feed(visit.office, visit.viewer.person, visit.at)
        base = visit.office.mail.portal_url or str(request.base_url).rstrip("/")
        return visit.page("nguon-lich.html", address=f"{base}{HERE}/{secret}.ics", here=HERE)

    @found.post("/nguon/thu-hoi")
    def end(visit: Visiting, form: Posted) -> Response:
        visit.proven(form)
        close_feed(visit.office, visit.viewer.person, visit.at)
        return RedirectResponse(HERE, 303)

    @found.get("/{name}.ics")
    def personal(name: str) -> Response:
        body = feed(door.office(), name, door.clock())
        if body is None:
            raise HTTPException(404)
        return Response(body, media_type="text/calendar; charset=utf-8")

    return found


def _month(visit: Visit, month: str, whose: str) -> HTMLResponse:
    visit.demand("see-calendar")
    today = local_day(visit.office, visit.at)
    first = _first(month) if month else today.replace(day=1)
    try:
        shown = month_page(visit.office, visit.viewer, first, whose, seen_at(visit.office, visit.at))
    except CalendarHorizonError:
        raise HTTPException(404) from None
    return visit.page(
        "lich.html", wide=True, here=HERE, shown=shown, today=today, name=month_of(first), weekdays=WEEKDAYS,
        before=f"{first - timedelta(days=1):%Y-%m}", after=f"{first + timedelta(days=31):%Y-%m}",
        blank=first.weekday(), whose=whose, choices=_choices(visit),
        has_feed=has_feed(visit.office, visit.viewer.person, visit.at), month=f"{first:%Y-%m}",
    )  # fmt: skip


def _first(month: str) -> date:
    if not re.fullmatch(r"\d{4}-\d{2}", month):
        raise HTTPException(404)
    try:
        return date.fromisoformat(f"{month}-01")
    except ValueError:
        raise HTTPException(404) from None


def _choices(visit: Visit) -> list[tuple[str, Any]]:
    wide, units = reach(visit.viewer, "see-calendar"), visit.office.directory.units.values()
    return [
        (unit.id, unit.short) for unit in units if wide == "all" or (wide == "unit" and unit.id in visit.viewer.units)
    ]
