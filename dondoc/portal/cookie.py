"""The session's cookie: for this host alone, unreadable for scripts, sent with no request that another site begins."""

from fastapi import Request
from fastapi.responses import Response

from dondoc.use_cases.office import Office

COOKIE, ATTEMPT = "dondoc", "dondoc-sso"
ATTEMPT_LIVES = 600  # seconds between going to the provider and coming back


def cookie_name(office: Office, name: str = COOKIE) -> str:
    """Over TLS the prefix makes a browser refuse it from any other host, a sub-domain's included (RFC 6265bis)."""
    return f"__Host-{name}" if _is_secure(office) else name


def _is_secure(office: Office) -> bool:
    return office.mail.portal_url.startswith("https://")


def cookie_of(request: Request, office: Office) -> str:
    return request.cookies.get(cookie_name(office), "")


def put_cookie(response: Response, office: Office, secret: str) -> Response:
    """Until the browser is closed, or the session ends on this side."""
    return _put(response, office, COOKIE, secret)


def forget_cookie(response: Response, office: Office) -> Response:
    response.headers["Clear-Site-Data"] = '"cache"'
    return _forget(response, office, COOKIE)


def put_attempt(response: Response, office: Office, sealed: str) -> Response:
    """What a browser keeps while it is at the office's provider."""
    return _put(response, office, ATTEMPT, sealed, ATTEMPT_LIVES)


def kept_attempt(request: Request, office: Office) -> str:
    return request.cookies.get(cookie_name(office, ATTEMPT), "")


def forget_attempt(response: Response, office: Office) -> Response:
    return _forget(response, office, ATTEMPT)


def _put(response: Response, office: Office, name: str, value: str, lives: int | None = None) -> Response:
    response.set_cookie(
        cookie_name(office, name), value, lives, path="/", secure=_is_secure(office), httponly=True, samesite="lax"
    )
    return response


def _forget(response: Response, office: Office, name: str) -> Response:
    response.delete_cookie(
        cookie_name(office, name), path="/", secure=_is_secure(office), httponly=True, samesite="lax"
    )
    return response
