"""Answer without an account: the pages behind the link in a message. Looking changes nothing."""

from datetime import datetime
from typing import NamedTuple
from uuid import uuid4

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import UploadFile

from dondoc.portal.door import Door
from dondoc.portal.forms import Field, Form
from dondoc.portal.pages import page
from dondoc.use_cases.answer_link import acknowledge_by_link, ask_by_link, nothing_by_link, submit_by_link
from dondoc.use_cases.answer_page import AnswerPage, Deed, answer_page
from dondoc.use_cases.keep_file import LARGEST, keep_file
from dondoc.use_cases.links import DeadLink
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.submit import Evidence
from dondoc.words import _

MOST_FILES, MOST_FIELDS = 5, 20


class Asked(NamedTuple):
    """One deed's page: its address, question and fields."""

    slug: str
    title: str
    button: str
    fields: tuple[Field, ...]


Posted = tuple[Form, list[tuple[str, bytes]]]


def router(door: Door) -> APIRouter:
    """The pages of one link."""
    pages, found = Answering(door), APIRouter(prefix="/viec/{token}")
    found.get("")(pages.look)
    found.get("/da-ghi")(pages.recorded)
    found.get("/{slug}")(pages.ask)
    found.post("/{slug}")(pages.answer)
    return found


class Answering:
    """Pages over one office; the clock is read once a request."""

    def __init__(self, door: Door) -> None:
        self.door = door

    def look(self, token: str) -> HTMLResponse:
        """What is due, why, and what the reader may do."""
        try:
            shown = answer_page(self.door.office(), token, self.door.clock())
        except DeadLink as dead:
            return no_link(dead)
        return page("viec.html", page=shown, token=token, asked=asked(), done=False)

    def recorded(self, token: str) -> HTMLResponse:
        """What the book holds now; made to be printed."""
        try:
            shown = answer_page(self.door.office(), token, self.door.clock())
        except DeadLink as dead:
            return no_link(dead)
        return page("viec.html", page=shown, token=token, asked=asked(), done=True)

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
        typed, files = await _posted(request)
        return await run_in_threadpool(self._enter, token, deed, Form(typed), files)

    def _enter(self, token: str, deed: Deed, form: Form, files: list[tuple[str, bytes]]) -> Response:
        at = self.door.clock()
        try:
            shown = answer_page(self.door.office(), token, at)
        except DeadLink as dead:
            return no_link(dead)
        try:
            self._do(shown, token, deed, form, files, at)
        except Refused as refused:
            form.errors.setdefault(
                asked()[deed].fields[0].name if asked()[deed].fields else "request_key", str(refused)
            )
        if form.errors:
            return self._form(shown, token, deed, form, 422)
        return RedirectResponse(f"/viec/{token}/da-ghi", 303)

    def _do(
        self, shown: AnswerPage, token: str, deed: Deed, form: Form, files: list[tuple[str, bytes]], at: datetime
    ) -> None:
        """Read the form and enter the deed; nothing is entered where a field is wrong."""
        key = form.text("request_key", longest=64, needed=_("Biểu mẫu đã cũ. Tải lại trang rồi gửi lại."))
        if deed == "submit":
            evidence = self._evidence(shown, form, files)
            if not form.errors:
                submit_by_link(self.door.office(), token, evidence, at, key)
        elif deed == "extension":
            until = form.day("until", shown.today, needed=_("Ghi ngày xin gia hạn đến."), ahead=True)
            reason = form.text("reason", longest=500, needed=_("Ghi lý do xin gia hạn."))
            if until and not form.errors:
                ask_by_link(self.door.office(), token, until, reason, at, key)
        elif deed == "nothing":
            note = form.text("note", longest=500)
            if not form.errors:
                nothing_by_link(self.door.office(), token, note, at, key)
        elif not form.errors:
            acknowledge_by_link(self.door.office(), token, at, key)

    def _evidence(self, shown: AnswerPage, form: Form, files: list[tuple[str, bytes]]) -> Evidence:
        kept = []
        for name, content in files:
            try:
                kept.append(str(keep_file(self.door.office().data, name, content)))
            except Refused as refused:
                form.errors["files"] = f"{name}: {refused}"
        return Evidence(
            number=form.text("number"),
            signed_on=form.day("signed_on", shown.today),
            done_on=form.day("done_on", shown.today),
            kept_at=form.text("kept_at"),
            files=tuple(kept),
            note=form.text("note", longest=1000),
        )

    def _form(self, shown: AnswerPage, token: str, deed: Deed, form: Form, status: int = 200) -> HTMLResponse:
        return page("tra-loi.html", status, page=shown, token=token, asked=asked()[deed], form=form)


def asked() -> dict[Deed, Asked]:
    """The deeds' pages in the reader's language."""
    day = _("Ghi như 03/6/2022.")
    files = _("PDF, ảnh, Word hoặc Excel; mỗi tệp không quá {n} MB.").format(n=LARGEST >> 20)
    return {
        "submit": Asked(
            "nop",
            _("Báo kết quả"),
            _("Gửi kết quả"),
            (
                Field("number", _("Số, ký hiệu văn bản"), _("Ví dụ: 45/BC-TĐC. Không có văn bản thì để trống.")),
                Field("signed_on", _("Ngày ký văn bản"), day, "day"),
                Field("done_on", _("Ngày làm xong"), day, "day"),
                Field("files", _("Tệp minh chứng"), files, "file"),
                Field("kept_at", _("Nơi lưu, nếu không gửi tệp"), _("Ví dụ: Văn thư đơn vị, hồ sơ 12.")),
                Field("note", _("Ghi chú"), "", "area"),
            ),
        ),
        "nothing": Asked(
            "khong-phat-sinh",
            _("Kỳ này không phát sinh"),
            _("Xác nhận không phát sinh"),
            (Field("note", _("Ghi chú"), "", "area"),),
        ),
        "extension": Asked(
            "xin-gia-han",
            _("Xin gia hạn"),
            _("Gửi đề nghị gia hạn"),
            (
                Field("until", _("Xin gia hạn đến ngày"), day, "day"),
                Field("reason", _("Lý do"), _("Hạn chỉ đổi khi có quyết định của Văn phòng."), "area"),
            ),
        ),
        "acknowledge": Asked("da-doc", _("Tôi đã đọc và nắm nội dung"), _("Xác nhận đã đọc"), ()),
    }


def no_link(dead: DeadLink) -> HTMLResponse:
    """The same page for every dead link but one that only grew old: nobody learns what exists."""
    return page("lien-ket-hong.html", 410 if dead.why == "expired" else 404, expired=dead.why == "expired")


async def _posted(request: Request) -> tuple[dict[str, str], list[tuple[str, bytes]]]:
    async with request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=64 * 1024) as form:
        typed = {name: value for name, value in form.multi_items() if isinstance(value, str)}
        uploads = [value for _name, value in form.multi_items() if isinstance(value, UploadFile) and value.filename]
        return typed, [(upload.filename or "", await upload.read(LARGEST + 1)) for upload in uploads]
