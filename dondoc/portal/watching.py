"""/suc-khoe (/health) and /metrics: for programs that watch the house. Numbers alone, no name, no title."""

import time
from typing import Any

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from dondoc.portal.door import Door
from dondoc.portal.metrics import CONTENT_TYPE, exposition
from dondoc.use_cases.health import Health, health
from dondoc.use_cases.load_plans import DefinitionError

KEPT = 15.0  # seconds for which figures are handed out again: the board is read for them


def router(door: Door) -> APIRouter:
    """The two routes."""
    found, kept = APIRouter(), _Kept(door)

    @found.get("/suc-khoe")
    @found.get("/health")
    def _health() -> JSONResponse:
        state = _state(door)
        body: dict[str, Any] = {"status": "ok" if state.well else "unwell", **state._asdict()}
        return JSONResponse(body, status_code=200 if state.well else 503)

    @found.get("/metrics")
    def _metrics() -> Response:
        return Response(kept.text(), media_type=CONTENT_TYPE)

    return found


def _state(door: Door) -> Health:
    try:
        return health(door.office(), door.clock())
    except DefinitionError:  # they never loaded since the portal was started
        return Health(("definitions",))


class _Kept:
    """The last exposition, while it is fresh."""

    def __init__(self, door: Door) -> None:
        self._door, self._text, self._made = door, b"", -KEPT

    def text(self) -> bytes:
        if time.monotonic() - self._made >= KEPT:
            self._text, self._made = exposition(self._door.office(), self._door.clock()), time.monotonic()
        return self._text
