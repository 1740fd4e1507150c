""" "Sổ theo dõi": the board of the office, filtered, paged by key, now or as of a past day."""

from collections.abc import Collection
from datetime import date
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse

from dondoc.core.rights import reach
from dondoc.portal.door import Door
from dondoc.portal.visit import Visit, visiting
from dondoc.use_cases.board_page import Look, Wanted, board_page
from dondoc.use_cases.board_status import statuses
from dondoc.use_cases.office import Office
from dondoc.words import _, language
from dondoc.words.dates import month_of, read_day

HERE = "/so"
SLOW = ("muc", "tinh_trang", "tim", "ngay")  # filters that may have to look at many lines
FILTERS = ("don_vi", "muc", "tinh_trang", "thang", "tim", "ngay", "nhin")


def router(door: Door) -> APIRouter:
    """One page, as a route of Starlette's: it is opened more often than all others and has nothing for FastAPI to do.

    A page by key alone is read on the spot, in less time than handing it to a thread takes.
    """
    found, board_ = APIRouter(), Board(door)

    async def show(request: Request) -> HTMLResponse:
        slow = any(request.query_params.get(name) for name in SLOW)
        return await run_in_threadpool(board_.show, request) if slow else board_.show(request)

    found.add_route(HERE, show, methods=["GET"])
    return found


class Board:
    """The page over one office; what its form offers is kept while the office is not loaded anew."""

    def __init__(self, door: Door) -> None:
        self.visiting = visiting(door)
        self._offered: dict[tuple[str, frozenset[str] | None], tuple[Office, dict[str, Any]]] = {}

    def show(self, request: Request) -> HTMLResponse:
        visit = self.visiting(request)
        visit.demand("see-board")
        typed = {name: request.query_params.get(name, "").strip() for name in (*FILTERS, "sau")}
        on, wrong = _day(typed["ngay"])
        try:
            shown = board_page(visit.office, visit.viewer, _wanted(typed, on), visit.at)
        except ValueError:
            raise HTTPException(404) from None
        return visit.page(
            "so.html", 422 if wrong else 200, wide=True, here=HERE, shown=shown, typed=typed, wrong=wrong,
            next_href=_next(typed, shown.after), **self._choices(visit),
        )  # fmt: skip

    def _choices(self, visit: Visit) -> dict[str, Any]:
        asked = (language(), _within(visit))
        known = self._offered.get(asked)
        if known is None or known[0] is not visit.office:
            known = self._offered[asked] = (visit.office, choices(visit.office, asked[1]))
        return known[1]


def _within(visit: Visit) -> frozenset[str] | None:
    return None if reach(visit.viewer, "see-board") == "all" else visit.viewer.units


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


def choices(office: Office, units: Collection[str] | None) -> dict[str, Any]:
    """What the form offers: `units` within the viewer's reach (None: all), sections and months of the plans."""
    shown = [unit for unit in office.directory.units.values() if units is None or unit.id in units]
    plans = office.plans.values()
    sections = dict.fromkeys(o.section for plan in plans for o in plan.obligations)
    firsts = [date(year, n, 1) for year in sorted({plan.year for plan in plans}) for n in range(1, 13)]
    return {
        "units": [(unit.id, unit.short) for unit in shown],
        "sections": [(section, section) for section in sections],
        "months": [(f"{first:%Y-%m}", month_of(first)) for first in firsts],
        "statuses": list(statuses().items()),
    }
