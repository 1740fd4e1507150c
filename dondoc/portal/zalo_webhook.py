"""Zalo's webhook: signed or refused, and answered before Zalo's two seconds are over."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dondoc.use_cases.office import Office
from dondoc.use_cases.zalo_event import HEADER, Heard, zalo_event

PATH = "/zalo/webhook"
PATIENCE = 1.5  # seconds; Zalo waits two
LARGEST = 256_000  # bytes
# 503 where the register was too slow: Zalo sends it again, and what was recorded meanwhile is known by then.
STATUS: dict[Heard, int] = {"new": 200, "known": 200, "unsigned": 401, "unreadable": 401}


def _now() -> datetime:
    return datetime.now(UTC)


def routes(office: Callable[[], Office], clock: Callable[[], datetime] = _now) -> list[Route]:
    """One route. `office` and `clock` are asked once a request."""

    async def hear(request: Request) -> Response:
        raw = await _body(request)
        if raw is None:
            return PlainTextResponse("too large", 413)
        signature = request.headers.get(HEADER, "")
        work = asyncio.ensure_future(run_in_threadpool(lambda: zalo_event(office(), raw, signature, clock())))
        try:
            heard = await asyncio.wait_for(asyncio.shield(work), PATIENCE)
        except TimeoutError:
            work.add_done_callback(lambda done: done.exception())  # nobody waits for it any more
            return PlainTextResponse("busy", 503)
        return PlainTextResponse("ok" if STATUS[heard] == 200 else "refused", STATUS[heard])

    return [Route(PATH, hear, methods=["POST"])]


async def _body(request: Request) -> bytes | None:
    """The raw body, by which the signature is checked; None where it is longer than any event."""
    raw = b""
    async for part in request.stream():
        raw += part
        if len(raw) > LARGEST:
            return None
    return raw
