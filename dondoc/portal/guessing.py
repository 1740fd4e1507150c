"""Whoever opens one dead link after another is guessing, and has to wait."""

from collections.abc import Callable
from datetime import datetime

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dondoc.portal.pace import Pace, TooMany, place_of
from dondoc.portal.pages import page

SECRETS = ("/viec/", "/vao/", "/lich/", "/api/")  # where what the request carries is the key
DEAD = (401, 404, 410)


class Guessing:
    """ASGI middleware: counts what led nowhere, by the address that asked."""

    def __init__(self, app: ASGIApp, pace: Pace, clock: Callable[[], datetime]) -> None:
        self.app, self.pace, self.clock = app, pace, clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(SECRETS):
            await self.app(scope, receive, send)
            return
        place, at = place_of(Request(scope)), self.clock()
        try:
            self.pace.demand_free(place, at)
        except TooMany as many:
            await too_many(many)(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in DEAD:
                self.pace.count(place, at)
            await send(message)

        await self.app(scope, receive, sending)


def too_many(many: TooMany) -> HTMLResponse:
    """429 in words, and when to come back."""
    shown = page("qua-nhieu.html", 429, minutes=-(-many.seconds // 60))
    shown.headers["Retry-After"] = str(many.seconds)
    return shown
