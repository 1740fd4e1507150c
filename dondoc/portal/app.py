"""The application: one module a subject, each adding its routes for the same door."""

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from dondoc.portal import answering, watching, zalo_webhook
from dondoc.portal.door import Door
from dondoc.portal.guard import Guard
from dondoc.portal.pages import ROOM, page


def make_app(door: Door) -> FastAPI:
    """All routes over one office. No page describes the interface: it is not for strangers."""
    app = FastAPI(title="Đôn Đốc", docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(watching.router(door))
    app.include_router(answering.router(door))
    app.router.routes.extend(zalo_webhook.routes(door.office, door.clock))
    app.mount("/tinh", StaticFiles(directory=ROOM / "static"), "static")
    app.add_exception_handler(HTTPException, _not_found)
    app.add_middleware(Guard)
    return app


async def _not_found(_request: Request, problem: Exception) -> HTMLResponse:
    status = problem.status_code if isinstance(problem, HTTPException) else 500
    return page("khong-co-trang.html", status, missing=status in (404, 405))
