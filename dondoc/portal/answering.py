"""Answer without an account: the pages behind the link in a message. Looking changes nothing."""

from urllib.parse import quote
from uuid import uuid4

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import UploadFile

from dondoc.portal.deeds import Asking, asked, do
from dondoc.portal.door import Door
from dondoc.portal.downloads import download
from dondoc.portal.forms import Form
from dondoc.portal.pages import page
from dondoc.portal.visit import NotAllowed, visiting
from dondoc.use_cases.answer_page import AnswerPage, answer_page
from dondoc.use_cases.given import file_of
from dondoc.use_cases.keep_file import LARGEST
from dondoc.use_cases.link_deeds import Deed
from dondoc.use_cases.links import DeadLink, open_link
from dondoc.use_cases.refused import Refused
from dondoc.words import _

MOST_FILES, MOST_FIELDS = 5, 20
OPEN_FIELDS = ("files", "note")  # what a paper of the Party, or a secret one, has no room for


def router(door: Door) -> APIRouter:
    """The pages of one link."""
    pages, found = Answering(door), APIRouter(prefix="/viec/{token}")
    found.get("")(pages.look)
    found.get("/da-ghi")(pages.recorded)
    found.get("/tep/{sha256}")(pages.file)
    found.get("/mo")(pages.open)
    found.get("/{slug}")(pages.ask)
    found.post("/{slug}")(pages.answer)
    return found


class Answering:
    """Pages over one office; the clock is read once a request."""

    def __init__(self, door: Door) -> None:
        self.door, self._visiting = door, visiting(door)

    def look(self, token: str) -> HTMLResponse:
        """What is due, why, and what the reader may do."""
        return self._duty(token, done=False)

    def recorded(self, token: str) -> HTMLResponse:
        """What the book holds now; made to be printed."""
        return self._duty(token, done=True)

    def _duty(self, token: str, *, done: bool) -> HTMLResponse:
        try:
            shown = answer_page(self.door.office(), token, self.door.clock())
        except DeadLink as dead:
            return no_link(dead)
        return page("viec.html", page=shown, token=token, asked=asked(), done=done)

    def file(self, token: str, sha256: str) -> Response:
        """One file that was handed in for this very duty."""
        try:
            shown = answer_page(self.door.office(), token, self.door.clock())
        except DeadLink as dead:
            return no_link(dead)
        return download(self.door.office(), file_of(shown.recorded, sha256))

    def open(self, token: str, request: Request) -> Response:
        """The whole of it, for who signs in as the very person the link was sent to."""
        visit = self._visiting(request)
        try:
            link = open_link(visit.office, token, visit.at)
        except DeadLink as dead:
            return no_link(dead)
        if link.person != visit.viewer.person:
            raise NotAllowed
        return RedirectResponse(f"/ky/{quote(link.notice.occurrence)}", 303)

    def ask(self, token: str, slug: str) -> Response:
        """One deed, one page."""
        try:
            shown = answer_page(self.door.office(), token, self.door.clock())
        except DeadLink as dead:
            return no_link(dead)
        deed = next((deed for deed, one in asked().items() if one.slug == slug), None)
        if deed is None or deed not in shown.may:
            return RedirectResponse(f"/viec/{token}", 303)
        return self._form(shown, token, deed, Form({"request_key": uuid4().hex}))

    async def answer(self, token: str, slug: str, request: Request) -> Response:
        """The deed, once however often the form is sent; what was typed comes back with what is wrong."""
        deed = next((deed for deed, one in asked().items() if one.slug == slug), None)
        if deed is None:
            return RedirectResponse(f"/viec/{token}", 303)
        try:  # before a byte of the form is read: a stranger's body fills neither memory nor disk
            await run_in_threadpool(open_link, self.door.office(), token, self.door.clock())
        except DeadLink as dead:
            return no_link(dead)
        typed, files = await _posted(request)
        return await run_in_threadpool(self._enter, token, deed, Form(typed), files)

    def _enter(self, token: str, deed: Deed, form: Form, files: list[tuple[str, bytes]]) -> Response:
        office, at = self.door.office(), self.door.clock()
        try:
            shown = answer_page(office, token, at)
        except DeadLink as dead:
            return no_link(dead)
        try:
            do(office, Asking(shown, token, form, files, at), deed)
        except Refused as refused:
            form.errors.setdefault(
                asked()[deed].fields[0].name if asked()[deed].fields else "request_key", str(refused)
            )
        if form.errors:
            if files and deed == "submit" and not shown.no_files:  # no browser shows them again
                form.errors.setdefault("files", _("Chọn lại tệp rồi gửi: tệp vừa chọn chưa được lưu."))
            return self._form(shown, token, deed, form, 422)
        return RedirectResponse(f"/viec/{token}/da-ghi", 303)

    def _form(self, shown: AnswerPage, token: str, deed: Deed, form: Form, status: int = 200) -> HTMLResponse:
        wanted = asked()[deed]
        if shown.no_files:
            wanted = wanted._replace(fields=tuple(one for one in wanted.fields if one.name not in OPEN_FIELDS))
        return page("tra-loi.html", status, page=shown, token=token, asked=wanted, form=form)


def no_link(dead: DeadLink) -> HTMLResponse:
    """The same page for every dead link but one that only grew old: nobody learns what exists."""
    return page("lien-ket-hong.html", 410 if dead.why == "expired" else 404, expired=dead.why == "expired")


async def _posted(request: Request) -> tuple[dict[str, str], list[tuple[str, bytes]]]:
    async with request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=64 * 1024) as form:
        typed = {name: value for name, value in form.multi_items() if isinstance(value, str)}
        uploads = [value for _name, value in form.multi_items() if isinstance(value, UploadFile) and value.filename]
        return typed, [(upload.filename or "", await upload.read(LARGEST + 1)) for upload in uploads]
