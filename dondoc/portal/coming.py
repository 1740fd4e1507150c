""" "Sắp gửi": what will be sent in the next thirty days, to whom and when."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse

from dondoc.portal.door import Door
from dondoc.portal.visit import Visit, visiting
from dondoc.use_cases.coming import coming

HERE = "/sap-toi"


def router(door: Door) -> APIRouter:
    """One page."""
    found = APIRouter()

    @found.get(HERE)
    def show(visit: Annotated[Visit, Depends(visiting(door))], sau: str = "") -> HTMLResponse:
        visit.demand("see-coming")
        shown = coming(visit.office, visit.viewer, visit.at, sau)
        return visit.page("sap-toi.html", wide=True, here=HERE, shown=shown, sau=sau)

    return found
