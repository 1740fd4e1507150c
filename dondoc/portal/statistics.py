""" "Thống kê": in time, late, overdue and by how much, by unit and month, against both dues."""

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException
from fastapi.responses import HTMLResponse

from dondoc.core.rights import reach
from dondoc.portal.board import choices
from dondoc.portal.door import Door
from dondoc.portal.plots import as_strip, by_month
from dondoc.portal.visit import Visit, visiting
from dondoc.use_cases.office import local_day
from dondoc.use_cases.statistics import Verdict, statistics
from dondoc.words import _
from dondoc.words.dates import month_of

HERE = "/thong-ke"
LONGEST = 36  # months


def router(door: Door) -> APIRouter:
    """One page."""
    found = APIRouter()
    coming = Depends(visiting(door))

    @found.get(HERE)
    def show(visit: Annotated[Visit, coming], tu: str = "", den: str = "", don_vi: str = "") -> HTMLResponse:
        """`tu` and `den` are months, "2022-01"; both are within the period."""
        visit.demand("see-statistics")
        year = local_day(visit.office, visit.at).year
        since, until = _month(tu or f"{year}-01"), _month(den or f"{year}-12")
        before = (until + timedelta(days=31)).replace(day=1)
        if not since <= until or (before - since).days > LONGEST * 31:
            raise HTTPException(404)
        seen = statistics(visit.office, visit.viewer, since, before, visit.at, don_vi)
        names = verdicts()
        strip = as_strip(seen.days, since, seen.until, visit.office.calendar, names)
        return visit.page(
            "thong-ke.html", wide=True, here=HERE, seen=seen, names=names, month_of=month_of,
            plot=by_month(seen.months, names), strip=strip,
            typed={"tu": f"{since:%Y-%m}", "den": f"{until:%Y-%m}", "don_vi": don_vi},
            **choices(visit.office, None if _all(visit) else visit.viewer.units),
        )  # fmt: skip

    return found


def _all(visit: Visit) -> bool:
    return reach(visit.viewer, "see-statistics") == "all"


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise HTTPException(404) from None


def verdicts() -> dict[Verdict, str]:
    """In words, the best first."""
    return {
        "in-time": _("đúng hạn"),
        "running": _("đang thực hiện"),
        "late": _("xong muộn"),
        "overdue": _("đang quá hạn"),
    }
