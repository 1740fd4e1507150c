"""Whoever opens one dead link after another is guessing, and has to wait."""

from collections.abc import Callable
from datetime import datetime

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dondoc.portal.api_errors import too_many as api_too_many
from dondoc.portal.pace import Pace, TooMany, place_of
from dondoc.portal.pages import page

LINKS = ("/viec/", "/vao/", "/lich/")  # where the address is the key
API = "/api/"  # where a header is, and 404 says no more than that nothing is there


class Guessing:
    """ASGI middleware: counts what led nowhere, by the address that asked."""

    def __init__(self, app: ASGIApp, pace: Pace, clock: Callable[[], datetime]) -> None:
        self.app, self.pace, self.clock = app, pace, clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith((*LINKS, API)):
            await self.app(scope, receive, send)
            return
        place, at = place_of(Request(scope)), self.clock()
        try:
            self.pace.demand_free(place, at)
        except TooMany as many:
            told = api_too_many(many) if scope["path"].startswith(API) else too_many(many)
            await told(scope, receive, send)
            return
        dead = (401,) if scope["path"].startswith(API) else (404, 410)

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in dead:
                self.pace.count(place, at)
            await send(message)

        await self.app(scope, receive, sending)


def too_many(many: TooMany) -> HTMLResponse:
    """429 in words, and when to come back."""
    shown = page("qua-nhieu.html", 429, minutes=-(-many.seconds // 60))
    shown.headers["Retry-After"] = str(many.seconds)
    return shown
