"""/ky/{plan}/{obligation}/{period}/{party}: one occurrence, and the files handed in for it."""

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse

from dondoc.portal.door import Door
from dondoc.portal.downloads import download
from dondoc.portal.visit import Visit, visiting
from dondoc.use_cases.given import file_of
from dondoc.use_cases.occurrence_page import OccurrencePage, occurrence_page

ADDRESS = "/ky/{plan}/{obligation}/{period}/{party}"


def router(door: Door) -> APIRouter:
    """The pages of one occurrence."""
    pages, found = Looking(door), APIRouter(prefix=ADDRESS)
    found.get("")(pages.look)
    found.get("/tep/{sha256}")(pages.file)
    return found


def key_of(request: Request) -> str:
    """The occurrence that an address names."""
    return "/".join(request.path_params[part] for part in ("plan", "obligation", "period", "party"))


class Looking:
    """Reading alone."""

    def __init__(self, door: Door) -> None:
        self.visiting = visiting(door)

    def look(self, request: Request) -> HTMLResponse:
        """All there is about it."""
        visit = self.visiting(request)
        return visit.page("ky.html", page=self._page(request, visit), wide=True)

    def file(self, request: Request) -> FileResponse:
        """One file of its evidence."""
        visit = self.visiting(request)
        answers = (one for step in self._page(request, visit).steps for one in step.given)
        return download(visit.office, file_of(answers, request.path_params["sha256"]))

    @staticmethod
    def _page(request: Request, visit: Visit) -> OccurrencePage:
        shown = occurrence_page(visit.office, key_of(request), visit.viewer, visit.at)
        if shown.confidential:
            visit.looked(shown.key)
        return shown
