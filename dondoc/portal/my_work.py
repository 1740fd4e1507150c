""" "Việc của tôi": the page people see when they have signed in."""

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException
from fastapi.responses import HTMLResponse, RedirectResponse

from dondoc.portal.door import Door
from dondoc.portal.visit import Visit, visiting
from dondoc.use_cases.my_work import my_work

HERE = "/viec-cua-toi"


def router(door: Door) -> APIRouter:
    """The list of one's own work, and the way to it from the site's own address."""
    found = APIRouter()
    coming = Depends(visiting(door))

    @found.get("/")
    def home() -> RedirectResponse:
        return RedirectResponse(HERE, 303)

    @found.get(HERE)
    def show(visit: Annotated[Visit, coming], sau: str = "", sau_don_vi: str = "") -> HTMLResponse:
        """`sau` and `sau_don_vi` are where the page before ended."""
        if not visit.may("see-work"):
            return visit.page("khong-co-viec.html", here=HERE)
        try:
            work = my_work(visit.office, visit.viewer, visit.at, sau, sau_don_vi)
        except ValueError:
            raise HTTPException(404) from None
        return visit.page("viec-cua-toi.html", work=work, wide=True, here=HERE, sau=sau, sau_don_vi=sau_don_vi)

    return found
