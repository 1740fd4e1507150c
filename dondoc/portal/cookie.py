"""The session's cookie: for this host alone, unreadable for scripts, sent with no request that another site begins."""

from fastapi import Request
from fastapi.responses import Response

from dondoc.use_cases.office import Office

COOKIE = "dondoc"


def cookie_name(office: Office) -> str:
    """Over TLS the prefix makes a browser refuse it from any other host, a sub-domain's included (RFC 6265bis)."""
    return f"__Host-{COOKIE}" if _is_secure(office) else COOKIE


def _is_secure(office: Office) -> bool:
    return office.mail.portal_url.startswith("https://")


def cookie_of(request: Request, office: Office) -> str:
    return request.cookies.get(cookie_name(office), "")


def put_cookie(response: Response, office: Office, secret: str) -> Response:
    """Until the browser is closed, or the session ends on this side."""
    response.set_cookie(cookie_name(office), secret, path="/", secure=_is_secure(office), httponly=True, samesite="lax")
    return response


def forget_cookie(response: Response, office: Office) -> Response:
    response.delete_cookie(cookie_name(office), path="/", secure=_is_secure(office), httponly=True, samesite="lax")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
