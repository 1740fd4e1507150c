""" "Sổ theo dõi": the board of the office, filtered, paged by key, now or as of a past day."""

from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse

from dondoc.core.rights import reach
from dondoc.portal.door import Door
from dondoc.portal.visit import Visit, visiting
from dondoc.use_cases.board_page import Look, Wanted, board_page
from dondoc.use_cases.board_status import statuses
from dondoc.words import _
from dondoc.words.dates import month_of, read_day

HERE = "/so"
FILTERS = ("don_vi", "muc", "tinh_trang", "thang", "tim", "ngay", "nhin")


def router(door: Door) -> APIRouter:
    """One page."""
    found = APIRouter()
    coming = Depends(visiting(door))

    @found.get(HERE)
    def show(request: Request, visit: Annotated[Visit, coming]) -> HTMLResponse:
        visit.demand("see-board")
        typed = {name: request.query_params.get(name, "").strip() for name in (*FILTERS, "sau")}
        on, wrong = _day(typed["ngay"])
        try:
            shown = board_page(visit.office, visit.viewer, _wanted(typed, on), visit.at)
        except ValueError:
            raise HTTPException(404) from None
        return visit.page(
            "so.html", 422 if wrong else 200, wide=True, here=HERE, shown=shown, typed=typed, wrong=wrong,
            next_href=_next(typed, shown.after), **_choices(visit),
        )  # fmt: skip

    return found


def _day(typed: str) -> tuple[date | None, str]:
    """The day asked for; and what is wrong where it is none."""
    try:
        return (read_day(typed) if typed else None), ""
    except ValueError:
        return None, _("“{value}” không phải một ngày. Ghi như 03/6/2022.").format(value=typed)


def _wanted(typed: dict[str, str], on: date | None) -> Wanted:
    look: Look = "true" if typed["nhin"] == "nay" else "known"
    unit, section, status, month, text = (typed[name] for name in ("don_vi", "muc", "tinh_trang", "thang", "tim"))
    return Wanted(unit, section, status, month, text, on, look, typed["sau"])


def _next(typed: dict[str, str], after: str) -> str:
    if not after:
        return ""
    kept = {name: value for name, value in typed.items() if value and name != "sau"}
    return f"{HERE}?{urlencode({**kept, 'sau': after})}"


def _choices(visit: Visit) -> dict[str, Any]:
    """What the form offers: units within the viewer's reach, sections and months of the plans."""
    office, every = visit.office, reach(visit.viewer, "see-board") == "all"
    units = [unit for unit in office.directory.units.values() if every or unit.id in visit.viewer.units]
    plans = office.plans.values()
    sections = dict.fromkeys(o.section for plan in plans for o in plan.obligations if every or not o.confidential)
    firsts = [date(year, n, 1) for year in sorted({plan.year for plan in plans}) for n in range(1, 13)]
    return {
        "units": [(unit.id, unit.short) for unit in units],
        "sections": [(section, section) for section in sections],
        "months": [(f"{first:%Y-%m}", month_of(first)) for first in firsts],
        "statuses": statuses().items(),
    }
