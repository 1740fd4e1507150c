"""A form sent by somebody signed in: read only once they are known, proven to be ours, entered once."""

from collections.abc import AsyncIterator, Callable
from typing import Annotated
from uuid import uuid4

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile

from dondoc.portal.forms import Form
from dondoc.portal.visit import Visit
from dondoc.use_cases.refused import Refused
from dondoc.words import _

MOST_FILES, MOST_FIELDS, LARGEST_FIELD = 5, 5000, 512 * 1024  # a whole register may be confirmed at once
FEW_FIELDS, SHORT_FIELD = 200, 64 * 1024  # bytes


async def posted(request: Request) -> AsyncIterator[FormData]:
    """A dependency: the form as sent. Ask for it after the Visit, so that no stranger's body is read."""
    async with request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=LARGEST_FIELD) as form:
        yield form


async def without_files(request: Request) -> FormData:
    """The same of strangers too: a few short fields. Starlette answers 400 where there is a file or too much."""
    async with request.form(max_files=0, max_fields=FEW_FIELDS, max_part_size=SHORT_FIELD) as form:
        return form


Posted = Annotated[FormData, Depends(without_files)]


def blank(**typed: str) -> Form:
    """A form yet to be filled in, with a request key of its own."""
    return Form({"request_key": uuid4().hex, **typed})


def proven(visit: Visit, sent: FormData) -> Form:
    """What was typed; NotAllowed where the form is not of a page of this session."""
    visit.proven(sent)
    return Form({name: value for name, value in sent.multi_items() if isinstance(value, str)})


def chosen(sent: FormData, name: str) -> list[str]:
    """Every value of a field that may be given several times."""
    return [value for value in sent.getlist(name) if isinstance(value, str)]


def upload(sent: FormData, name: str, largest: int) -> tuple[str, bytes]:
    """A file's name and content, one byte too many where it is larger; ("", b"") where none was chosen."""
    given = sent.get(name)
    if not isinstance(given, UploadFile) or not given.filename:
        return "", b""
    return given.filename, given.file.read(largest + 1)


def uploads(sent: FormData, name: str, largest: int) -> list[tuple[str, bytes]]:
    """The files of a field, each as `upload` reads one; none where none was chosen."""
    given = [one for one in sent.getlist(name) if isinstance(one, UploadFile) and one.filename]
    return [(one.filename or "", one.file.read(largest + 1)) for one in given]


def key_of(form: Form) -> str:
    """One request key is one deed, however often the form is sent."""
    return form.text("request_key", longest=64, needed=_("Biểu mẫu đã cũ. Tải lại trang rồi gửi lại."))


def entered(form: Form, field: str, deed: Callable[[], object]) -> bool:
    """Whether the deed went in; not tried where a field is wrong, and what it is refused for stands beside `field`."""
    if form.errors:
        return False
    try:
        deed()
    except Refused as refused:
        form.errors[field] = str(refused)
    return not form.errors
