"""/ky/{plan}/{obligation}/{period}/{party}: one occurrence, its files, and what its viewer may do there."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from dondoc.portal.deed_page import Desk, deed_of, entered, form_page
from dondoc.portal.deed_words import asked
from dondoc.portal.door import Door
from dondoc.portal.downloads import download
from dondoc.portal.pages import address_of
from dondoc.portal.posting import blank, posted, proven, uploads
from dondoc.portal.visit import Visit, visiting
from dondoc.use_cases.given import file_of
from dondoc.use_cases.keep_file import LARGEST
from dondoc.use_cases.occurrence_page import OccurrencePage, occurrence_page
from dondoc.use_cases.post import Deed, Post

ADDRESS = "/ky/{plan}/{obligation}/{period}/{party}"


def router(door: Door) -> APIRouter:
    """The pages of one occurrence."""
    found = APIRouter(prefix=ADDRESS)
    Visited = Annotated[Visit, Depends(visiting(door))]

    @found.get("")
    def _look(request: Request, visit: Visited) -> Response:
        return visit.page("ky.html", page=_page(request, visit), asked=asked(), wide=True)

    @found.get("/da-ghi")
    def _recorded(request: Request, visit: Visited) -> Response:
        shown = _page(request, visit)
        if not shown.recorded:
            return RedirectResponse(address_of(shown.key), 303)
        return visit.page("da-ghi.html", page=shown)

    @found.get("/tep/{sha256}")
    def _file(request: Request, visit: Visited, sha256: str) -> Response:
        answers = (one for step in _page(request, visit).steps for one in step.given)
        return download(visit.office, file_of(answers, sha256))

    @found.get("/{slug}")
    def _ask(request: Request, visit: Visited, slug: str, buoc: str = "") -> Response:
        shown, deed = _page(request, visit), deed_of(slug)
        post = _post(shown, deed, buoc)
        if deed is None or deed not in post.may:
            return RedirectResponse(address_of(shown.key), 303)
        return form_page(_desk(visit, shown, post), deed, blank())

    @found.post("/{slug}")
    def _answer(
        request: Request, visit: Visited, sent: Annotated[FormData, Depends(posted)], slug: str, buoc: str = ""
    ) -> Response:
        form = proven(visit, sent)
        shown, deed = _page(request, visit), deed_of(slug)
        if deed is None:
            return RedirectResponse(address_of(shown.key), 303)
        post = _post(shown, deed, buoc)
        return entered(_desk(visit, shown, post), deed, form, uploads(sent, "files", LARGEST))

    return found


def key_of(request: Request) -> str:
    """The occurrence that an address names."""
    return "/".join(request.path_params[part] for part in ("plan", "obligation", "period", "party"))


def _page(request: Request, visit: Visit) -> OccurrencePage:
    shown = occurrence_page(visit.office, key_of(request), visit.viewer, visit.at)
    if shown.confidential:
        visit.looked(shown.key)
    return shown


def _post(shown: OccurrencePage, deed: Deed | None, step: str) -> Post:
    """The step named; without a name the first where the deed is open."""
    named = [post for post in shown.posts if post.step == step]
    return (named or [post for post in shown.posts if deed in post.may] or list(shown.posts))[0]


def _desk(visit: Visit, shown: OccurrencePage, post: Post) -> Desk:
    step = next(step for step in shown.steps if step.id == post.step)
    name = f"{shown.name} – {step.title}" if len(shown.steps) > 1 else shown.name
    return Desk(visit.office, visit.at, post, address_of(shown.key), name, shown.party, step.asks, visit)
