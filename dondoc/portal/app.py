"""The application: one module a subject, each adding its routes for the same door."""

from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from dondoc.portal import (
    ad_hoc,
    answering,
    api_errors,
    approving,
    board,
    calling,
    campaigning,
    cases,
    coming,
    contacts_import,
    granting,
    incoming,
    letters,
    month,
    my_sessions,
    my_work,
    occurrence,
    people,
    plan,
    receiving,
    signing_in,
    single_sign_on,
    statistics,
    watching,
    zalo_webhook,
)
from dondoc.portal.api import make_api
from dondoc.portal.door import Door
from dondoc.portal.guard import Guard
from dondoc.portal.guessing import Guessing, too_many
from dondoc.portal.pace import TooMany
from dondoc.portal.pages import ROOM, page
from dondoc.portal.troubles import TROUBLES
from dondoc.portal.visit import NotAllowed, SignInNeeded
from dondoc.use_cases.given import NoFile
from dondoc.use_cases.see_occurrence import Unseen

PAGES = (
    board,  # the one opened most is the one found first
    watching,
    answering,
    signing_in,
    single_sign_on,
    my_sessions,
    granting,
    my_work,
    calling,
    campaigning,
    receiving,
    people,
    contacts_import,
    letters,
    incoming,
    occurrence,
    approving,
    cases,
    ad_hoc,
    statistics,
    month,
    coming,
    plan,
)


def make_app(door: Door) -> FastAPI:
    """All routes over one office. No page describes the interface: it is not for strangers."""
    app = FastAPI(title="Đôn Đốc", docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    for module in PAGES:
        app.include_router(module.router(door))
    app.router.routes.extend(zalo_webhook.routes(door.office, door.clock))
    app.mount("/api", make_api(door), "api")
    app.mount("/tinh", StaticFiles(directory=ROOM / "static"), "static")
    app.add_exception_handler(HTTPException, _not_found)
    app.add_exception_handler(Unseen, _unseen)
    app.add_exception_handler(NoFile, _unseen)
    for trouble, told in TROUBLES.items():
        app.add_exception_handler(trouble, told)
    app.add_exception_handler(SignInNeeded, _sign_in)
    app.add_exception_handler(NotAllowed, _not_allowed)
    app.add_exception_handler(TooMany, _too_many)
    app.add_middleware(Guessing, pace=door.paces.dead_links, clock=door.clock)
    app.add_middleware(Guard)
    if door.proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=list(door.proxies))
    return app


async def _not_found(request: Request, problem: Exception) -> Response:
    if request.url.path.startswith("/api/"):  # an address that not even its own application takes
        return await api_errors.http(request, problem)
    status = problem.status_code if isinstance(problem, HTTPException) else 500
    return page("khong-co-trang.html", status, missing=status in (404, 405))


async def _unseen(_request: Request, _problem: Exception) -> HTMLResponse:
    return page("khong-co-trang.html", 404, missing=True)


async def _sign_in(_request: Request, needed: Exception) -> RedirectResponse:
    back = needed.back if isinstance(needed, SignInNeeded) else "/"
    return RedirectResponse(f"/dang-nhap?tiep={quote(back, safe='')}", 303)


async def _too_many(_request: Request, many: Exception) -> HTMLResponse:
    return too_many(many if isinstance(many, TooMany) else TooMany(60))


async def _not_allowed(_request: Request, _problem: Exception) -> HTMLResponse:
    return page("khong-duoc-phep.html", 403)
