"""What a link's reader may do, each deed one page and one form: its words, and how its form is read and entered."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple

from dondoc.portal.forms import Field, Form
from dondoc.use_cases.answer_link import (
    acknowledge_by_link,
    approve_by_link,
    ask_by_link,
    confirm_by_link,
    nothing_by_link,
    return_by_link,
    submit_by_link,
    withhold_by_link,
)
from dondoc.use_cases.answer_page import AnswerPage
from dondoc.use_cases.keep_file import LARGEST, keep_file
from dondoc.use_cases.link_deeds import Deed
from dondoc.use_cases.office import Office
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.submit import Evidence
from dondoc.words import _


class Asked(NamedTuple):
    """One deed's page: its address, question and fields."""

    slug: str
    title: str
    button: str
    fields: tuple[Field, ...] = ()


class Asking(NamedTuple):
    """A posted form, on the page it was posted from."""

    shown: AnswerPage
    token: str
    form: Form
    files: list[tuple[str, bytes]]
    at: datetime

    @property
    def key(self) -> str:
        return self.form.text("request_key", longest=64, needed=_("Biểu mẫu đã cũ. Tải lại trang rồi gửi lại."))


def do(office: Office, asking: Asking, deed: Deed) -> None:
    """Read the form and enter the deed; nothing is entered or kept where a field is wrong. Refused as the deed is."""
    DEEDS[deed](office, asking)


def _submit(office: Office, asking: Asking) -> None:
    form, today, key = asking.form, asking.shown.today, asking.key
    evidence = Evidence(
        number=form.text("number"),
        signed_on=form.day("signed_on", today),
        done_on=form.day("done_on", today),
        kept_at=form.text("kept_at"),
        note=form.text("note", longest=1000),
    )
    # Whoever may not hand in leaves no file behind either.
    files = _kept(office, asking) if "submit" in asking.shown.may and not form.errors else ()
    if not form.errors:
        submit_by_link(office, asking.token, evidence._replace(files=files), asking.at, key)


def _kept(office: Office, asking: Asking) -> tuple[str, ...]:
    kept = []
    if asking.shown.no_files and asking.files:  # not even kept until the register refuses it
        asking.form.errors["number"] = _("Việc này không nhận tệp: chỉ ghi số, ngày và nơi lưu văn bản.")
        return ()
    for name, content in asking.files:
        try:
            kept.append(str(keep_file(office.data, name, content)))
        except Refused as refused:
            asking.form.errors["files"] = f"{name}: {refused}"
    return tuple(kept)


def _nothing(office: Office, asking: Asking) -> None:
    note, key = asking.form.text("note", longest=500), asking.key
    if not asking.form.errors:
        nothing_by_link(office, asking.token, note, asking.at, key)


def _extension(office: Office, asking: Asking) -> None:
    form, key = asking.form, asking.key
    until = form.day("until", asking.shown.today, needed=_("Ghi ngày xin gia hạn đến."), ahead=True)
    reason = form.text("reason", longest=500, needed=_("Ghi lý do xin gia hạn."))
    if until and not form.errors:
        ask_by_link(office, asking.token, until, reason, asking.at, key)


def _acknowledge(office: Office, asking: Asking) -> None:
    if key := asking.key:
        acknowledge_by_link(office, asking.token, asking.at, key)


def _confirm(office: Office, asking: Asking) -> None:
    form, key = asking.form, asking.key
    sent_on, received_on = form.day("sent_on", asking.shown.today), form.day("received_on", asking.shown.today)
    if not form.errors:
        confirm_by_link(office, asking.token, sent_on, received_on, asking.at, key)


def _return(office: Office, asking: Asking) -> None:
    reason, key = _reason(asking), asking.key
    if not asking.form.errors:
        return_by_link(office, asking.token, reason, asking.at, key)


def _approve(office: Office, asking: Asking) -> None:
    if key := asking.key:
        approve_by_link(office, asking.token, asking.at, key)


def _withhold(office: Office, asking: Asking) -> None:
    reason, key = _reason(asking), asking.key
    if not asking.form.errors:
        withhold_by_link(office, asking.token, reason, asking.at, key)


def _reason(asking: Asking) -> str:
    return asking.form.text("reason", longest=500, needed=_("Ghi lý do."))


DEEDS: Mapping[Deed, Callable[[Office, Asking], None]] = {
    "submit": _submit,
    "nothing": _nothing,
    "extension": _extension,
    "acknowledge": _acknowledge,
    "confirm": _confirm,
    "return": _return,
    "approve": _approve,
    "withhold": _withhold,
}


def asked() -> dict[Deed, Asked]:
    """The deeds' pages in the reader's language."""
    day = _("Ghi như 03/6/2022.")
    files = _("PDF, ảnh, Word hoặc Excel; mỗi tệp không quá {n} MB.").format(n=LARGEST >> 20)
    note, reason = Field("note", _("Ghi chú"), "", "area"), Field("reason", _("Lý do"), "", "area")
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
                note,
            ),
        ),
        "nothing": Asked("khong-phat-sinh", _("Kỳ này không phát sinh"), _("Xác nhận không phát sinh"), (note,)),
        "extension": Asked(
            "xin-gia-han",
            _("Xin gia hạn"),
            _("Gửi đề nghị gia hạn"),
            (
                Field("until", _("Xin gia hạn đến ngày"), day, "day"),
                reason._replace(hint=_("Hạn chỉ đổi khi có quyết định của Văn phòng.")),
            ),
        ),
        "acknowledge": Asked("da-doc", _("Tôi đã đọc và nắm nội dung"), _("Xác nhận đã đọc")),
        "confirm": Asked(
            "xac-nhan",
            _("Xác nhận đã nhận"),
            _("Xác nhận đã nhận"),
            (
                Field("sent_on", _("Ngày gửi trên Văn phòng điện tử"), _("Biết thì ghi, như 03/6/2022."), "day"),
                Field("received_on", _("Ngày đến (dấu đến)"), _("Biết thì ghi, như 03/6/2022."), "day"),
            ),
        ),
        "return": Asked("tra-lai", _("Trả lại để bổ sung"), _("Trả lại"), (reason,)),
        "approve": Asked("dong-y", _("Đồng ý báo cáo cấp trên"), _("Đồng ý")),
        "withhold": Asked("khong-bao-cao", _("Không báo cáo cấp trên"), _("Không báo cáo"), (reason,)),
    }
