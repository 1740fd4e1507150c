"""One request to Zalo, and exactly how far it came: refused at the door, cut off after the body, or answered."""

import contextlib
import ipaddress
import json
import os
import threading
import time
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import ConnectTimeoutError, MaxRetryError, NewConnectionError

from dondoc.words import _
from notifications.outcome import Outcome
from notifications.quiet import quiet

CONNECTING, ANSWERING = 5.0, 20.0  # seconds; together far below the outbox's lease
IDLE = 30.0  # seconds after which a kept connection is not trusted: a cut one cannot be told from a lost answer
MARKER = "X-Dondoc-Stand-In"  # on every answer of our stand-in, on none of Zalo's
PREFIX = "GIA-LAP-"  # of every message id it gives
HOSTS = {
    "zbs": "https://business.openapi.zalo.me",
    "oa": "https://openapi.zalo.me",
    "oauth": "https://oauth.zaloapp.com",
    "bot": "https://bot-api.zaloplatforms.com",
}
# OpenSSL's words for a session that never began.
HANDSHAKE = ("CERTIFICATE_VERIFY_FAILED", "WRONG_VERSION_NUMBER", "HANDSHAKE", "UNSUPPORTED_PROTOCOL")
_kept = threading.local()


class Answer(NamedTuple):
    """A JSON object under HTTP 200, good or bad: what it says of itself is for the caller to read."""

    data: Mapping[str, Any]


def own_api(api: str) -> str:
    """The base of an override, checked: "" or http(s)://LOOPBACK[:PORT]. ValueError for any other place."""
    if not api:
        return ""
    parts = urlsplit(api)
    if parts.scheme not in ("http", "https") or not _is_loopback(parts.hostname or "") or parts.username:
        raise ValueError(_("api={api}: chỉ được trỏ về chính máy này, như http://127.0.0.1:8099.").format(api=api))
    return f"{parts.scheme}://{parts.netloc}"


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def post(
    server: str,
    path: str,
    *,
    api: str = "",
    headers: Mapping[str, str] | None = None,
    body: Mapping[str, Any] | None = None,
    form: Mapping[str, str] | None = None,
    answering: float = ANSWERING,
    verify: bool = True,
) -> Answer | Outcome:
    """POST `body` as JSON or `form` as a form. Never raises for the network; never tells a secret, nor the path."""
    session = _session(api)
    try:
        with quiet():
            reply = session.post(
                f"{api or HOSTS[server]}{path}",
                headers=dict(headers or {}),
                data=_encoded(body) if form is None else form,
                timeout=(CONNECTING, answering),
                allow_redirects=False,
                verify=verify,
            )
    except (requests.RequestException, OSError, ValueError) as error:
        forget()
        return _of_failure(error)
    return _read(reply, api)


def _encoded(body: Mapping[str, Any] | None) -> bytes:
    return json.dumps(body or {}, ensure_ascii=False).encode("utf-8", "replace")


def _read(reply: requests.Response, api: str) -> Answer | Outcome:
    if api and MARKER not in reply.headers:
        # An override is for the stand-in alone: whatever else answers there may be a way out to the real one.
        return Outcome("unknown", _("Nơi nhận ở {api} không phải bản giả lập của Đôn Đốc.").format(api=api))
    try:
        data = reply.json()
    except ValueError:
        data = None
    if isinstance(data, dict) and ("error" in data or "error_code" in data or "ok" in data or reply.status_code == 200):
        return Answer(data)
    return _of_status(reply.status_code)


def _of_status(status: int) -> Outcome:
    """Without a readable body: a gateway's 5xx, or nonsense under 200, leaves open what happened behind it."""
    if status in (429, 503):
        return Outcome("temporary", _("Zalo đang quá tải (HTTP {status}).").format(status=status))
    if status == 200 or status >= 500:
        return Outcome("unknown", _("Zalo trả lời không đọc được (HTTP {status}).").format(status=status))
    return Outcome("temporary", _("Zalo không nhận yêu cầu (HTTP {status}).").format(status=status))


def _of_failure(error: Exception) -> Outcome:
    """The error's own text is not told: it holds the address, and a bot's address holds its token."""
    if _never_connected(error):
        return Outcome("temporary", _("Không kết nối được Zalo."))
    if isinstance(error, requests.Timeout):
        return Outcome("unknown", _("Zalo không trả lời kịp sau khi đã nhận yêu cầu."))
    return Outcome("unknown", _("Mất kết nối với Zalo trước khi có câu trả lời."))


def _never_connected(error: Exception) -> bool:
    """Whether the body cannot have left: only what is certain counts, everything else leaves the question open."""
    never = (requests.ConnectTimeout, requests.exceptions.ProxyError, requests.exceptions.InvalidURL)
    if isinstance(error, never) or not isinstance(error, (requests.RequestException, OSError)):
        return True
    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    if isinstance(error, requests.exceptions.SSLError):
        return any(word in str(reason) for word in HANDSHAKE)
    return isinstance(reason, (NewConnectionError, ConnectTimeoutError))


class _Session(NamedTuple):
    session: requests.Session
    process: int
    used: float


def _session(api: str) -> requests.Session:
    """This thread's kept connections; a forked child and one idle for long begin anew."""
    found: _Session | None = getattr(_kept, "session", None)
    now = time.monotonic()
    if found is None or found.process != os.getpid() or now - found.used > IDLE:
        forget()
        found = _Session(requests.Session(), os.getpid(), now)
    found.session.trust_env = not api  # an office's proxy has no business with this machine's own stand-in
    _kept.session = found._replace(used=now)
    return found.session


def forget() -> None:
    """Drop this thread's kept connections."""
    found: _Session | None = getattr(_kept, "session", None)
    _kept.session = None
    if found is not None and found.process == os.getpid():
        with contextlib.suppress(OSError):
            found.session.close()
