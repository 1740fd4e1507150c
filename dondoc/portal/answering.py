"""Answer without an account: the pages behind the link in a message. Looking changes nothing."""

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import UploadFile

from dondoc.portal.deed_page import Desk, deed_of, entered, form_page
from dondoc.portal.deed_words import asked
from dondoc.portal.door import Door
from dondoc.portal.downloads import download
from dondoc.portal.forms import Form
from dondoc.portal.pages import address_of, page
from dondoc.portal.posting import MOST_FILES, blank
from dondoc.portal.visit import NotAllowed, visiting
from dondoc.use_cases.answer_page import AnswerPage, answer_page
from dondoc.use_cases.given import file_of
from dondoc.use_cases.keep_file import LARGEST
from dondoc.use_cases.links import open_link
from dondoc.use_cases.post import Deed

MOST_FIELDS = 20


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
    """Pages over one office; the clock is read once a request. DeadLink where a link leads nowhere."""

    def __init__(self, door: Door) -> None:
        self.door, self._visiting = door, visiting(door)

    def _desk(self, token: str) -> tuple[AnswerPage, Desk]:
        office, at = self.door.office(), self.door.clock()
        shown = answer_page(office, token, at)
        item = shown.item
        return shown, Desk(office, at, shown.post, f"/viec/{token}", item.name, item.party, shown.asks)

    def look(self, token: str) -> HTMLResponse:
        """What is due, why, and what the reader may do."""
        shown, _desk = self._desk(token)
        return page("viec.html", page=shown, token=token, asked=asked(), done=False)

    def recorded(self, token: str) -> Response:
        """What the reader entered last, and what the book holds now; made to be printed."""
        shown, desk = self._desk(token)
        if not shown.entered:
            return RedirectResponse(desk.address, 303)
        return page("viec.html", page=shown, token=token, asked=asked(), done=True)

    def file(self, token: str, sha256: str) -> Response:
        """One file that was handed in for this very duty."""
        shown, desk = self._desk(token)
        return download(desk.office, file_of(shown.recorded, sha256))

    def open(self, token: str, request: Request) -> Response:
        """The whole of it, for who signs in as the very person the link was sent to."""
        visit = self._visiting(request)
        link = open_link(visit.office, token, visit.at)
        if link.person != visit.viewer.person:
            raise NotAllowed
        return RedirectResponse(address_of(link.notice.occurrence), 303)

    def ask(self, token: str, slug: str) -> Response:
        """One deed, one page."""
        shown, desk = self._desk(token)
        deed = deed_of(slug)
        if deed is None or deed not in shown.may:
            return RedirectResponse(desk.address, 303)
        return form_page(desk, deed, blank())

    async def answer(self, token: str, slug: str, request: Request) -> Response:
        """The deed, once however often the form is sent; what was typed comes back with what is wrong."""
        deed = deed_of(slug)
        if deed is None:
            return RedirectResponse(f"/viec/{token}", 303)
        # Before a byte of the form is read: a stranger's body fills neither memory nor disk.
        await run_in_threadpool(open_link, self.door.office(), token, self.door.clock())
        typed, files = await _posted(request)
        return await run_in_threadpool(self._enter, token, deed, Form(typed), files)

    def _enter(self, token: str, deed: Deed, form: Form, files: list[tuple[str, bytes]]) -> Response:
        _shown, desk = self._desk(token)
        return entered(desk, deed, form, files)


async def _posted(request: Request) -> tuple[dict[str, str], list[tuple[str, bytes]]]:
    async with request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=64 * 1024) as form:
        typed = {name: value for name, value in form.multi_items() if isinstance(value, str)}
        uploads = [value for _name, value in form.multi_items() if isinstance(value, UploadFile) and value.filename]
        return typed, [(upload.filename or "", await upload.read(LARGEST + 1)) for upload in uploads]
