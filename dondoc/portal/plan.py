""" "Kế hoạch": the clauses of a plan, and beside each how what it asks for stands."""

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException
from fastapi.responses import HTMLResponse, RedirectResponse

from dondoc.portal.door import Door
from dondoc.portal.visit import Visit, visiting
from dondoc.use_cases.message_of import plan_words
from dondoc.use_cases.office import local_day
from dondoc.use_cases.plan_page import plan_page

HERE = "/ke-hoach"


def router(door: Door) -> APIRouter:
    """The way to the plan of today, and each plan's page."""
    found = APIRouter(prefix=HERE)
    Visiting = Annotated[Visit, Depends(visiting(door))]

    @found.get("")
    def newest(visit: Visiting) -> RedirectResponse:
        visit.demand("see-plan")
        today, plans = local_day(visit.office, visit.at), visit.office.plans.values()
        if not plans:
            raise HTTPException(404)
        here = max(plans, key=lambda plan: (plan.valid_from <= today, plan.valid_from))
        return RedirectResponse(f"{HERE}/{here.id}", 303)

    @found.get("/{plan_id}")
    def show(visit: Visiting, plan_id: str) -> HTMLResponse:
        visit.demand("see-plan")
        plan = visit.office.plans.get(plan_id)
        if plan is None:
            raise HTTPException(404)
        shown = plan_page(visit.office, visit.viewer, plan, visit.at)
        others = [(one.id, one.title) for one in visit.office.plans.values() if one.id != plan_id]
        return visit.page("ke-hoach.html", wide=True, here=HERE, shown=shown, words=plan_words(plan), others=others)

    return found
