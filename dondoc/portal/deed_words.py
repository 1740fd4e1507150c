"""Each deed one page and one form, whichever door it is done through: its address, its words and its fields."""

from typing import NamedTuple

from dondoc.portal.forms import Field
from dondoc.use_cases.keep_file import LARGEST
from dondoc.use_cases.post import Deed
from dondoc.words import _


class Asked(NamedTuple):
    """One deed's page: its address, question and fields."""

    slug: str
    title: str
    button: str
    fields: tuple[Field, ...] = ()


def asked() -> dict[Deed, Asked]:
    """All of them in the reader's language. Choices that the office gives are empty here (`deed_choices.tailored`)."""
    return {**_answers(), **_words_of_office(), **_decisions()}


def _note() -> Field:
    return Field("note", _("Ghi chú"), "", "area")


def _reason(hint: str = "") -> Field:
    return Field("reason", _("Lý do"), hint, "area")


def _day(name: str, label: str, hint: str = "") -> Field:
    return Field(name, label, hint or _("Ghi như 03/6/2022."), "day")


def _paper() -> tuple[Field, Field]:
    return (
        Field("document", _("Số, ký hiệu văn bản quyết định"), _("Ví dụ: 12/QĐ-SKHCN.")),
        _day("document_on", _("Ngày của văn bản")),
    )


def _answers() -> dict[Deed, Asked]:
    """What the doer, or a reader, says."""
    files = _("PDF, ảnh, Word hoặc Excel; mỗi tệp không quá {n} MB.").format(n=LARGEST >> 20)
    return {
        "submit": Asked(
            "nop",
            _("Báo kết quả"),
            _("Gửi kết quả"),
            (
                Field("number", _("Số, ký hiệu văn bản"), _("Ví dụ: 45/BC-TĐC. Không có văn bản thì để trống.")),
                _day("signed_on", _("Ngày ký văn bản")),
                _day("done_on", _("Ngày làm xong")),
                Field("files", _("Tệp minh chứng"), files, "file"),
                Field("kept_at", _("Nơi lưu, nếu không gửi tệp"), _("Ví dụ: Văn thư đơn vị, hồ sơ 12.")),
                _note(),
            ),
        ),
        "checklist": Asked("phieu", _("Trả lời phiếu phát sinh"), _("Gửi trả lời")),
        "nothing": Asked("khong-phat-sinh", _("Kỳ này không phát sinh"), _("Xác nhận không phát sinh"), (_note(),)),
        "extension": Asked(
            "xin-gia-han",
            _("Xin gia hạn"),
            _("Gửi đề nghị gia hạn"),
            (_day("until", _("Xin gia hạn đến ngày")), _reason(_("Hạn chỉ đổi khi có quyết định của Văn phòng."))),
        ),
        "not-mine": Asked(
            "khong-phai-viec-toi",
            _("Không phải việc của tôi"),
            _("Báo Văn phòng"),
            (
                Field(
                    "who", _("Việc này của ai"), _("Văn phòng sẽ quyết định; đến lúc đó bạn vẫn được nhắc."), "choice"
                ),
                _reason(),
            ),
        ),
        "acknowledge": Asked("da-doc", _("Tôi đã đọc và nắm nội dung"), _("Xác nhận đã đọc")),
    }


def _words_of_office() -> dict[Deed, Asked]:
    """The word on what was handed in, and on what may go up."""
    known = _("Biết thì ghi, như 03/6/2022.")
    return {
        "confirm": Asked(
            "xac-nhan",
            _("Xác nhận đã nhận"),
            _("Xác nhận đã nhận"),
            (
                _day("sent_on", _("Ngày gửi trên Văn phòng điện tử"), known),
                _day("received_on", _("Ngày đến (dấu đến)"), known),
            ),
        ),
        "return": Asked("tra-lai", _("Trả lại để bổ sung"), _("Trả lại"), (_reason(),)),
        "approve": Asked("dong-y", _("Đồng ý báo cáo cấp trên"), _("Đồng ý")),
        "withhold": Asked("khong-bao-cao", _("Không báo cáo cấp trên"), _("Không báo cáo"), (_reason(),)),
    }


def _decisions() -> dict[Deed, Asked]:
    """What is decided about a step, mostly by a paper with number and date."""
    due, to = _day("last_on", _("Hạn mới: hết ngày")), Field("to", _("Giao cho"), "", "choice")
    return {
        "extend": Asked("gia-han", _("Gia hạn theo quyết định"), _("Ghi gia hạn"), (due, *_paper())),
        "bind": Asked("ghi-han", _("Ghi hạn theo văn bản"), _("Ghi hạn"), (due, *_paper())),
        "reset": Asked("dat-lai-han", _("Đặt lại hạn, sớm hơn hoặc muộn hơn"), _("Đặt lại hạn"), (due, *_paper())),
        "basis": Asked("can-cu-han", _("Quyết định hạn đang đề xuất"), _("Ghi quyết định"), _paper()),
        "complex": Asked("phuc-tap", _("Xác định là vụ việc phức tạp"), _("Ghi quyết định"), _paper()),
        "missing": Asked("nop-khong-du", _("Chấp nhận nộp không đủ"), _("Ghi quyết định"), _paper()),
        "assign": Asked("phan-cong", _("Phân công chuyên viên"), _("Phân công"), (to, _reason())),
        "reassign": Asked("giao-lai", _("Giao lại cho người khác"), _("Giao lại"), (to, _reason())),
        "suspend": Asked("tam-dung", _("Tạm đình chỉ"), _("Tạm đình chỉ"), (_reason(), *_paper())),
        "resume": Asked("tiep-tuc", _("Tiếp tục"), _("Tiếp tục")),
        "waive": Asked("mien", _("Miễn thực hiện kỳ này"), _("Miễn thực hiện"), (_reason(), *_paper())),
        "close": Asked("dong", _("Đóng vụ việc, không giải quyết tiếp"), _("Đóng vụ việc"), (_reason(), *_paper())),
        "correct": Asked(
            "dinh-chinh",
            _("Đính chính một mục đã ghi"),
            _("Ghi đính chính"),
            (
                Field("entry", _("Mục ghi sai"), "", "choice"),
                Field("field", _("Nội dung sai"), "", "choice"),
                Field("value", _("Giá trị đúng"), _("Ngày ghi như 03/6/2022.")),
                _reason(_("Giá trị cũ vẫn còn trong nhật ký.")),
            ),
        ),
    }
