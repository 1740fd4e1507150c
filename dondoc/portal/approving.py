"""/cho-duyet: what waits for the viewer's word, and the two answers to a report that may go up."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from dondoc.portal.deed_page import Desk, deed_of, entered, form_page
from dondoc.portal.deed_words import asked
from dondoc.portal.door import Door
from dondoc.portal.posting import blank, posted, proven
from dondoc.portal.visit import Visit, visiting
from dondoc.use_cases.occurrence_page import last_entered
from dondoc.use_cases.see_occurrence import Unseen
from dondoc.use_cases.waiting_decisions import Report, report, waiting_decisions

HERE = "/cho-duyet"


def router(door: Door) -> APIRouter:
    """The list, and the pages of one report."""
    found = APIRouter(prefix=HERE)
    Visited = Annotated[Visit, Depends(visiting(door))]

    @found.get("")
    def _list(visit: Visited) -> Response:
        visit.demand("approve")
        waiting = waiting_decisions(visit.office, visit.viewer, visit.at)
        return visit.page("cho-duyet.html", page=waiting, asked=asked(), wide=True, here=HERE)

    @found.get("/{mark}/da-ghi")
    def _recorded(visit: Visited, mark: str) -> Response:
        one = _report(visit, mark)
        entries, zone = last_entered(visit.office, one.post.key, visit.viewer.person)
        if not entries:
            return RedirectResponse(HERE, 303)
        return visit.page("da-duyet.html", report=one, entries=entries, zone=zone)

    @found.get("/{mark}")
    def _one(visit: Visited, mark: str) -> Response:
        _report(visit, mark)
        return RedirectResponse(HERE, 303)

    @found.get("/{mark}/{slug}")
    def _ask(visit: Visited, mark: str, slug: str) -> Response:
        one, deed = _report(visit, mark), deed_of(slug)
        if deed is None or deed not in one.post.may:
            return RedirectResponse(HERE, 303)
        return form_page(_desk(visit, one), deed, blank())

    @found.post("/{mark}/{slug}")
    def _answer(visit: Visited, sent: Annotated[FormData, Depends(posted)], mark: str, slug: str) -> Response:
        form = proven(visit, sent)
        one, deed = _report(visit, mark), deed_of(slug)
        if deed not in ("approve", "withhold"):
            return RedirectResponse(HERE, 303)
        return entered(_desk(visit, one), deed, form, [])

    return found


def _report(visit: Visit, mark: str) -> Report:
    found = report(visit.office, mark, visit.viewer, visit.at)
    if found is None:
        raise Unseen(mark)
    return found


def _desk(visit: Visit, one: Report) -> Desk:
    return Desk(visit.office, visit.at, one.post, f"{HERE}/{one.mark}", one.title, one.party, (), visit)
