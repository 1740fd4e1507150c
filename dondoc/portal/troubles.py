"""What could not be done, as a page in words: what happened, whether anything was written, and what to do next."""

from collections.abc import Awaitable, Callable

from fastapi import Request
from fastapi.responses import HTMLResponse

from dondoc.portal.pages import page
from dondoc.use_cases.links import DeadLink
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.troubles import DefinitionError, RegisterError, SealError
from dondoc.words import _

AGAIN = "60"  # seconds after which a browser, or a program, may ask again


async def dead_link(_request: Request, dead: Exception) -> HTMLResponse:
    """The same page for every dead link but one that only grew old: nobody learns what exists."""
    expired = isinstance(dead, DeadLink) and dead.why == "expired"
    return page("lien-ket-hong.html", 410 if expired else 404, expired=expired)


async def refused(_request: Request, problem: Exception) -> HTMLResponse:
    """What may not or cannot be, in the words of who refused it."""
    return page("truc-trac.html", 409, title=_("Chưa làm được"), what=str(problem))


async def no_register(_request: Request, problem: Exception) -> HTMLResponse:
    """The driver's own words are for the administrator: `dondoc doctor` says them."""
    busy = isinstance(problem, RegisterError) and problem.problem == "busy"
    what = _("Sổ theo dõi đang bận.") if busy else _("Sổ theo dõi chưa dùng được.")
    return _unready(what)


async def unready(_request: Request, _problem: Exception) -> HTMLResponse:
    """A lost key, or definitions that do not load."""
    return _unready(_("Hệ thống chưa sẵn sàng."))


def _unready(what: str) -> HTMLResponse:
    told = page("truc-trac.html", 503, title=_("Tạm thời chưa dùng được"), what=f"{what} {_retry()}")
    told.headers["Retry-After"] = AGAIN
    return told


def _retry() -> str:
    return _("Chưa có gì được ghi. Thử lại sau ít phút; vẫn không được thì báo Văn phòng.")


TROUBLES: dict[type[Exception], Callable[[Request, Exception], Awaitable[HTMLResponse]]] = {
    DeadLink: dead_link,
    Refused: refused,
    RegisterError: no_register,
    SealError: unready,
    DefinitionError: unready,
}
