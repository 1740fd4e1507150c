"""The application: one module a subject, each adding its routes for the same door."""

from fastapi import FastAPI

from dondoc.portal import watching, zalo_webhook
from dondoc.portal.door import Door


def make_app(door: Door) -> FastAPI:
    """All routes over one office. No page describes the interface: it is not for strangers."""
    app = FastAPI(title="Đôn Đốc", docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(watching.router(door))
    app.router.routes.extend(zalo_webhook.routes(door.office(), door.clock))
    return app
