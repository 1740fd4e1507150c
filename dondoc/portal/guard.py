"""Around every page: the reader's language, a bound on what may be sent, and headers that keep pages to themselves."""

from collections.abc import MutableMapping
from contextlib import suppress
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dondoc.portal.api_errors import problem
from dondoc.portal.language_link import ASKED, asked_with
from dondoc.words import _, speaking

COOKIE = "lang"
LANGUAGES = ("vi", "en")
LARGEST_BODY = 110 * 1024 * 1024  # five files and their fields
LARGEST_WORDS = 2 * 1024 * 1024  # what is no upload
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",  # the address of a page is its key
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}


class TooLarge(Exception):
    """More was sent than any form of ours holds."""


class Guard:
    """ASGI middleware; wraps the whole portal."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers, chosen = Headers(scope=scope), _chosen(scope)
        answering = _answering(send, scope, chosen)
        with speaking(chosen or _kept(headers)), asked_with(scope.get("query_string", b"")):
            if "\0" in scope["path"] or b"%00" in scope.get(
                "query_string", b""
            ):  # no address of ours; PostgreSQL balks
                await _nowhere(scope)(scope, receive, answering)
                return
            if _is_foreign(scope, headers):
                await PlainTextResponse(_("Biểu mẫu này không phải của cổng thông tin."), 403)(
                    scope, receive, answering
                )
                return
            try:
                await self.app(scope, _bounded(receive, _largest(headers)), answering)
            except TooLarge:
                await PlainTextResponse(_("Gửi quá nhiều trong một lần."), 413)(scope, receive, answering)


def _nowhere(scope: Scope) -> ASGIApp:
    if scope["path"].startswith("/api/"):
        return problem(404, _("Không có"))
    return PlainTextResponse(_("Không có trang này"), 404)


def _is_foreign(scope: Scope, headers: Headers) -> bool:
    """Whether a browser says that another site's page sends this form. Programs that are no browsers say nothing."""
    site = headers.get("sec-fetch-site", "none")
    return scope["method"] not in ("GET", "HEAD") and site not in ("none", "same-origin")


def _largest(headers: Headers) -> int:
    return LARGEST_BODY if headers.get("content-type", "").startswith("multipart/") else LARGEST_WORDS


def _bounded(receive: Receive, largest: int) -> Receive:
    """Stops reading a body that grows too large, whatever its header says of it."""
    read = 0

    async def receiving() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > largest:
            raise TooLarge
        return message

    return receiving


def _answering(send: Send, scope: Scope, chosen: str) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            _add_headers(MutableHeaders(scope=message), scope, chosen)
        await send(message)

    return sending


def _add_headers(headers: MutableHeaders, scope: MutableMapping[str, Any], chosen: str) -> None:
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    if not scope["path"].startswith("/tinh/"):
        headers.setdefault("Cache-Control", "no-store")
    if scope["scheme"] == "https":
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if chosen:
        headers.append("Set-Cookie", f"{COOKIE}={chosen}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly")


def _chosen(scope: Scope) -> str:
    """The language asked for in the address; "" where none, or one that is not spoken here."""
    if b"lang=" not in scope.get("query_string", b""):
        return ""
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get(ASKED, [""])[0]
    return asked if asked in LANGUAGES else ""


def _kept(headers: Headers) -> str:
    if f"{COOKIE}=" not in headers.get("cookie", ""):  # as with nearly all: taking a cookie apart is slow
        return ""
    cookie: SimpleCookie = SimpleCookie()
    with suppress(CookieError):  # another application of the same host may set what no standard allows
        cookie.load(headers.get("cookie", ""))
    kept = cookie[COOKIE].value if COOKIE in cookie else ""
    return kept if kept in LANGUAGES else ""
