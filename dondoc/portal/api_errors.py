"""Errors of the JSON side: application/problem+json (RFC 9457), in the caller's language."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from dondoc.portal.pace import TooMany
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.see_occurrence import Unseen
from dondoc.words import _

MEDIA = "application/problem+json"


class NoToken(Exception):
    """No key, or one that opens nothing."""


class OutOfScope(Exception):
    """The key is not for this."""


def problem(
    status: int, title: str, detail: str = "", headers: Mapping[str, str] | None = None, **more: Any
) -> JSONResponse:
    """`more` are members of its own, such as the fields that are wrong."""
    body = {"type": "about:blank", "title": title, "status": status, **({"detail": detail} if detail else {}), **more}
    return JSONResponse(body, status, dict(headers or {}), media_type=MEDIA)


def tell_errors(app: FastAPI) -> None:
    """Every error that a route of `app` may raise."""
    for kind, told in HANDLERS.items():
        app.add_exception_handler(kind, told)


async def _no_token(_request: Request, _error: Exception) -> JSONResponse:
    told = _("Cần khoá truy cập: Authorization: Bearer dondoc_…")
    return problem(401, _("Chưa có quyền truy cập"), told, {"WWW-Authenticate": 'Bearer realm="don-doc"'})


async def _out_of_scope(_request: Request, error: Exception) -> JSONResponse:
    return problem(403, _("Không có quyền"), _("Khoá này không có quyền {scope}.").format(scope=error))


async def _unseen(_request: Request, _error: Exception) -> JSONResponse:
    return problem(404, _("Không có"), _("Không có kỳ thực hiện này."))


async def _refused(_request: Request, error: Exception) -> JSONResponse:
    what, hint = (error.what, error.next_step) if isinstance(error, Refused) else (str(error), "")
    return problem(409, _("Không ghi được"), what, hint=hint)


async def _invalid(_request: Request, error: Exception) -> JSONResponse:
    found = error.errors() if isinstance(error, RequestValidationError) else []
    wrong = [{"field": ".".join(str(part) for part in one["loc"]), "problem": one["msg"]} for one in found]
    return problem(422, _("Dữ liệu gửi đến chưa đúng"), errors=wrong)


async def _too_many(_request: Request, error: Exception) -> JSONResponse:
    return too_many(error if isinstance(error, TooMany) else TooMany(60))


def too_many(many: TooMany) -> JSONResponse:
    return problem(429, _("Quá nhiều lần"), headers={"Retry-After": str(many.seconds)})


async def http(_request: Request, error: Exception) -> JSONResponse:
    """Whatever the framework itself refuses."""
    status, headers = (error.status_code, error.headers) if isinstance(error, HTTPException) else (500, None)
    titles = {404: _("Không có"), 405: _("Không dùng được cách gọi này")}
    return problem(status, titles.get(status, _("Không đọc được yêu cầu")), headers=headers)


HANDLERS: Mapping[type[Exception], Any] = {
    NoToken: _no_token,
    OutOfScope: _out_of_scope,
    Unseen: _unseen,
    Refused: _refused,
    RequestValidationError: _invalid,
    TooMany: _too_many,
    HTTPException: http,
}
